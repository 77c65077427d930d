/** For which engine, and when, tables are made. */
export interface Schema {
  readonly engine: 'sqlite' | 'postgres';
  /** Epoch milliseconds. */
  readonly now: number;
}
