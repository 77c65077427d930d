/** Finds evidence in a normalised message, weighs it per fraud, and explains itself. Pure: no clock, no I/O, no chance. */

export { bareText, createSearch } from './fuzzy.ts';
export { gramsOf, gramText, loudness } from './grams.ts';
export { createMatcher, type Hit, type Matcher, type Wanted } from './matcher.ts';
export { createNearest } from './nearest.ts';
export { type SignOwner, signKey, wordsOfPhrases } from './phrases.ts';
export { createReader, createRecognise, type Recognise } from './recognise.ts';
export { SUSPICIOUS } from './weights.ts';
