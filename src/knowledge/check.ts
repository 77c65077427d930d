import type { Fault, KnowledgeBase } from '../domain/index.ts';
import { checkFrauds } from './check-frauds.ts';
import { checkLessons } from './check-lessons.ts';
import { checkPhrases } from './check-phrases.ts';
import type { Allowed } from './check-video.ts';
import { checkWords } from './check-words.ts';
import type { KnowledgeFiles } from './files.ts';

/** What a schema cannot see: ids and sayings across files, phrases and their slots, lessons, the words residents read. */
export function checkAcrossFiles(base: KnowledgeBase, files: KnowledgeFiles, allowed: Allowed): readonly Fault[] {
  return [
    ...checkFrauds(base, files),
    ...checkPhrases(base, files),
    ...checkLessons(base, files, allowed),
    ...checkWords(base, files),
  ];
}
