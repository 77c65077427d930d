import { type Kysely, sql } from 'kysely';
import type { SealedTable, Secrets } from './secrets.ts';
import type { Run } from './statement.ts';
import type { Tables } from './tables.ts';
import { ifReadable, type TellUnreadable } from './unreadable.ts';

/** A transaction that has begun, and the rules that every call inside it keeps. */
export interface Underway {
  readonly trx: Kysely<Tables>;
  readonly engine: 'sqlite' | 'postgres';
  readonly secrets: Secrets;
  /** Every call goes through here: a statement that failed must not be committed around. */
  guarded<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Reads a row and holds it until the end. One that is not there yet is held by its name. */
  hold(query: Run<{ name: string }, { sealed: string }>, name: string): Promise<string | undefined>;
  /** One that cannot be read is as if it were not there: who is at the other end must not be refused for it. */
  read<Content>(table: SealedTable, name: string, sealed: string): Content | undefined;
  /** To be called before the commit. Throws when a statement failed, even if the caller went on. */
  finish(last: () => Promise<void>): Promise<void>;
}

/** `trx`: a transaction of kysely's that has begun. */
export function begin(
  trx: Kysely<Tables>,
  engine: 'sqlite' | 'postgres',
  secrets: Secrets,
  tell: TellUnreadable,
): Underway {
  let failure: { readonly error: unknown } | undefined;
  let ended = false;
  return {
    trx,
    engine,
    secrets,
    async guarded(work) {
      if (ended) throw new Error('the transaction has ended; await every call inside it');
      try {
        return await work();
      } catch (error) {
        failure ??= { error };
        throw error;
      }
    },
    async hold(query, name) {
      const [row] = await query(trx, { name });
      if (row || engine === 'sqlite') return row?.sealed;
      await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(trx);
      // Whoever held the name before may have written it.
      return (await query(trx, { name }))[0]?.sealed;
    },
    read<Content>(table: SealedTable, name: string, sealed: string) {
      const content = ifReadable<Content>(() => secrets.unseal(table, name, sealed));
      if (content === undefined) tell(table, 1);
      return content;
    },
    async finish(last) {
      if (failure) throw failure.error;
      await last();
      ended = true;
    },
  };
}
