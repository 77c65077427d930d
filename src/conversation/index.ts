/** What is said to whom: repeats refused, digits bound to their case, one reply for one message. */
export { type Conversation, createConversation, type Outcome } from './converse.ts';
export { type Decision, toJson } from './to-json.ts';
export { createTranscript, type Said, type Transcript } from './transcript.ts';
export { createMind, type Mind, type Understanding } from './understand.ts';
