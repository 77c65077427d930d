/** Writes the reply to a verdict in fixed shapes, from the sentences of the knowledge base. Pure. */
export { composeFamilyWords, composeSeeThrough } from './answers.ts';
export { type Compose, createCompose } from './compose.ts';
export { composeFirstAidFor } from './first-aid.ts';
export { LONGEST_WARNING } from './warning.ts';
export { numbered, type Say } from './words.ts';
