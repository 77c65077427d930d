/** Trains the learned part of recognition from sayings, harmless messages and labelled messages. Deterministic. */
export { type Lesson, learn, lessonsFrom } from './learn.ts';
