import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** What the office must look at, and what it counts. */
export async function office(db: Kysely<unknown>, { engine }: Schema): Promise<void> {
  await db.schema
    .createTable('open_question')
    .$call((table) =>
      engine === 'sqlite'
        ? table.addColumn('id', 'integer', (col) => col.primaryKey().autoIncrement())
        : table.addColumn('id', sql`bigint generated always as identity`, (col) => col.primaryKey()),
    )
    .addColumn('fingerprint', 'text', (col) => col.notNull().unique())
    .addColumn('kind', 'text', (col) => col.notNull())
    .addColumn('source', 'text', (col) => col.notNull())
    .addColumn('asker', 'text')
    .addColumn('masked_text', 'text', (col) => col.notNull())
    .addColumn('entry', 'text')
    .addColumn('count', 'integer', (col) => col.notNull())
    .addColumn('first_at', 'bigint', (col) => col.notNull())
    .addColumn('last_at', 'bigint', (col) => col.notNull())
    .addColumn('state', 'text', (col) => col.notNull())
    .execute();
  await db.schema.createIndex('open_question_asker').on('open_question').column('asker').execute();

  await db.schema
    .createTable('stat_day')
    .addColumn('day', 'text', (col) => col.notNull())
    .addColumn('kind', 'text', (col) => col.notNull())
    .addColumn('entry', 'text', (col) => col.notNull())
    .addColumn('slot', 'integer', (col) => col.notNull())
    .addColumn('count', 'bigint', (col) => col.notNull())
    .addPrimaryKeyConstraint('stat_day_pk', ['day', 'kind', 'entry', 'slot'])
    .execute();
}
