import { type Compilable, type Kysely, type RawBuilder, sql } from 'kysely';
import type { ClaimOptions } from '../outbox/index.ts';
import type { OutboxTable, Tables } from './tables.ts';

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

const column = (row: string, name: keyof OutboxTable) => sql.ref(`${row}.${name}`);

/** When somebody may take a row that is open. */
function readyAt(row: string): RawBuilder<number> {
  return sql`case when ${column(row, 'state')} = 'due' then ${column(row, 'due_at')} else ${column(row, 'lease_until')} end`;
}

/** Says nothing that `free` does not say, but lets the engines use the indexes of open rows. */
function open(row: string): RawBuilder<boolean> {
  return sql`${column(row, 'state')} in ('due', 'leased')`;
}

/** A row that nobody holds: it is due, or the lease of the process that held it ran out. */
export function free(row: string, now: number): RawBuilder<boolean> {
  return sql`${open(row)} and (
    (${column(row, 'state')} = 'due' and ${column(row, 'due_at')} <= ${now})
    or (${column(row, 'state')} = 'leased' and ${column(row, 'lease_until')} <= ${now}))`;
}

/** Nothing earlier of its conversation waits or is being said. What nobody asked for never holds up an answer. */
function head(row: string): RawBuilder<boolean> {
  return sql`not exists (select 1 from outbox as earlier
    where earlier.conversation = ${column(row, 'conversation')} and earlier.id < ${column(row, 'id')}
      and ${open('earlier')} and (earlier.urgency < 2 or ${column(row, 'urgency')} = 2))`;
}

const pressing = (row: string): RawBuilder<boolean> => sql`${column(row, 'urgency')} < 2`;
const unasked = (row: string): RawBuilder<boolean> => sql`${column(row, 'urgency')} = 2 and ${open(row)}`;

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
 *
 * What is unasked is chosen apart, in the order of its time: ten thousand rows of a sending that leave over hours would
 * else be looked through at every claim.
 */
export function claimQuery(
  db: Kysely<Tables>,
  { source, owner, now, leaseUntil, limit }: ClaimOptions,
  { guard = free, skipLocked = false }: ClaimManner = {},
): Compilable<ClaimedRow> {
  const ofSource = (inner: Pick<Kysely<Tables>, 'selectFrom'>) =>
    inner
      .selectFrom('outbox as one')
      .select('one.id')
      .where('one.source', '=', source)
      .where(head('one'))
      .$if(skipLocked, (query) => query.forUpdate().skipLocked());
  return (
    db
      // Materialized, so that each is asked once: asked per row, its limit would mean nothing.
      .with(
        (cte) => cte('pressing').materialized(),
        (inner) =>
          ofSource(inner)
            .where(pressing('one'))
            .where(free('one', now))
            .orderBy('one.urgency')
            .orderBy('one.id')
            .limit(limit),
      )
      .with(
        (cte) => cte('unasked').materialized(),
        (inner) =>
          ofSource(inner)
            .where(unasked('one'))
            .where(sql<boolean>`${readyAt('one')} <= ${now}`)
            .orderBy(readyAt('one'))
            .orderBy('one.id')
            .limit(sql<number>`${limit} - (select count(*) from pressing)`),
      )
      .updateTable('outbox')
      .set((eb) => ({
        state: sql.lit('leased'),
        lease_owner: owner,
        lease_until: leaseUntil,
        attempts: eb('attempts', '+', sql.lit(1)),
      }))
      .where('id', 'in', (eb) =>
        eb.selectFrom('pressing').select('pressing.id').unionAll(eb.selectFrom('unasked').select('unasked.id')),
      )
      .where(guard('outbox', now))
      .returning(['id', 'conversation', 'urgency', 'sealed', 'attempts', 'due_at', 'expires_at', 'keep_until', 'at'])
  );
}

/** One row for what is pressing and one for what is unasked: the time at which the first of them can be claimed. */
export function nextDueQuery(db: Kysely<Tables>, source: string): Compilable<{ at: number | null }> {
  const ofSource = db
    .selectFrom('outbox as one')
    .where('one.source', '=', source)
    .where(open('one'))
    .where(head('one'));
  return ofSource
    .where(pressing('one'))
    .select(sql<number | null>`min(${readyAt('one')})`.as('at'))
    .unionAll(
      db
        .selectFrom(
          ofSource
            .where(unasked('one'))
            .select(readyAt('one').as('at'))
            .orderBy(readyAt('one'))
            .limit(sql.lit(1))
            .as('first'),
        )
        .select('first.at'),
    );
}
