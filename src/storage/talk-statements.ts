import { type Insertable, type Kysely, sql } from 'kysely';
import type { SayRow } from './say-row.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';

/** The statements of receiving a message, built once per database. */
export function talkStatements(db: Kysely<Tables>, engine: 'sqlite' | 'postgres') {
  const postgres = engine === 'postgres';
  return {
    /** One row when the message is new. On PostgreSQL it waits for whoever is noting the same message. */
    arrived: statement<{ hash: string; now: number }, { hash: string }>(({ hash, now }) =>
      db
        .insertInto('inbox')
        .values({ hash, received_at: now })
        .onConflict((oc) => oc.doNothing())
        .returning('hash'),
    ),
    /** Holds the row on PostgreSQL; on SQLite the transaction already holds the whole file. */
    talk: statement<{ name: string }, { sealed: string }>(({ name }) =>
      db
        .selectFrom('talk')
        .select('sealed')
        .where('name', '=', name)
        .$if(postgres, (query) => query.forUpdate()),
    ),
    group: statement<{ name: string }, { sealed: string }>(({ name }) =>
      db
        .selectFrom('talk_group')
        .select('sealed')
        .where('name', '=', name)
        .$if(postgres, (query) => query.forUpdate()),
    ),
    keepTalk: statement<Insertable<Tables['talk']>, never>((row) =>
      db
        .insertInto('talk')
        .values({
          name: row.name,
          owner: row.owner,
          source: row.source,
          sealed: row.sealed,
          wake_at: row.wake_at,
          updated_at: row.updated_at,
        })
        .onConflict((oc) =>
          oc.column('name').doUpdateSet((eb) => ({
            sealed: eb.ref('excluded.sealed'),
            wake_at: eb.ref('excluded.wake_at'),
            updated_at: eb.ref('excluded.updated_at'),
          })),
        )
        .$castTo<never>(),
    ),
    keepGroup: statement<Insertable<Tables['talk_group']>, never>((row) =>
      db
        .insertInto('talk_group')
        .values({ name: row.name, sealed: row.sealed, updated_at: row.updated_at })
        .onConflict((oc) =>
          oc.column('name').doUpdateSet((eb) => ({
            sealed: eb.ref('excluded.sealed'),
            updated_at: eb.ref('excluded.updated_at'),
          })),
        )
        .$castTo<never>(),
    ),
    say: statement<SayRow, never>((row) =>
      db
        .insertInto('outbox')
        .values({
          source: row.source,
          owner: row.owner,
          conversation: row.conversation,
          urgency: row.urgency,
          sealed: row.sealed,
          state: sql.lit('due'),
          due_at: row.due_at,
          attempts: sql.lit(0),
          expires_at: row.expires_at,
          keep_until: row.keep_until,
          at: row.at,
        })
        .$castTo<never>(),
    ),
    count: statement<{ day: string; kind: string; entry: string; slot: number; count: number }, never>((row) =>
      db
        .insertInto('stat_day')
        .values({ day: row.day, kind: row.kind, entry: row.entry, slot: row.slot, count: row.count })
        .onConflict((oc) =>
          oc
            .columns(['day', 'kind', 'entry', 'slot'])
            .doUpdateSet((eb) => ({ count: eb('stat_day.count', '+', eb.ref('excluded.count')) })),
        )
        .$castTo<never>(),
    ),
  };
}

export type TalkStatements = ReturnType<typeof talkStatements>;
