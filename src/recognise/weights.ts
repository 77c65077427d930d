import type { SignalClass, SignWeight, Strength } from '../domain/index.ts';

/**
 * The one table of evidence. A point is worth about what one plain demand is worth. Sums of one kind saturate: the n-th
 * hit of a kind counts `weight × decay^(n-1)`, because phrases overlap and long texts meet many by chance. Each number
 * has a test that carries its name (tests/recognise/weigh.test.ts); how far they recognise is guarded by tests/ranking.
 */
export const SIGN_POINTS: Readonly<Record<SignWeight, { readonly weight: number; readonly decay: number }>> = {
  /** Nearly proof by itself. */
  strong: { weight: 3.2, decay: 0.5 },
  /** A role or circumstance: common in harmless talk as well. */
  story: { weight: 0.9, decay: 0.6 },
  /** What he wants, in this fraud's words; the general demand is counted by the signals too. */
  ask: { weight: 0.7, decay: 0.6 },
};

/** Pretext and demand together are the fraud; either alone is life. */
export const STORY_WITH_ASK = 0.8;
export const STRONG_WITH_ASK = 0.6;

export const STRENGTH: Readonly<Record<Strength, number>> = { faint: 0.5, plain: 1, loud: 1.6 };

/** Points of one plain signal of the class on the scale of risk, the decay of further ones, and the most a class can add. */
export const CLASS_POINTS: Readonly<
  Record<SignalClass, { readonly weight: number; readonly decay: number; readonly most: number }>
> = {
  demand: { weight: 0.75, decay: 0.6, most: 2.2 },
  pressure: { weight: 0.5, decay: 0.6, most: 1.2 },
  lure: { weight: 0.45, decay: 0.5, most: 0.9 },
  pretext: { weight: 0.4, decay: 0.6, most: 0.7 },
  report: { weight: 0.45, decay: 0.4, most: 1 },
  /** Without it more than half of all publicity was called fraud in the experiment that this grew from (55 %). */
  education: { weight: -1.7, decay: 0.75, most: 6 },
  legitimate: { weight: -1.2, decay: 0.6, most: 4 },
};

/** How much of the leading fraud's score enters the risk. */
export const TYPE_SHARE = 0.75;

/** Where the scale stands before anything is put on it: harmless until shown otherwise. */
export const START = -0.6;

/** A third party tells the resident to pay, give or install: the shape of nearly every report of fraud. */
export const THIRD_PARTY_DEMANDS = 0.9;

/** Nobody asks for anything, nobody presses, nobody tells: a story alone. */
export const NOBODY_WANTS_ANYTHING = -1.2;

/** Swindlers also write 温馨提示: a text that opens in the first person keeps only this share of what speaks for it. */
export const FIRST_PERSON_SHARE = 0.4;

/** Long texts meet phrases by chance: points off per hundred characters beyond ninety. */
export const LENGTH_FREE = 90;
export const LENGTH_COST = 0.6;
export const LENGTH_COST_MOST = 1.2;

/** Fewer than ten characters say too little. */
export const SHORT_TEXT = 10;
export const SHORT_TEXT_COST = 0.6;

/**
 * The knowledge's evidence enters the sum between these two: beyond them a further phrase says nothing new, and harmless
 * talk about fraud meets many. Without a learned part it counts in full.
 */
export const KNOWN_LEAST = -2;
export const KNOWN_MOST = 1.5;
/**
 * Up to here where three of four groups hold evidence (a fraud's own sign, a demand, pressure or lure, who is at work) and
 * next to nothing speaks against: 自称公安……安全账户……不让告诉家人 stays a warning whatever its wording resembles. Of other
 * authors' messages 95 of 879 frauds are such and 10 of 840 harmless ones.
 */
export const KNOWN_MOST_WHOLE_STORY = 2.8;
export const WHOLE_STORY = 3;
export const AGAINST_WHOLE_STORY = -0.7;

/** How much of the learned opinion (log odds of fraud) is put on the scale, and the most it may add or take away. */
export const LEARNED_SHARE = 1.1;
export const LEARNED_MOST = 8;

/** The same for the kind of fraud: points on a file's score per unit of its log odds against the other files. */
export const LEARNED_ENTRY_SHARE = 1;
/** A file of which no sign was met is named only when the learned part gives it at least these log odds. */
export const LEARNED_ENTRY_ALONE = -1.5;

/** 可疑 from here. */
export const SUSPICIOUS = 0.2;
/** 高危 from here, and only where less than this speaks against it: who warns of a fraud quotes it. */
export const HIGH = 3.4;
export const AGAINST_HIGH = -1;

/** Two types are named when the second comes this near to the first. */
export const CLOSE_TYPES = 0.8;
