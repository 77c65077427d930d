/** What is said to whom: repeats refused, fragments joined, digits bound to their case, groups left in peace. */
export { readDigit } from './case.ts';
export type { Errand, Errands } from './errand.ts';
export { type Group, NEW_GROUP } from './group.ts';
export {
  type Also,
  type Conversation,
  type ConversationNeeds,
  createConversation,
  INTAKE_POINTS,
  type Outcome,
} from './intake.ts';
export { LIMITS, type Limits } from './limits.ts';
export type { OpenQuestion, TalkStore, TalkTransaction } from './store.ts';
export { NEW_TALK, type Talk } from './talk.ts';
export { type Decision, toJson } from './to-json.ts';
export type { Saying } from './turn.ts';
export { createMind, type Mind, type Understanding } from './understand.ts';
export { createWaker, type Waker } from './waker.ts';
