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
  /** How far he came with the latest lesson that he began. */
  readonly lesson?: Progress | undefined;
  /** Questions of practice, and sayings to recognise, so far: which one comes next. */
  readonly practised?: { readonly questions: number; readonly scams: number } | undefined;
  /** The last forward that he told of, so that it can be corrected. */
  readonly lastForward?: Forwarded | undefined;
  /** The knowledge file whose tip he took last: 图片 alone means its picture. */
  readonly lastTip?: string | undefined;
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

/** Answers to the questions of one lesson, in their order. */
export interface Progress {
  readonly lesson: string;
  /** The sending it belongs to, epoch milliseconds: the same lesson comes again after some months. */
  readonly slot: number;
  readonly asked: number;
  readonly right: number;
}

/** An offer of digits. `at`: epoch milliseconds when it was said; a later one of the conversation takes the digits over. */
export type Offer = { readonly at: number } /** The next question of a lesson. */ & (
  | { readonly kind: 'lesson'; readonly slot: number }
  /** A question of the quiz, or a saying to recognise. */
  | { readonly kind: 'practice'; readonly question: string }
  /** Knowledge files to choose from, in the order of the list. */
  | { readonly kind: 'tips'; readonly entries: readonly string[] }
  | { readonly kind: 'roll-call'; readonly tool: string }
  | { readonly kind: 'consent'; readonly tool: string; readonly answer: string }
);
