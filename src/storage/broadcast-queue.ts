import { sql } from 'kysely';
import type { CampaignStore } from '../campaign/index.ts';
import type { Address } from '../domain/index.ts';
import { noteStatement } from './campaign-statements.ts';
import type { Engine } from './engine.ts';
import { sayRow } from './say-row.ts';
import type { Secrets } from './secrets.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import { transactor } from './transactor.ts';
import { ifReadable, type TellUnreadable } from './unreadable.ts';

/** Engines take only so many values in one statement. */
const ROWS_TOGETHER = 500;

type Row = Tables['broadcast'];

interface Subscriber {
  readonly place: string;
  readonly sealed: string;
}

/**
 * Puts a sending into the outbox, some subscribers at a time. Whoever does it holds the row of the sending until the
 * commit, and rows of the outbox are written in the same one: so two processes never queue to the same people.
 */
export function broadcastQueue(engine: Engine, secrets: Secrets, tell: TellUnreadable): CampaignStore['queueNext'] {
  const { db } = engine;
  const postgres = engine.name === 'postgres';
  const inTransaction = transactor(engine);
  const note = noteStatement(db);
  const held = statement<Pick<Row, 'topic' | 'slot'>, Row>(({ topic, slot }) =>
    db
      .selectFrom('broadcast')
      .selectAll()
      .where('topic', '=', topic)
      .where('slot', '=', slot)
      .$if(postgres, (query) => query.forUpdate()),
  );
  // Held, so that nobody is forgotten between being read here and being written into the outbox.
  const after = statement<{ topic: string; cursor: string; limit: number }, Subscriber>(({ topic, cursor, limit }) =>
    db
      .selectFrom('subscription')
      .select(['place', 'sealed'])
      .where('topic', '=', topic)
      .where('place', '>', cursor)
      .orderBy('place')
      .limit(limit)
      .$if(postgres, (query) => query.forShare()),
  );
  const move = statement<Pick<Row, 'topic' | 'slot' | 'state' | 'count' | 'cursor'>, never>((row) =>
    db
      .updateTable('broadcast')
      .set({ state: row.state, count: row.count, cursor: row.cursor })
      .where('topic', '=', row.topic)
      .where('slot', '=', row.slot)
      .$castTo<never>(),
  );

  return async ({ topic, slot }, limit, toSay, day) => {
    if (!(limit >= 1)) throw new RangeError('limit: at least 1');
    const { queued, unreadable } = await inTransaction(async (trx) => {
      const [row] = await held(trx, { topic, slot });
      if (row?.state !== 'queueing') return { queued: 0, unreadable: 0 };
      let unreadable = 0;
      for (let { cursor } = row; ; ) {
        const subscribers = await after(trx, { topic, cursor, limit });
        const end = subscribers.at(-1);
        if (end === undefined) {
          await move(trx, { ...row, state: 'queued', cursor });
          await note(trx, {
            day,
            kind: 'broadcast',
            about: `${topic}/${row.about}`,
            unit: '',
            amount: row.count,
            people: 0,
          });
          return { queued: 0, unreadable };
        }
        cursor = end.place;
        const addresses = subscribers.flatMap(
          ({ place, sealed }) => ifReadable<Address>(() => secrets.unseal('subscription', place, sealed)) ?? [],
        );
        unreadable += subscribers.length - addresses.length;
        // None queued would mean that it has ended.
        if (addresses.length === 0) continue;
        const rows = addresses.map((address, i) => sayRow(secrets, toSay(address, row.count + i)));
        for (let from = 0; from < rows.length; from += ROWS_TOGETHER)
          await trx
            .insertInto('outbox')
            .values(
              rows
                .slice(from, from + ROWS_TOGETHER)
                .map((one) => ({ ...one, state: sql.lit('due'), attempts: sql.lit(0) })),
            )
            .execute();
        await move(trx, { ...row, cursor, count: row.count + rows.length });
        return { queued: rows.length, unreadable };
      }
    });
    if (unreadable > 0) tell('subscription', unreadable);
    return queued;
  };
}
