import type { Kysely } from 'kysely';
import type { Engine } from './engine.ts';
import { patiently } from './patience.ts';
import type { Secrets } from './secrets.ts';
import type { Tables } from './tables.ts';

/** Deletes every row of a person: talks everywhere, what was and what will be said to him, questions of his alone. */
export async function forgetOwner(db: Kysely<Tables>, owner: string): Promise<number> {
  const talks = await db.deleteFrom('talk').where('owner', '=', owner).executeTakeFirst();
  const replies = await db.deleteFrom('outbox').where('owner', '=', owner).executeTakeFirst();
  const passive = await db.deleteFrom('passive_reply').where('owner', '=', owner).executeTakeFirst();
  await db.deleteFrom('allowance').where('owner', '=', owner).execute();
  const questions = await db.deleteFrom('open_question').where('asker', '=', owner).executeTakeFirst();
  return Number(talks.numDeletedRows + replies.numDeletedRows + passive.numDeletedRows + questions.numDeletedRows);
}

/** Deletes a talker in every source that was ever seen, and makes it unreadable. Returns how many rows there were. */
export async function erase(engine: Engine, secrets: Secrets, talker: string): Promise<number> {
  const rows = await patiently(engine.where, () =>
    engine.db.transaction().execute(async (trx) => {
      let deleted = 0;
      for (const source of await sourcesIn(trx)) deleted += await forgetOwner(trx, secrets.owner(source, talker));
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
    .execute();
  return rows.map(({ source }) => source).sort();
}
