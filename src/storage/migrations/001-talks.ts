import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

const OPEN = sql<boolean>`state in ('due', 'leased')`;
const SENT = sql<boolean>`state = 'sent'`;

/** What arrived, what is remembered, what must still be said. */
export async function talks(db: Kysely<unknown>, { engine, now }: Schema): Promise<void> {
  const sqlite = engine === 'sqlite';
  await db.schema
    .createTable('inbox')
    .addColumn('hash', 'text', (col) => col.notNull().primaryKey())
    .addColumn('received_at', 'bigint', (col) => col.notNull())
    .$call((table) => (sqlite ? table.modifyEnd(sql`without rowid`) : table))
    .execute();
  await db.schema.createIndex('inbox_received').on('inbox').column('received_at').execute();

  await db.schema
    .createTable('talk')
    .addColumn('name', 'text', (col) => col.notNull().primaryKey())
    .addColumn('owner', 'text', (col) => col.notNull())
    .addColumn('source', 'text', (col) => col.notNull())
    .addColumn('sealed', 'text', (col) => col.notNull())
    .addColumn('wake_at', 'bigint')
    .addColumn('updated_at', 'bigint', (col) => col.notNull())
    .execute();
  await db.schema.createIndex('talk_owner').on('talk').column('owner').execute();
  await db.schema
    .createIndex('talk_wake')
    .on('talk')
    .column('wake_at')
    .where(sql<boolean>`wake_at is not null`)
    .execute();

  await db.schema
    .createTable('talk_group')
    .addColumn('name', 'text', (col) => col.notNull().primaryKey())
    .addColumn('sealed', 'text', (col) => col.notNull())
    .addColumn('updated_at', 'bigint', (col) => col.notNull())
    .execute();

  // An id is never used twice, and starts where no earlier database of the same bot can have been: at the time.
  const start = sql.lit(now);
  await db.schema
    .createTable('outbox')
    .$call((table) =>
      sqlite
        ? table.addColumn('id', 'integer', (col) => col.primaryKey().autoIncrement())
        : table.addColumn('id', sql`bigint generated always as identity (start with ${start})`, (col) =>
            col.primaryKey(),
          ),
    )
    .addColumn('source', 'text', (col) => col.notNull())
    .addColumn('owner', 'text', (col) => col.notNull())
    .addColumn('conversation', 'text', (col) => col.notNull())
    .addColumn('urgency', 'integer', (col) => col.notNull())
    .addColumn('sealed', 'text', (col) => col.notNull())
    .addColumn('state', 'text', (col) => col.notNull())
    .addColumn('due_at', 'bigint', (col) => col.notNull())
    .addColumn('lease_owner', 'text')
    .addColumn('lease_until', 'bigint')
    .addColumn('attempts', 'integer', (col) => col.notNull())
    .addColumn('expires_at', 'bigint', (col) => col.notNull())
    .addColumn('keep_until', 'bigint', (col) => col.notNull())
    .addColumn('at', 'bigint', (col) => col.notNull())
    .addColumn('sent_at', 'bigint')
    .addColumn('code', 'text')
    .execute();
  if (sqlite) await sql`insert into sqlite_sequence (name, seq) values ('outbox', ${sql.lit(now - 1)})`.execute(db);

  const index = (name: string) => db.schema.createIndex(name).on('outbox');
  await index('outbox_open').columns(['source', 'urgency', 'id']).where(OPEN).execute();
  await index('outbox_order').columns(['conversation', 'id']).where(OPEN).execute();
  await index('outbox_said').columns(['conversation', 'sent_at']).where(SENT).execute();
  await index('outbox_sent').columns(['source', 'sent_at']).where(SENT).execute();
  await index('outbox_owner').column('owner').execute();
  await index('outbox_keep').column('keep_until').execute();

  await db.schema
    .createTable('kv')
    .addColumn('key', 'text', (col) => col.notNull().primaryKey())
    .addColumn('value', 'text', (col) => col.notNull())
    .execute();
}
