/** Reads `knowledge/`, refuses what is wrong with file:line and cure, and hands out one frozen base. */
export type { Allowed } from './check-video.ts';
export { sentences } from './check-words.ts';
export { LEARNED_FILE, teachingVersion } from './learned-file.ts';
export { loadKnowledge, readKnowledge } from './load.ts';
export { BUILT_IN_SLOTS, END_SLOT, type Gap, PhraseFault, type Piece, parsePhrase, START_SLOT } from './phrase.ts';
export { createLexicon, type Lexicon, parseWithSlots } from './slots.ts';
export { watchKnowledge } from './watch.ts';
export { readYamlFile, type YamlFile } from './yaml-file.ts';
