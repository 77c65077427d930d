/** Trains the learned part of recognition from sayings, harmless messages and labelled messages. Deterministic. */
export { LABELLED_SHARE, type Lesson, learn, lessonsFrom } from './learn.ts';
