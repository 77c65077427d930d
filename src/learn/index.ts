/** Trains the learned part of recognition from sayings, harmless messages and labelled messages. Deterministic. */
export { LABELLED_SHARE, learn, lessonsFrom } from './learn.ts';
export type { Lesson } from './lesson.ts';
