import { sql } from 'kysely';
import type { CampaignEventKind, CampaignStore, NamedAnswer } from '../campaign/index.ts';
import { broadcastQueue } from './broadcast-queue.ts';
import { noteStatement, sums } from './campaign-statements.ts';
import { broadcastOf, nameRow, type SealedName } from './campaign-transaction.ts';
import type { Engine } from './engine.ts';
import { patiently } from './patience.ts';
import type { Secrets } from './secrets.ts';
import { ifReadable, type TellUnreadable } from './unreadable.ts';

const BY_NAME = new Intl.Collator('zh-Hans-CN');

export function createCampaignStore(engine: Engine, secrets: Secrets, tell: TellUnreadable): CampaignStore {
  const { db, where } = engine;
  const run = <Result>(work: () => Promise<Result>): Promise<Result> => patiently(where, work);
  const note = noteStatement(db);
  const broadcasts = () => db.selectFrom('broadcast').select(['topic', 'slot', 'about', 'state', 'count']);
  // Not by the index of days on SQLite, which would have to sort after it: a year then takes ten times as long.
  const anyDay = engine.name === 'sqlite' ? sql<string>`day || ''` : sql.ref<string>('day');

  return {
    async invite(code, until) {
      await run(() =>
        db
          .insertInto('invitation')
          .values({ hash: secrets.invitation(code), until, used_at: null })
          .onConflict((oc) => oc.column('hash').doUpdateSet({ until, used_at: null }))
          .execute(),
      );
    },
    async chooseTip(monday, entry) {
      await run<unknown>(() =>
        entry === undefined
          ? db.deleteFrom('weekly_choice').where('monday', '=', monday).execute()
          : db
              .insertInto('weekly_choice')
              .values({ monday, entry })
              .onConflict((oc) => oc.column('monday').doUpdateSet({ entry }))
              .execute(),
      );
    },
    async chosenTip(monday) {
      const row = await run(() =>
        db.selectFrom('weekly_choice').select('entry').where('monday', '=', monday).executeTakeFirst(),
      );
      return row?.entry;
    },
    async plan({ topic, slot, about, state }) {
      const rows = await run(() =>
        db
          .insertInto('broadcast')
          .values({ topic, slot, about, state, count: 0, cursor: '' })
          .onConflict((oc) => oc.doNothing())
          .returning('slot')
          .execute(),
      );
      return rows.length > 0;
    },
    async broadcasts(topic, limit) {
      const rows = await run(() =>
        broadcasts().where('topic', '=', topic).orderBy('slot', 'desc').limit(limit).execute(),
      );
      return rows.map(broadcastOf);
    },
    async drop({ topic, slot }) {
      const { numUpdatedRows } = await run(() =>
        db
          .updateTable('broadcast')
          .set({ state: 'dropped' })
          .where('topic', '=', topic)
          .where('slot', '=', slot)
          .where('state', '=', 'queueing')
          .executeTakeFirst(),
      );
      return numUpdatedRows > 0n;
    },
    async unfinished() {
      const rows = await run(() => broadcasts().where('state', '=', 'queueing').orderBy('slot').execute());
      return rows.map(broadcastOf);
    },
    queueNext: broadcastQueue(engine, secrets, tell),
    async note(event) {
      await run(() => note(db, event));
    },
    async subscribers(topic) {
      const row = await run(() =>
        db
          .selectFrom('subscription')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('topic', '=', topic)
          .executeTakeFirst(),
      );
      return row?.count ?? 0;
    },
    async totals(from, to) {
      const rows = await run(() =>
        db
          .selectFrom('campaign_event')
          .select((eb) => [
            'kind',
            'about',
            'unit',
            eb.fn.countAll<number>().as('events'),
            eb.fn.sum<number>('amount').as('amount'),
            eb.fn.sum<number>('people').as('people'),
          ])
          .where(anyDay, '>=', from)
          .where(anyDay, '<=', to)
          .groupBy(['kind', 'about', 'unit'])
          .orderBy('kind')
          .orderBy('about')
          .orderBy('unit')
          .execute(),
      );
      return rows.map((row) => ({ ...row, kind: row.kind as CampaignEventKind, ...sums(row) }));
    },
    async events(from, to) {
      const rows = await run(() =>
        db
          .selectFrom('campaign_event')
          .where('day', '>=', from)
          .where('day', '<=', to)
          .select(['day', 'kind', 'about', 'unit', 'amount', 'people'])
          .orderBy('day')
          .orderBy('id')
          .execute(),
      );
      return rows.map((row) => ({ ...row, kind: row.kind as CampaignEventKind }));
    },
    async names(unit) {
      const rows = await run(() =>
        db.selectFrom('roll_call_name').select(['owner', 'tool', 'sealed']).where('unit', '=', unit).execute(),
      );
      const names = rows.flatMap(({ owner, tool, sealed }): readonly NamedAnswer[] => {
        const content = ifReadable<SealedName>(() => secrets.unseal('roll_call_name', nameRow(owner, tool), sealed));
        return content === undefined ? [] : [{ unit, tool, ...content }];
      });
      if (names.length < rows.length) tell('roll_call_name', rows.length - names.length);
      return names.sort((a, b) => BY_NAME.compare(a.name, b.name) || (a.tool < b.tool ? -1 : 1));
    },
  };
}
