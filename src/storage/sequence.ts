import { sql } from 'kysely';
import type { Engine } from './engine.ts';

/**
 * Lets the ids of the outbox go on from the time of now where they are behind it. They begin at the time of creation and
 * grow slower than time does; after a restored backup they would else begin again at numbers that pages have seen, and a
 * page that names the last one it saw would miss replies.
 */
export async function raiseSequence({ db, name }: Engine, now: number): Promise<void> {
  const last = now - 1;
  if (name === 'sqlite')
    await sql`update sqlite_sequence set seq = max(seq, ${last}) where name = 'outbox'`.execute(db);
  else
    await sql`select setval(name, greatest(coalesce(pg_sequence_last_value(name), 0), ${last}::bigint))
      from (select pg_get_serial_sequence('outbox', 'id')::regclass as name) as ids`.execute(db);
}
