import type { TalkStore, TalkTransaction } from '../conversation/index.ts';
import type { Engine } from './engine.ts';
import { patiently } from './patience.ts';
import type { Secrets } from './secrets.ts';
import { statement } from './statement.ts';
import { talkStatements } from './talk-statements.ts';
import { beginTalk, type SealedTalk } from './talk-transaction.ts';
import { transactor } from './transactor.ts';

export function createTalkStore(engine: Engine, secrets: Secrets): TalkStore {
  const { db, where } = engine;
  const statements = talkStatements(db, engine.name);
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
  return {
    transaction: <Result>(work: (tx: TalkTransaction) => Promise<Result>): Promise<Result> =>
      inTransaction(async (trx) => {
        const { tx, finish } = beginTalk(trx, engine.name, statements, secrets);
        const result = await work(tx);
        await finish();
        return result;
      }),
    async wakeable(now, limit) {
      const rows = await patiently(where, () => wakeable(db, { now, limit }));
      return rows.map(({ name, sealed }) => (secrets.unseal('talk', name, sealed) as SealedTalk).address);
    },
    async nextWake() {
      return (await patiently(where, () => nextWake(db, {})))[0]?.at ?? undefined;
    },
    scrub: () => patiently(where, () => engine.scrub()),
  };
}
