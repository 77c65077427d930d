import { isDeepStrictEqual } from 'node:util';
import type { Engine } from './engine.ts';
import { patiently } from './patience.ts';
import type { Secrets } from './secrets.ts';

/** One thing that all processes share, sealed. */
export interface Cell<Content> {
  read(): Promise<Content | undefined>;
  /** Puts `next` in the place of `old` only if `old` still stands there; tells whether it did. */
  replace(old: Content | undefined, next: Content): Promise<boolean>;
}

export function createCell<Content>({ db, where }: Engine, secrets: Secrets, name: string): Cell<Content> {
  const key = `cell ${name}`;
  const stored = () => db.selectFrom('kv').select('value').where('key', '=', key).executeTakeFirst();
  const unseal = (value: string): Content => secrets.unseal('kv', key, value) as Content;
  return {
    read: () =>
      patiently(where, async () => {
        const row = await stored();
        return row && unseal(row.value);
      }),
    replace: (old, next) =>
      patiently(where, async () => {
        const value = secrets.seal('kv', key, next);
        const row = await stored();
        if (!row) {
          if (old !== undefined) return false;
          const put = await db
            .insertInto('kv')
            .values({ key, value })
            .onConflict((oc) => oc.doNothing())
            .executeTakeFirst();
          return Number(put.numInsertedOrUpdatedRows ?? 0) > 0;
        }
        if (!isDeepStrictEqual(unseal(row.value), old)) return false;
        // Sealing the same twice gives other bytes, so nobody can have put the same back in between.
        const set = await db
          .updateTable('kv')
          .set({ value })
          .where('key', '=', key)
          .where('value', '=', row.value)
          .executeTakeFirst();
        return Number(set.numUpdatedRows) > 0;
      }),
  };
}
