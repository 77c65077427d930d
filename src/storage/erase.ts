import type { Kysely } from 'kysely';
import { leavingEvents, type Member, type Subscribed, type Topic } from '../campaign/index.ts';
import type { Address } from '../domain/index.ts';
import { dayOf } from '../lib/clock.ts';
import { noteStatement } from './campaign-statements.ts';
import type { Engine } from './engine.ts';
import { patiently } from './patience.ts';
import type { Secrets } from './secrets.ts';
import type { Tables } from './tables.ts';
import { ifReadable } from './unreadable.ts';

/** What is kept of a person. Subscriptions first: who is just queueing to him has then ended, and what he queued is seen. */
const OWNED = ['subscription', 'member', 'roll_call_name', 'talk', 'outbox', 'passive_reply'] as const;

/**
 * Deletes every row of a person: talks everywhere, what was and what will be said to him, questions of his alone, what he
 * is in the campaign, and what he has subscribed to, be it for a group. What he counted for in the campaign is taken back.
 */
export async function forgetOwner(db: Kysely<Tables>, secrets: Secrets, owner: string, now: number): Promise<number> {
  await noteLeaving(db, secrets, owner, now);
  let rows = 0n;
  for (const table of OWNED)
    rows += (await db.deleteFrom(table).where('owner', '=', owner).executeTakeFirst()).numDeletedRows;
  await db.deleteFrom('allowance').where('owner', '=', owner).execute();
  rows += (await db.deleteFrom('open_question').where('asker', '=', owner).executeTakeFirst()).numDeletedRows;
  return Number(rows);
}

async function noteLeaving(db: Kysely<Tables>, secrets: Secrets, owner: string, now: number): Promise<void> {
  const rows = await db
    .selectFrom('subscription')
    .select(['topic', 'place', 'sealed'])
    .where('owner', '=', owner)
    .execute();
  const subscriptions = rows.map(({ topic, place, sealed }): Subscribed => {
    const address = ifReadable<Address>(() => secrets.unseal('subscription', place, sealed));
    return { topic: topic as Topic, place: address?.room === undefined ? 'person' : 'group' };
  });
  const row = await db.selectFrom('member').select('sealed').where('owner', '=', owner).executeTakeFirst();
  const member = row && ifReadable<Member>(() => secrets.unseal('member', owner, row.sealed));
  const note = noteStatement(db);
  for (const event of leavingEvents(member ?? {}, subscriptions, dayOf(now))) await note(db, event);
}

/** Deletes a talker in every source that was ever seen, and makes it unreadable. Returns how many rows there were. */
export async function erase(engine: Engine, secrets: Secrets, talker: string, now: number): Promise<number> {
  const rows = await patiently(engine.where, () =>
    engine.db.transaction().execute(async (trx) => {
      let deleted = 0;
      for (const source of await sourcesIn(trx))
        deleted += await forgetOwner(trx, secrets, secrets.owner(source, talker), now);
      return deleted;
    }),
  );
  await patiently(engine.where, () => engine.scrub());
  return rows;
}

async function sourcesIn(db: Kysely<Tables>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('talk')
    .select('source')
    .union(db.selectFrom('outbox').select('source'))
    .union(db.selectFrom('passive_reply').select('source'))
    .union(db.selectFrom('open_question').select('source'))
    .union(db.selectFrom('member').select('source'))
    .union(db.selectFrom('subscription').select('source'))
    .union(db.selectFrom('roll_call_name').select('source'))
    .execute();
  return rows.map(({ source }) => source).sort();
}
