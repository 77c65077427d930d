import { access, readdir } from 'node:fs/promises';
import type { Fault } from '../domain/index.ts';
import { readYamlFile, type YamlFile } from './yaml-file.ts';

/** Files that stand alone, by what they hold. */
const ALONE = {
  signals: 'signals.yml',
  slots: 'slots.yml',
  firstAid: 'first-aid.yml',
  questions: 'questions.yml',
  contacts: 'contacts.yml',
  variants: 'variants.yml',
  wording: 'wording.yml',
  intents: 'intents.yml',
  commands: 'commands.yml',
  intentSayings: 'intent-sayings.yml',
} as const;

const FOLDERS = ['frauds', 'harmless'] as const;
/** A county whose knowledge is older than these folders has none of them. */
const NEWER_FOLDERS = ['lessons', 'quiz'] as const;
export const ALL_FOLDERS: readonly string[] = [...FOLDERS, ...NEWER_FOLDERS];

/** The files of one knowledge base. Those of a folder are in the order of their names. */
export type KnowledgeFiles = Readonly<Record<keyof typeof ALONE, YamlFile>> &
  Readonly<Record<(typeof FOLDERS)[number] | (typeof NEWER_FOLDERS)[number], readonly YamlFile[]>>;

/** Reads all files of `folder`, or says which are missing. */
export async function readFiles(
  folder: string,
): Promise<{ readonly files?: KnowledgeFiles; readonly faults: readonly Fault[] }> {
  const faults = await missingFiles(folder);
  if (faults.length > 0) return { faults };
  const alone = await Promise.all(
    Object.entries(ALONE).map(async ([holds, name]) => [holds, await readYamlFile(folder, name)] as const),
  );
  const many = await Promise.all(ALL_FOLDERS.map(async (name) => [name, await readFolder(folder, name)] as const));
  return { files: Object.fromEntries<unknown>([...alone, ...many]) as unknown as KnowledgeFiles, faults };
}

async function readFolder(folder: string, name: string): Promise<readonly YamlFile[]> {
  if (!(await exists(`${folder}/${name}`))) return [];
  const names = (await readdir(`${folder}/${name}`)).filter((file) => file.endsWith('.yml')).sort();
  return Promise.all(names.map((file) => readYamlFile(folder, `${name}/${file}`)));
}

async function missingFiles(folder: string): Promise<readonly Fault[]> {
  const wanted = [...FOLDERS, ...Object.values(ALONE)];
  const found = await Promise.all(wanted.map((name) => exists(`${folder}/${name}`)));
  return wanted
    .filter((_, i) => !found[i])
    .map((name) => ({
      where: `${folder}/${name}`,
      what: '找不到这个文件',
      cure: '从项目里补回来，或检查 FANZHA_KNOWLEDGE_DIR 指的文件夹对不对',
    }));
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** A long sentence cut for a report. */
export function shorten(text: string): string {
  return [...text].length > 20 ? `${[...text].slice(0, 20).join('')}……` : text;
}
