/** One linear model over character n-grams: `bias + scale × Σ grams[g] / √n` over a message's different grams, n being all its
 * runs of one to three characters, repeated ones counted each time. */
export interface GramWeights {
  readonly bias: number;
  readonly scale: number;
  /** Whole numbers between -127 and 127. */
  readonly grams: Readonly<Record<string, number>>;
}

/** What `fanzha learn` wrote to `knowledge/learned.json`. Only grams of up to three characters, never a sentence. */
export interface LearnedWeights {
  /** Over the sayings and harmless messages it was learned from; tells whether the file is out of date. */
  readonly learnedFrom: string;
  /** Fraud against harmless. */
  readonly risk: GramWeights;
  /**
   * For each sign, as `entry/sign`, how far it tells its own fraud from others and from harmless talk: whole per cent of
   * its hits that are right when all families are equally frequent.
   */
  readonly signs: Readonly<Record<string, number>>;
  /** It has happened, against everything else; asks for knowledge, against everything else. */
  readonly intents: { readonly happened: GramWeights; readonly asks: GramWeights };
  /** Each knowledge file against the other files. */
  readonly entries: Readonly<Record<string, GramWeights>>;
}
