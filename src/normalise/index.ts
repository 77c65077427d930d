/** Makes hidden words readable (width, script, inserted characters, look-alikes, homophones) and keeps the way back. */
export { foldWord } from './fold.ts';
export { createNormalise, type Normalise } from './normalise.ts';
