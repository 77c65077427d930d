import type { YamlFile } from './yaml-file.ts';

/** The files of one knowledge base, by what they hold. */
export interface KnowledgeFiles {
  readonly frauds: readonly YamlFile[];
  readonly signals: YamlFile;
  readonly slots: YamlFile;
  readonly firstAid: YamlFile;
  readonly questions: YamlFile;
  readonly contacts: YamlFile;
  readonly variants: YamlFile;
  readonly wording: YamlFile;
  readonly intents: YamlFile;
  readonly commands: YamlFile;
  readonly harmless: readonly YamlFile[];
}

/** A long sentence cut for a report. */
export function shorten(text: string): string {
  return [...text].length > 20 ? `${[...text].slice(0, 20).join('')}……` : text;
}
