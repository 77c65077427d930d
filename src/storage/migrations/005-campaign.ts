import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

/** Deputies, learners, what is sent to whom by itself, and the log of the campaign. */
export async function campaign(db: Kysely<unknown>, { engine }: Schema): Promise<void> {
  await db.schema
    .createTable('member')
    .addColumn('owner', 'text', (col) => col.notNull().primaryKey())
    .addColumn('source', 'text', (col) => col.notNull())
    .addColumn('sealed', 'text', (col) => col.notNull())
    .addColumn('updated_at', 'bigint', (col) => col.notNull())
    .execute();

  await db.schema
    .createTable('invitation')
    .addColumn('hash', 'text', (col) => col.notNull().primaryKey())
    .addColumn('until', 'bigint', (col) => col.notNull())
    .addColumn('used_at', 'bigint')
    .execute();

  // A sending goes along the key of this table.
  await db.schema
    .createTable('subscription')
    .addColumn('topic', 'text', (col) => col.notNull())
    .addColumn('place', 'text', (col) => col.notNull())
    .addColumn('owner', 'text', (col) => col.notNull())
    .addColumn('source', 'text', (col) => col.notNull())
    .addColumn('sealed', 'text', (col) => col.notNull())
    .addColumn('since', 'bigint', (col) => col.notNull())
    .addPrimaryKeyConstraint('subscription_pk', ['topic', 'place'])
    .execute();
  await db.schema.createIndex('subscription_owner').on('subscription').column('owner').execute();

  await db.schema
    .createTable('broadcast')
    .addColumn('topic', 'text', (col) => col.notNull())
    .addColumn('slot', 'bigint', (col) => col.notNull())
    .addColumn('about', 'text', (col) => col.notNull())
    .addColumn('state', 'text', (col) => col.notNull())
    .addColumn('count', 'bigint', (col) => col.notNull())
    .addColumn('cursor', 'text', (col) => col.notNull())
    .addPrimaryKeyConstraint('broadcast_pk', ['topic', 'slot'])
    .execute();

  await db.schema
    .createTable('campaign_event')
    .$call((table) =>
      engine === 'sqlite'
        ? table.addColumn('id', 'integer', (col) => col.primaryKey().autoIncrement())
        : table.addColumn('id', sql`bigint generated always as identity`, (col) => col.primaryKey()),
    )
    .addColumn('day', 'text', (col) => col.notNull())
    .addColumn('kind', 'text', (col) => col.notNull())
    .addColumn('about', 'text', (col) => col.notNull())
    .addColumn('unit', 'text', (col) => col.notNull())
    .addColumn('amount', 'bigint', (col) => col.notNull())
    .addColumn('people', 'bigint', (col) => col.notNull())
    .execute();
  await db.schema.createIndex('campaign_event_day').on('campaign_event').column('day').execute();
  // Holds what is summed, in the order of the sums: neither a row nor a sort is needed for them.
  await db.schema
    .createIndex('campaign_event_sums')
    .on('campaign_event')
    .columns(['kind', 'about', 'unit', 'day', 'amount', 'people'])
    .execute();

  await db.schema
    .createTable('weekly_choice')
    .addColumn('monday', 'text', (col) => col.notNull().primaryKey())
    .addColumn('entry', 'text', (col) => col.notNull())
    .execute();

  await db.schema
    .createTable('roll_call_name')
    .addColumn('owner', 'text', (col) => col.notNull())
    .addColumn('tool', 'text', (col) => col.notNull())
    .addColumn('source', 'text', (col) => col.notNull())
    .addColumn('unit', 'text', (col) => col.notNull())
    .addColumn('sealed', 'text', (col) => col.notNull())
    .addPrimaryKeyConstraint('roll_call_name_pk', ['owner', 'tool'])
    .execute();
  await db.schema.createIndex('roll_call_name_unit').on('roll_call_name').column('unit').execute();

  // Thousands may wait here for a time that is still to come: a claim sees only those whose time it is (claim.ts).
  await sql`create index outbox_unasked
    on outbox (source, (case when state = 'due' then due_at else lease_until end), id)
    where urgency = 2 and state in ('due', 'leased')`.execute(db);
}
