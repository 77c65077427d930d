import { type Compilable, type Kysely, type RawBuilder, sql } from 'kysely';
import type { ClaimOptions } from '../outbox/index.ts';
import type { Tables } from './tables.ts';

export interface ClaimedRow {
  readonly id: number;
  readonly conversation: string;
  readonly urgency: number;
  readonly sealed: string;
  readonly attempts: number;
  readonly due_at: number;
  readonly expires_at: number;
  readonly keep_until: number;
  readonly at: number;
}

/** A row that nobody holds: it is due, or the lease of the process that held it ran out. */
export function free(row: string, now: number): RawBuilder<boolean> {
  const column = (name: string) => sql.ref(`${row}.${name}`);
  // The first half says nothing new, but lets the engines use the index of open rows.
  return sql`${column('state')} in ('due', 'leased') and (
    (${column('state')} = 'due' and ${column('due_at')} <= ${now})
    or (${column('state')} = 'leased' and ${column('lease_until')} <= ${now}))`;
}

/** Nothing earlier of its conversation waits or is being said. */
export function head(row: string): RawBuilder<boolean> {
  return sql`not exists (select 1 from outbox as earlier
    where earlier.conversation = ${sql.ref(`${row}.conversation`)} and earlier.id < ${sql.ref(`${row}.id`)}
      and earlier.state in ('due', 'leased'))`;
}

export interface ClaimManner {
  /** Asked again of each row at the moment it is changed. Replaced only by the test that shows what it is for. */
  readonly guard?: (row: string, now: number) => RawBuilder<boolean>;
  /** PostgreSQL only: goes past rows that another claim is just taking, instead of waiting and getting nothing. */
  readonly skipLocked?: boolean;
}

/**
 * One statement, so that no other process comes between choosing and leasing. On PostgreSQL a claim that had to wait for
 * another sees the row as that one left it; the guard then lets it go, where otherwise both would have it. Going past
 * locked rows is only faster, and does not replace the guard.
 */
export function claimQuery(
  db: Kysely<Tables>,
  { source, owner, now, leaseUntil, limit }: ClaimOptions,
  { guard = free, skipLocked = false }: ClaimManner = {},
): Compilable<ClaimedRow> {
  return (
    db
      // Materialized, so that it is asked once: asked per row, its limit would mean nothing.
      .with(
        (cte) => cte('chosen').materialized(),
        (inner) =>
          inner
            .selectFrom('outbox as one')
            .select('one.id')
            .where('one.source', '=', source)
            .where(free('one', now))
            .where(head('one'))
            .orderBy('one.urgency')
            .orderBy('one.id')
            .limit(limit)
            .$if(skipLocked, (query) => query.forUpdate().skipLocked()),
      )
      .updateTable('outbox')
      .set((eb) => ({
        state: sql.lit('leased'),
        lease_owner: owner,
        lease_until: leaseUntil,
        attempts: eb('attempts', '+', sql.lit(1)),
      }))
      .where('id', 'in', (eb) => eb.selectFrom('chosen').select('chosen.id'))
      .where(guard('outbox', now))
      .returning(['id', 'conversation', 'urgency', 'sealed', 'attempts', 'due_at', 'expires_at', 'keep_until', 'at'])
  );
}
