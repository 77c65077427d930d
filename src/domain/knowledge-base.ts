import type { Fraud } from './fraud.ts';
import type { LearnedWeights } from './learned-weights.ts';
import type { Lesson, QuizQuestion } from './lesson.ts';
import type { Signal } from './signal.ts';

export const SITUATIONS = [
  'screen-shared',
  'code-told',
  'transferred',
  'cash-handed',
  'app-installed',
  'form-filled',
  'card-lent',
  'link-clicked',
] as const;

export type SituationId = (typeof SITUATIONS)[number];

/** Something that has already happened and needs first aid. */
export interface Situation {
  readonly id: SituationId;
  readonly name: string;
  /** The very first thing to do, said in the verdict line. */
  readonly first: string;
  readonly phrases: readonly string[];
  readonly steps: readonly string[];
}

export interface FirstAid {
  readonly situations: readonly Situation[];
  readonly notFirstAid: readonly string[];
  readonly reportToPolice: readonly string[];
  readonly keepEvidence: readonly string[];
  readonly afterwards: readonly string[];
  readonly family: { readonly phrases: readonly string[]; readonly lead: string };
}

export interface Question {
  readonly id: string;
  readonly title: string;
  readonly ask: readonly string[];
  readonly phrases: readonly string[];
  readonly answer: readonly string[];
}

export interface Contact {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly what: string;
  readonly verified: boolean;
}

export interface Variant {
  readonly from: readonly string[];
  readonly to: string;
  /** When given, the replacement happens only with one of these within three characters. */
  readonly near: readonly string[];
  readonly not: readonly string[];
}

export interface Slang {
  readonly word: string;
  readonly means: string;
}

/** What residents say, by what they mean by it: teaches the learned part to tell it. */
export interface IntentSayings {
  /** It has happened, by situation. */
  readonly firstAid: Readonly<Record<string, readonly string[]>>;
  /** Only demanded, ordinary, heard of, or stopped in time. */
  readonly notFirstAid: readonly string[];
  /** Questions about a fraud, by knowledge file. */
  readonly fraudQuestions: Readonly<Record<string, readonly string[]>>;
  readonly smallTalk: readonly string[];
}

/** Fixed sentences of the bot by key; places in `{…}` are filled by compose. */
export type Wording = Readonly<Record<string, string>>;

/** Everything in `knowledge/`, checked and frozen. */
export interface KnowledgeBase {
  readonly frauds: readonly Fraud[];
  readonly signals: readonly Signal[];
  readonly slots: Readonly<Record<string, readonly string[]>>;
  readonly firstAid: FirstAid;
  readonly questions: readonly Question[];
  readonly contacts: readonly Contact[];
  readonly variants: readonly Variant[];
  readonly keep: readonly string[];
  readonly slang: readonly Slang[];
  /** Harmless messages by category: they teach the learned part to keep quiet. */
  readonly harmless: Readonly<Record<string, readonly string[]>>;
  readonly intentSayings: IntentSayings;
  /** Absent until `fanzha learn` was run. */
  readonly learned?: LearnedWeights | undefined;
  readonly wording: Wording;
  /** Phrases by what a message means to the bot itself: greeting, thanks, a genuine call, a question. */
  readonly intents: Readonly<Record<string, readonly string[]>>;
  /** Words that carry out a command, by command. */
  readonly commands: Readonly<Record<string, readonly string[]>>;
  /** In the order of their ids. */
  readonly lessons: readonly Lesson[];
  /** For practice at any time; the questions of lessons are among them. */
  readonly quiz: readonly QuizQuestion[];
  /** Sixteen hex digits over all files: which knowledge an answer came from. */
  readonly version: string;
}
