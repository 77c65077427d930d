import type { TalkStore, TalkTransaction } from '../conversation/index.ts';
import type { Address } from '../domain/index.ts';
import type { Engine } from './engine.ts';
import { patiently } from './patience.ts';
import type { Secrets } from './secrets.ts';
import { statement } from './statement.ts';
import { talkStatements } from './talk-statements.ts';
import { beginTalk, type SealedTalk } from './talk-transaction.ts';
import { transactor } from './transactor.ts';
import { ifReadable, type TellUnreadable } from './unreadable.ts';

export function createTalkStore(engine: Engine, secrets: Secrets, tell: TellUnreadable): TalkStore {
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
    transaction: <Result>(work: (tx: TalkTransaction) => Promise<Result>): Promise<Result> =>
      inTransaction(async (trx) => {
        const { tx, finish } = beginTalk(trx, engine.name, statements, secrets, tell);
        const result = await work(tx);
        await finish();
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
