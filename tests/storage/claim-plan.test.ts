import type { Compilable } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { claimQuery, nextDueQuery } from '../../src/storage/claim.ts';
import type { Engine } from '../../src/storage/engine.ts';
import { storageOn } from '../../src/storage/open.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { stateFolder } from './folder.ts';
import { lease, NOW } from './samples.ts';

/** How SQLite comes to the rows that it chooses from. */
async function waysOf({ db }: Engine, query: Compilable): Promise<readonly string[]> {
  const compiled = query.compile();
  const plan = await db.executeQuery<{ detail: string }>({ ...compiled, sql: `explain query plan ${compiled.sql}` });
  return plan.rows.map(({ detail }) => detail).filter((step) => /\bone\b|b-tree/i.test(step));
}

test('rows of a sending whose time is still to come are not looked at, nor sorted', async () => {
  const stateDir = stateFolder();
  const engine = await openSqlite({ stateDir, alone: true });
  const storage = await storageOn(engine, { stateDir, databaseUrl: undefined, now: () => NOW });
  onTestFinished(() => storage.close());
  expect(await waysOf(engine, claimQuery(engine.db, lease('me')))).toEqual([
    'SEARCH one USING INDEX outbox_open (source=? AND urgency<?)',
    'SEARCH one USING INDEX outbox_unasked (source=? AND <expr><?)',
  ]);
  expect(await waysOf(engine, nextDueQuery(engine.db, 'local'))).toEqual([
    'SEARCH one USING INDEX outbox_open (source=? AND urgency<?)',
    'SEARCH one USING INDEX outbox_unasked (source=?)',
  ]);
});
