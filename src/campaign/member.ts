/** What the campaign remembers of a person besides his talk. Plain data, kept sealed until he leaves or wants to be forgotten. */
export interface Member {
  /** Epoch milliseconds; absent: not a deputy. */
  readonly deputySince?: number | undefined;
  /** Wrong invitation codes in a row, and when the last one came. */
  readonly tries?: { readonly count: number; readonly at: number } | undefined;
  /** One of the configured units, told by himself. */
  readonly unit?: string | undefined;
  /** Takes part in the Tuesday lesson. */
  readonly learning?: boolean | undefined;
  /** Lessons that he has answered to the end, the latest last. */
  readonly finished?: readonly string[] | undefined;
  /** Questions of practice so far: which one comes next. */
  readonly practised?: number | undefined;
  /** The last forward that he told of, so that it can be corrected. */
  readonly lastForward?: Forwarded | undefined;
  /** What he answered at the roll-call, by tool; so that a second answer replaces the first. */
  readonly answers?: Readonly<Record<string, string>> | undefined;
  /** What digits and letters mean now: the last thing that offered any. */
  readonly offer?: Offer | undefined;
}

/** How far a tip was passed on, as a deputy told it. */
export interface Forwarded {
  readonly groups: number;
  readonly people: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** An offer of digits. `at`: epoch milliseconds when it was said; a later one of the conversation takes the digits over. */
export type Offer = { readonly at: number } & (
  | QuestionOffer
  /** Knowledge files to choose from, in the order of the list. */
  | { readonly kind: 'tips'; readonly entries: readonly string[] }
  /** A tip was shown: its picture or its words for the loudspeaker may be asked for. */
  | { readonly kind: 'tip'; readonly entry: string }
  | { readonly kind: 'roll-call'; readonly tool: string }
  | { readonly kind: 'consent'; readonly tool: string; readonly answer: string }
);

/** A question that waits for its answer. */
export interface QuestionOffer {
  readonly kind: 'question';
  /** A question of a lesson or of the quiz, or a saying to recognise (`practice`). */
  readonly question: string;
  /** The broadcast slot of the lesson it belongs to, epoch milliseconds; absent: practice. */
  readonly slot?: number | undefined;
  readonly lesson?: string | undefined;
  /** Answered so far in this lesson, and how many of them rightly. */
  readonly asked: number;
  readonly right: number;
}
