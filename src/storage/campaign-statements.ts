import { type Insertable, type Kysely, sql } from 'kysely';
import type { CampaignEvent } from '../campaign/index.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';

/** As the engines give it; PostgreSQL makes a text of a sum. */
interface SumsRow {
  readonly events: number | string;
  readonly amount: number | string | null;
  readonly people: number | string | null;
}

/** The statements of the campaign inside a message, built once per database. */
export function campaignStatements(db: Kysely<Tables>, engine: 'sqlite' | 'postgres') {
  return {
    /** `name`: the owner. Holds the row on PostgreSQL. */
    member: statement<{ name: string }, { sealed: string }>(({ name }) =>
      db
        .selectFrom('member')
        .select('sealed')
        .where('owner', '=', name)
        .$if(engine === 'postgres', (query) => query.forUpdate()),
    ),
    keepMember: statement<Insertable<Tables['member']>, never>((row) =>
      db
        .insertInto('member')
        .values({ owner: row.owner, source: row.source, sealed: row.sealed, updated_at: row.updated_at })
        .onConflict((oc) =>
          oc.column('owner').doUpdateSet((eb) => ({
            sealed: eb.ref('excluded.sealed'),
            updated_at: eb.ref('excluded.updated_at'),
          })),
        )
        .$castTo<never>(),
    ),
    /** Whoever comes second waits for the first and then finds it used: on PostgreSQL the conditions are asked again. */
    useInvitation: statement<{ hash: string; now: number }, { hash: string }>(({ hash, now }) =>
      db
        .updateTable('invitation')
        .set({ used_at: now })
        .where('hash', '=', hash)
        .where('used_at', 'is', null)
        .where('until', '>', now)
        .returning('hash'),
    ),
    subscribe: statement<Insertable<Tables['subscription']>, { place: string }>((row) =>
      db
        .insertInto('subscription')
        .values({
          topic: row.topic,
          place: row.place,
          owner: row.owner,
          source: row.source,
          sealed: row.sealed,
          since: row.since,
        })
        .onConflict((oc) => oc.doNothing())
        .returning('place'),
    ),
    unsubscribe: statement<{ topic: string; place: string }, { place: string }>(({ topic, place }) =>
      db.deleteFrom('subscription').where('topic', '=', topic).where('place', '=', place).returning('place'),
    ),
    note: noteStatement(db),
    total: statement<{ kind: string }, SumsRow>(({ kind }) =>
      db
        .selectFrom('campaign_event')
        .select((eb) => [
          eb.fn.countAll<number>().as('events'),
          eb.fn.sum<number | string | null>('amount').as('amount'),
          eb.fn.sum<number | string | null>('people').as('people'),
        ])
        .where('kind', '=', kind),
    ),
    latestBroadcast: statement<{ topic: string; now: number }, BroadcastRow>(({ topic, now }) =>
      db
        .selectFrom('broadcast')
        .select(['topic', 'slot', 'about', 'state', 'count'])
        .where('topic', '=', topic)
        .where('slot', '<=', now)
        .where('state', '<>', sql.lit('dropped'))
        .orderBy('slot', 'desc')
        .limit(sql.lit(1)),
    ),
    lastUnasked: statement<{ conversation: string }, { at: number | null }>(({ conversation }) =>
      db
        .selectFrom('outbox')
        .select((eb) => eb.fn.max('sent_at').as('at'))
        .where('conversation', '=', conversation)
        .where('state', '=', sql.lit('sent'))
        .where('urgency', '=', sql.lit(2)),
    ),
    chosenTip: statement<{ monday: string }, { entry: string }>(({ monday }) =>
      db.selectFrom('weekly_choice').select('entry').where('monday', '=', monday),
    ),
    keepName: statement<Insertable<Tables['roll_call_name']>, never>((row) =>
      db
        .insertInto('roll_call_name')
        .values({ owner: row.owner, tool: row.tool, source: row.source, unit: row.unit, sealed: row.sealed })
        .onConflict((oc) =>
          oc.columns(['owner', 'tool']).doUpdateSet((eb) => ({
            unit: eb.ref('excluded.unit'),
            sealed: eb.ref('excluded.sealed'),
          })),
        )
        .$castTo<never>(),
    ),
    dropNames: statement<{ owner: string }, { tool: string }>(({ owner }) =>
      db.deleteFrom('roll_call_name').where('owner', '=', owner).returning('tool'),
    ),
  };
}

export type CampaignStatements = ReturnType<typeof campaignStatements>;

export type BroadcastRow = Omit<Tables['broadcast'], 'cursor'>;

export function noteStatement(db: Kysely<Tables>) {
  return statement<CampaignEvent, never>((event) =>
    db
      .insertInto('campaign_event')
      .values({
        day: event.day,
        kind: event.kind,
        about: event.about,
        unit: event.unit,
        amount: event.amount,
        people: event.people,
      })
      .$castTo<never>(),
  );
}

export function sums({ events, amount, people }: SumsRow) {
  return { events: Number(events), amount: Number(amount ?? 0), people: Number(people ?? 0) };
}
