import type { Kysely } from 'kysely';
import type { CampaignTransaction } from '../campaign/index.ts';
import type { TalkStore } from '../conversation/index.ts';
import type { Address } from '../domain/index.ts';
import { campaignStatements } from './campaign-statements.ts';
import { campaignCalls } from './campaign-transaction.ts';
import type { Engine } from './engine.ts';
import { patiently } from './patience.ts';
import type { Secrets } from './secrets.ts';
import { statement } from './statement.ts';
import type { Tables } from './tables.ts';
import { talkStatements } from './talk-statements.ts';
import { type SealedTalk, talkCalls } from './talk-transaction.ts';
import { transactor } from './transactor.ts';
import { begin } from './underway.ts';
import { ifReadable, type TellUnreadable } from './unreadable.ts';

/** What stands behind the transactions that are handed out. */
export const CONNECTIONS = new WeakMap<object, Kysely<Tables>>();

export function createTalkStore(
  engine: Engine,
  secrets: Secrets,
  tell: TellUnreadable,
): TalkStore<CampaignTransaction> {
  const { db, where } = engine;
  const statements = talkStatements(db, engine.name);
  const campaign = campaignStatements(db, engine.name);
  const wakeable = statement<{ now: number; limit: number }, { name: string; sealed: string }>(({ now, limit }) =>
    db
      .selectFrom('talk')
      .select(['name', 'sealed'])
      .where('wake_at', 'is not', null)
      .where('wake_at', '<=', now)
      .orderBy('wake_at')
      .limit(limit),
  );
  const nextWake = statement<object, { at: number | null }>(() =>
    db
      .selectFrom('talk')
      .select((eb) => eb.fn.min('wake_at').as('at'))
      .where('wake_at', 'is not', null),
  );
  const inTransaction = transactor(engine);

  /** Nobody is to be woken by a row that cannot be read. It stays as it is until its talker speaks again. */
  async function setAside(rows: readonly { readonly name: string; readonly sealed: string }[]): Promise<void> {
    for (const { name, sealed } of rows)
      await patiently(where, () =>
        db
          .updateTable('talk')
          .set({ wake_at: null })
          .where('name', '=', name)
          .where('sealed', '=', sealed)
          .executeTakeFirst(),
      );
    tell('talk', rows.length);
  }

  return {
    transaction: <Result>(work: (tx: CampaignTransaction) => Promise<Result>): Promise<Result> =>
      inTransaction(async (trx) => {
        const underway = begin(trx, engine.name, secrets, tell);
        const { calls, last } = talkCalls(underway, statements);
        const tx: CampaignTransaction = { ...calls, ...campaignCalls(underway, campaign) };
        CONNECTIONS.set(tx, trx);
        const result = await work(tx);
        await underway.finish(last);
        return result;
      }),
    async wakeable(now, limit) {
      for (;;) {
        const rows = await patiently(where, () => wakeable(db, { now, limit }));
        const addresses: Address[] = [];
        const unreadable = rows.filter(({ name, sealed }) => {
          const opened = ifReadable<SealedTalk>(() => secrets.unseal('talk', name, sealed));
          if (opened) addresses.push(opened.address);
          return opened === undefined;
        });
        if (unreadable.length > 0) await setAside(unreadable);
        // None at all must mean that none waits.
        if (addresses.length > 0 || unreadable.length === 0) return addresses;
      }
    },
    async nextWake() {
      return (await patiently(where, () => nextWake(db, {})))[0]?.at ?? undefined;
    },
    scrub: () => patiently(where, () => engine.scrub()),
  };
}
