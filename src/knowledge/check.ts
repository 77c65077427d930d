import type { Fault, KnowledgeBase } from '../domain/index.ts';
import { checkFrauds } from './check-frauds.ts';
import { checkPhrases } from './check-phrases.ts';
import { checkWords } from './check-words.ts';
import type { KnowledgeFiles } from './files.ts';

/** What a schema cannot see: ids and sayings across files, phrases and their slots, the words residents read. */
export function checkAcrossFiles(base: KnowledgeBase, files: KnowledgeFiles): readonly Fault[] {
  return [...checkFrauds(base, files), ...checkPhrases(base, files), ...checkWords(base, files)];
}
