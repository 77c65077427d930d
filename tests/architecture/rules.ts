import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';

/** What the source tree of a project must hold to. Each rule returns the sentences of what breaks it. */
export interface Rules {
  /** Room → rooms it may import. A room that is not named may import nothing but itself. */
  readonly mayImport: Readonly<Record<string, readonly string[]>>;
  /** Outside package → the files (or folders, ending in /) through which alone it comes in. */
  readonly doors: Readonly<Record<string, readonly string[]>>;
  readonly longestFile: number;
}

export interface SourceTree {
  readonly files: ReadonlyMap<string, { readonly imports: readonly string[]; readonly lines: number }>;
}

const IMPORT = /(?:^|\n)\s*(?:import|export)\s(?:[^'"]*?\sfrom\s*)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

export async function readSourceTree(folder: string): Promise<SourceTree> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  const entries = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      const imports = [...text.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? '');
      return [name, { imports, lines: text.split('\n').length }] as const;
    }),
  );
  return { files: new Map(entries) };
}

/** `channels/wechaty` is a room of its own, and so is every file at the top. */
export function roomOf(file: string): string {
  const parts = file.split('/');
  if (parts.length === 1) return file.replace(/\.ts$/, '');
  return parts[0] === 'channels' ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

const target = (file: string, specifier: string): string => relative('/src', resolve('/src', dirname(file), specifier));

function inner({ files }: SourceTree): readonly { file: string; to: string }[] {
  return [...files].flatMap(([file, { imports }]) =>
    imports.filter((one) => one.startsWith('.')).map((one) => ({ file, to: target(file, one) })),
  );
}

export function upwardImports(tree: SourceTree, rules: Rules): readonly string[] {
  return inner(tree)
    .filter(({ file, to }) => roomOf(file) !== roomOf(to) && !rules.mayImport[roomOf(file)]?.includes(roomOf(to)))
    .map(({ file, to }) => `${file} must not import ${to}`);
}

/** Rooms made of one file are their own door; `lib` has one door per file. */
export function sideDoors(tree: SourceTree): readonly string[] {
  return inner(tree)
    .filter(
      ({ file, to }) =>
        roomOf(file) !== roomOf(to) &&
        to.includes('/') &&
        !to.endsWith('/index.ts') &&
        !to.startsWith('lib/') &&
        !to.startsWith('commands/'),
    )
    .map(({ file, to }) => `${file} enters ${roomOf(to)} through ${to} instead of its index.ts`);
}

export function wrongPackageDoors(tree: SourceTree, { doors }: Rules): readonly string[] {
  return [...tree.files].flatMap(([file, { imports }]) =>
    imports
      .filter((one) => !one.startsWith('.') && !one.startsWith('node:'))
      .flatMap((one) => {
        const name = one.startsWith('@') ? one.split('/').slice(0, 2).join('/') : (one.split('/')[0] ?? one);
        const allowed = doors[name];
        if (!allowed) return [`${file} imports ${name}, which has no door in the architecture test`];
        return allowed.some((door) => (door.endsWith('/') ? file.startsWith(door) : file === door))
          ? []
          : [`${file} imports ${name}; its door is ${allowed.join(', ')}`];
      }),
  );
}

export function circles(tree: SourceTree): readonly string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      found.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    if (done.has(file)) return;
    done.add(file);
    for (const one of tree.files.get(file)?.imports ?? [])
      if (one.startsWith('.')) walk(target(file, one), [...path, file]);
  };
  for (const file of tree.files.keys()) walk(file, []);
  return found;
}

export function longFiles(tree: SourceTree, { longestFile }: Rules): readonly string[] {
  return [...tree.files]
    .filter(([, { lines }]) => lines > longestFile)
    .map(([file, { lines }]) => `${file} has ${lines} lines`);
}

const DRAWERS = /(^|\/)(utils?|helpers?|common|misc|types|interfaces|manager|service)(\.ts|\/)/;

export function drawers(tree: SourceTree): readonly string[] {
  return [...tree.files.keys()]
    .filter((file) => DRAWERS.test(file))
    .map((file) => `${file} is a drawer: name it for what it holds`);
}
