/** The words of the trade. Types and tiny pure functions; imports nothing. */
export { type Fault, formatFault, OperatorFault } from './faults.ts';
export {
  FAMILIES,
  type FamilyId,
  type Fraud,
  type FraudCase,
  type Lookalike,
  REGISTERS,
  type Register,
  type Sign,
  type SignWeight,
  type Source,
  type Tip,
} from './fraud.ts';
export {
  type Contact,
  type FirstAid,
  type KnowledgeBase,
  type Question,
  SITUATIONS,
  type Situation,
  type SituationId,
  type Slang,
  type Variant,
  type Wording,
} from './knowledge-base.ts';
export type { GramWeights, LearnedWeights } from './learned-weights.ts';
export type { Lesson, QuizQuestion } from './lesson.ts';
export type { Address, Incoming, Reply, ToSay, Urgency } from './message.ts';
export { isSpoken, MESSAGE_KINDS, type MessageKind } from './message-kind.ts';
export {
  type Candidate,
  type Cues,
  type Evidence,
  type Level,
  type Recognition,
  SPEAKS_AGAINST_FRAUD,
  SURELY_ASKS,
} from './recognition.ts';
export { SIGNAL_CLASSES, type Signal, type SignalClass, type Strength } from './signal.ts';
export { type NormalisedText, quote } from './text.ts';
export { type Intent, intentOf, type Verdict } from './verdict.ts';
