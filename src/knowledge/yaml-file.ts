import { readFile } from 'node:fs/promises';
import { isAlias, isCollection, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { Fault } from '../domain/index.ts';

/** A YAML file with the way back from a value to its line, so that a fault can name the place. */
export interface YamlFile {
  readonly name: string;
  readonly text: string;
  readonly data: unknown;
  readonly faults: readonly Fault[];
  /**
   * Where the value at `path` stands, as `name:line`; the nearest ancestor when it is missing. Only a fault asks, and the
   * text is then read once more: the trees of all files would take more memory than everything else.
   */
  place(path: readonly PropertyKey[]): string;
}

export async function readYamlFile(folder: string, name: string): Promise<YamlFile> {
  return parseYamlFile(name, await readFile(`${folder}/${name}`, 'utf8'));
}

export function parseYamlFile(name: string, text: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true });
  const lineAt = (offset: number): string => `${name}:${lines.linePos(offset).line}`;
  const faults: Fault[] = document.errors.map((error) => ({
    where: lineAt(error.pos[0]),
    what: `这一行的写法不对（${error.code}）`,
    cure: '看看冒号后面有没有空格、缩进是否对齐、引号和括号是否成对；以 { [ * & ! 开头的内容要加单引号',
  }));
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) return undefined;
      faults.push({
        where: lineAt(node.range?.[0] ?? 0),
        what: '用了 YAML 的别名 *',
        cure: '直接写出内容，或给它加上引号',
      });
      return visit.SKIP;
    },
  });
  let tree: ReturnType<typeof readTree> | undefined;
  return {
    name,
    text,
    data: faults.length === 0 ? document.toJS() : undefined,
    faults,
    place(path) {
      tree ??= readTree(text);
      let node: unknown = tree.contents;
      let offset = 0;
      for (const key of path) {
        if (!isCollection(node)) break;
        const next = node.get(key, true);
        if (next === undefined || next === null) break;
        node = next;
        if ((isCollection(node) || isScalar(node)) && node.range) offset = node.range[0];
      }
      return `${name}:${tree.lineOf(offset)}`;
    },
  };
}

function readTree(text: string) {
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines });
  return { contents, lineOf: (offset: number): number => lines.linePos(offset).line };
}
