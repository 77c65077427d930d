import { type Kysely, sql } from 'kysely';
import type { Address } from '../domain/index.ts';
import type { Claimed, ClaimOptions, OutboxStore, Said, Settlement } from '../outbox/index.ts';
import { type ClaimedRow, claimQuery, nextDueQuery } from './claim.ts';
import type { Engine } from './engine.ts';
import { patiently } from './patience.ts';
import { type SealedReply, URGENCIES } from './say-row.ts';
import type { Secrets } from './secrets.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import { ifReadable, type TellUnreadable } from './unreadable.ts';

/** The code of a row that cannot be read. */
export const DAMAGED = 'damaged';

export function createOutboxStore({ name, db, where }: Engine, secrets: Secrets, tell: TellUnreadable): OutboxStore {
  const run = <Result>(work: () => Promise<Result>): Promise<Result> => patiently(where, work);
  const open = (conversation: string, sealed: string) =>
    ifReadable<SealedReply>(() => secrets.unseal('outbox', conversation, sealed));

  const claim = statement<ClaimOptions, ClaimedRow>((values) =>
    claimQuery(db, values, { skipLocked: name === 'postgres' }),
  );
  const settleOne = statement<{ id: number; owner: string; now: number }, { id: number }>(({ id, owner, now }) =>
    settleQuery(db, owner, [id], { state: 'sent' }, now),
  );
  const lastSent = statement<{ conversation: string }, { at: number | null }>(({ conversation }) =>
    db
      .selectFrom('outbox')
      .select((eb) => eb.fn.max('sent_at').as('at'))
      .where('conversation', '=', conversation)
      .where('state', '=', sql.lit('sent')),
  );
  const sent = statement<{ source: string; since: number }, { count: number }>(({ source, since }) =>
    db
      .selectFrom('outbox')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('source', '=', source)
      .where('state', '=', sql.lit('sent'))
      .where('sent_at', '>=', since),
  );
  const due = statement<{ source: string }, { at: number | null }>(({ source }) => nextDueQuery(db, source));

  /** A row that cannot be read is never said; it must hold up neither its conversation nor the rows claimed with it. */
  async function setAside({ owner, now }: ClaimOptions, ids: readonly number[]): Promise<void> {
    await run(() => settleQuery(db, owner, ids, { state: 'failed', code: DAMAGED }, now).execute());
    tell('outbox', ids.length);
  }

  return {
    async claim(options) {
      for (;;) {
        const rows = await run(() => claim(db, options));
        // The order of returned rows is the engine's own affair.
        rows.sort((a, b) => a.urgency - b.urgency || a.id - b.id);
        const readable: Claimed[] = [];
        const unreadable: number[] = [];
        for (const row of rows) {
          const reply = open(row.conversation, row.sealed);
          if (reply) readable.push(claimed(options.source, row, reply));
          else unreadable.push(row.id);
        }
        if (unreadable.length > 0) {
          const aside = setAside(options, unreadable);
          // With others to be said it does not matter whether it can be noted now: else it is met again.
          await (readable.length > 0 ? aside.catch(() => {}) : aside);
        }
        // None at all must mean that none is due.
        if (readable.length > 0 || unreadable.length === 0) return readable;
      }
    },
    async settle(owner, ids, settlement, now) {
      const [only] = ids;
      if (only === undefined) return [];
      const rows = await run(() =>
        ids.length === 1 && settlement.state === 'sent'
          ? settleOne(db, { id: only, owner, now })
          : settleQuery(db, owner, ids, settlement, now).execute(),
      );
      return rows.map(({ id }) => id);
    },
    async lastSentTo(address) {
      const rows = await run(() => lastSent(db, { conversation: secrets.conversation(address) }));
      return rows[0]?.at ?? undefined;
    },
    async sentSince(source, since) {
      return (await run(() => sent(db, { source, since })))[0]?.count ?? 0;
    },
    async nextDue(source) {
      const times = (await run(() => due(db, { source }))).flatMap(({ at }) => at ?? []);
      return times.length === 0 ? undefined : Math.min(...times);
    },
    async saidTo(source, talker, sequence, since) {
      const conversation = secrets.conversation({ source, talker });
      const rows = await run(() =>
        db
          .selectFrom('outbox')
          .select(['id', 'sealed', 'at', 'code'])
          .where('conversation', '=', conversation)
          .where('state', '=', sql.lit('sent'))
          .where('id', '>', sequence)
          .where('at', '>=', since)
          .orderBy('id')
          .execute(),
      );
      const said: Said[] = [];
      const unreadable: number[] = [];
      for (const { id, sealed, at, code } of rows) {
        const reply = open(conversation, sealed);
        if (reply) said.push({ sequence: id, replyTo: reply.replyTo, text: reply.text, at });
        else if (code !== DAMAGED) unreadable.push(id);
      }
      if (unreadable.length > 0) {
        // Noted, so that it is told of once and not at every look of a page; which goes on when it cannot be noted now.
        await db
          .updateTable('outbox')
          .set({ code: DAMAGED })
          .where('id', 'in', unreadable)
          .execute()
          .then(
            () => tell('outbox', unreadable.length),
            () => {},
          );
      }
      return said;
    },
    async tally() {
      const rows = await run(() =>
        db
          .selectFrom('outbox')
          .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
          .groupBy('state')
          .execute(),
      );
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    },
  };
}

function settleQuery(db: Kysely<Tables>, owner: string, ids: readonly number[], settlement: Settlement, now: number) {
  return db
    .updateTable('outbox')
    .set({ state: settlement.state, lease_owner: null, lease_until: null })
    .$if(settlement.state === 'sent', (query) => query.set({ sent_at: now, code: null }))
    .$call((query) => (settlement.state === 'sent' ? query : query.set({ code: settlement.code })))
    .$call((query) => (settlement.state === 'due' ? query.set({ due_at: settlement.dueAt }) : query))
    .$if(settlement.state === 'due' && !settlement.countsAsTry, (query) =>
      query.set((eb) => ({ attempts: eb('attempts', '-', 1) })),
    )
    .where('id', 'in', ids)
    .where('lease_owner', '=', owner)
    .where('state', '=', sql.lit('leased'))
    .returning('id');
}

function claimed(source: string, row: ClaimedRow, { talker, room, replyTo, text }: SealedReply): Claimed {
  const address: Address = { source, talker, ...(room === undefined ? {} : { room }) };
  return {
    ...address,
    id: row.id,
    attempts: row.attempts,
    replyTo,
    text,
    at: row.at,
    urgency: URGENCIES[row.urgency] ?? 'answer',
    dueAt: row.due_at,
    expiresAt: row.expires_at,
    keepUntil: row.keep_until,
  };
}
