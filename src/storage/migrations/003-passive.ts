import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** Which message was answered how by its own request, and how much may be said beside. */
export async function passive(db: Kysely<unknown>, { engine }: Schema): Promise<void> {
  await db.schema
    .createTable('passive_reply')
    .addColumn('hash', 'text', (col) => col.notNull().primaryKey())
    .addColumn('owner', 'text', (col) => col.notNull())
    .addColumn('source', 'text', (col) => col.notNull())
    .addColumn('sealed', 'text', (col) => col.notNull())
    .addColumn('at', 'bigint', (col) => col.notNull())
    .$call((table) => (engine === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table))
    .execute();
  await db.schema.createIndex('passive_reply_owner').on('passive_reply').column('owner').execute();
  await db.schema.createIndex('passive_reply_at').on('passive_reply').column('at').execute();

  await db.schema
    .createTable('allowance')
    .addColumn('owner', 'text', (col) => col.notNull().primaryKey())
    .addColumn('most', 'integer', (col) => col.notNull())
    .addColumn('used', 'integer', (col) => col.notNull())
    .addColumn('until', 'bigint', (col) => col.notNull())
    .execute();
}
