import { type Kysely, type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClaimManner, claimQuery } from '../../src/storage/claim.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import type { Tables } from '../../src/storage/tables.ts';
import { ask, borrowServer, NO_POSTGRES } from './cluster.ts';
import { openIn, stateFolder } from './folder.ts';
import { lease, reply, say } from './samples.ts';

const ROWS = 600;
const CONNECTIONS = 4;

describe.skipIf(NO_POSTGRES !== undefined)('four connections to PostgreSQL that claim the same rows', () => {
  let server: Awaited<ReturnType<typeof borrowServer>>;
  beforeAll(async () => {
    server = await borrowServer();
  });
  afterAll(() => server.stop());

  test('never both get one', async () => {
    expect(await claimedTwice({})).toBe(0);
    expect(await claimedTwice({ skipLocked: true })).toBe(0);
  });

  test('would get the same ones but for the guard', async () => {
    const unguarded = (): RawBuilder<boolean> => sql`1 = 1`;
    expect(await claimedTwice({ guard: unguarded })).toBeGreaterThan(0);
  });

  /** How many leases went to a row that was leased already. */
  async function claimedTwice(manner: ClaimManner): Promise<number> {
    const url = await server.fresh();
    const storage = await openIn(stateFolder(), url);
    const people = Array.from({ length: ROWS }, (_, i) => ({ source: 'local', talker: `t${i}` }));
    await storage.talks.transaction(say(...people.map((who) => reply(who, 'x'))));
    const engines = await Promise.all(
      Array.from({ length: CONNECTIONS }, () => openPostgres({ databaseUrl: url, connections: 1 })),
    );
    const counts = await Promise.all(engines.map(({ db }, i) => claimAll(db, `process ${i}`, manner)));
    await Promise.all(engines.map((engine) => engine.close()));
    const [row] = await ask(
      url,
      `select count(*) as all, count(*) filter (where state = 'leased') as leased from outbox`,
    );
    expect([Number(row?.all), Number(row?.leased)]).toEqual([ROWS, ROWS]);
    return counts.reduce((sum, count) => sum + count, 0) - ROWS;
  }
});

async function claimAll(db: Kysely<Tables>, owner: string, manner: ClaimManner): Promise<number> {
  for (let total = 0; ; ) {
    const rows = await db.executeQuery(claimQuery(db, lease(owner), manner).compile());
    if (rows.rows.length === 0) return total;
    total += rows.rows.length;
  }
}
