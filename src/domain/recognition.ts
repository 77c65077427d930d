import type { FamilyId } from './fraud.ts';

export type Level = 'high' | 'suspicious' | 'none';

/** A fraud that the message may be, best first. `score` is in points of evidence, comparable within one message. */
export interface Candidate {
  readonly id: FamilyId;
  /** The knowledge file that speaks for it; equals `id` unless a finer entry fits better. */
  readonly entry: string;
  readonly score: number;
}

/** One thing found in the message. */
export interface Evidence {
  /** What a resident is told, or the signal's id when it is not worth telling. */
  readonly sign: string;
  /** `strong`, `story`, `ask` for a fraud's sign, else the class of the signal. */
  readonly kind: string;
  /** The knowledge file whose sign it is; absent for signals that belong to no single fraud. */
  readonly entry?: string | undefined;
  /** The sender's own words, cut from the original message. */
  readonly quote: string;
  /** Where they begin in the normalised text; tells the order in which signs are named. */
  readonly at: number;
  /** Points that it put on the scale; negative when it speaks against fraud. */
  readonly points: number;
}

/** What was found about one message. Pure: the same text and knowledge give the same recognition. */
export interface Recognition {
  readonly level: Level;
  /** The sum on the scale; the level's thresholds stand in `recognise/weights.ts`. */
  readonly risk: number;
  readonly types: readonly Candidate[];
  /** The second type is so near to the first that both are named. */
  readonly twoTypes: boolean;
  /** Points of what speaks against fraud (a warning about fraud, a true notice); zero or below. */
  readonly against: number;
  readonly evidence: readonly Evidence[];
  readonly cues: Cues;
}

/** From these log odds on, a message asks for knowledge: 20 of 20 such questions, 3 of 879 frauds. */
export const SURELY_ASKS = 0.4;

/** Points against fraud from which on a text warns of fraud, or is a true notice. */
export const SPEAKS_AGAINST_FRAUD = -0.5;

/** What the message means besides its level; decide picks from these in a fixed order. */
export interface Cues {
  /** First-aid situations that the message tells of, most urgent first. */
  readonly situations: readonly string[];
  /** The sender asks for somebody of the family. */
  readonly forFamily: boolean;
  /** Ids of questions that the phrases identify, best first. */
  readonly questions: readonly string[];
  /** Names of intents whose phrases were met: greeting, thanks, genuine-call, asks, … */
  readonly intents: readonly string[];
  /** Frauds named by name or alias, with the longest name first. */
  readonly named: readonly string[];
  /** The command that the whole message is, typing errors forgiven. */
  readonly command?: string | undefined;
  /** The question that a short message resembles when no phrase named one. */
  readonly resembles?: string | undefined;
  /** The knowledge file about which a short message asks, by its likeness to such questions. */
  readonly asksAboutFraud?: string | undefined;
  /** A word of swindlers' slang that a short message asks about. */
  readonly slang?: string | undefined;
  /** So short, and without a word of questions, that it asks nothing, however much it resembles a question. */
  readonly saysHalf?: boolean | undefined;
  /** Log odds of the learned part that it has already happened; absent without one. */
  readonly happened?: number | undefined;
  /** The same that knowledge is asked for. */
  readonly asks?: number | undefined;
  /** Letters and digits left after normalising: zero means that there is nothing to read. */
  readonly length: number;
}
