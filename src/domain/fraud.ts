/** The families that the police statistics and our contracts count by. Ids are fixed for ever. */
export const FAMILIES = [
  'impersonate-leader',
  'impersonate-police',
  'email',
  'brushing',
  'investment',
  'loan',
  'customer-service',
  'credit-report',
  'shopping',
  'gaming',
  'romance',
  'refund-travel',
  'prize',
  'phishing-link',
  'benefits',
  'blackmail',
  'account-rental',
  'family-emergency',
  'elder-health',
  'other-fraud',
] as const;

export type FamilyId = (typeof FAMILIES)[number];

/** Whose words a saying is: the swindler writing or talking, a resident, a police note, a worried relative. */
export const REGISTERS = ['sms', 'call', 'resident', 'case', 'family'] as const;

export type Register = (typeof REGISTERS)[number];

/** `strong`: nearly proof of this fraud by itself; `story`: a circumstance or role; `ask`: what the swindler wants. */
export type SignWeight = 'strong' | 'story' | 'ask';

/** One way to tell a fraud: what a resident is told, and the phrases that reveal it. */
export interface Sign {
  readonly sign: string;
  readonly weight: SignWeight;
  readonly phrases: readonly string[];
}

/** Ready words for one fraud in the four lengths that deputies forward. */
export interface Tip {
  readonly group: string;
  readonly moments: string;
  readonly led: string;
  readonly loudspeaker: string;
}

/** A case from the news: only time, place, role, method and sum; never a name. */
export interface FraudCase {
  readonly date: string;
  readonly place: string;
  readonly story: string;
  readonly loss: string;
  /** Position in `sources`, counted from 1. */
  readonly source: number;
}

export interface Source {
  readonly publisher: string;
  readonly title?: string | undefined;
  readonly date: string;
  /** A: law, government, national media; B: local media or a reprint. Anything weaker stays outside the knowledge base. */
  readonly grade: 'A' | 'B';
}

/** A message that looks like the fraud and is harmless, with the reason. */
export interface Lookalike {
  readonly say: string;
  readonly why: string;
}

/** One fraud as `knowledge/frauds/<id>.yml` tells it. */
export interface Fraud {
  readonly id: string;
  readonly family: FamilyId;
  readonly name: string;
  /** At most eight characters: stands in the verdict line. */
  readonly short: string;
  readonly aliases: readonly string[];
  readonly core: boolean;
  /** Second half of the verdict line, for instance 先别转钱. */
  readonly stop: string;
  readonly what: readonly string[];
  readonly targets: readonly string[];
  readonly how: readonly string[];
  readonly sayings: Readonly<Record<Register, readonly string[]>>;
  /** Sayings that show too little to be recognised by themselves: they only teach. */
  readonly vague: readonly string[];
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly signs: readonly Sign[];
  readonly seeThrough: readonly string[];
  readonly now: readonly string[];
  readonly familyWords: string;
  readonly lookalikes: readonly Lookalike[];
  readonly tip: Tip;
  readonly cases: readonly FraudCase[];
  readonly sources: readonly Source[];
  readonly reviewed: { readonly by: string; readonly date: string };
}
