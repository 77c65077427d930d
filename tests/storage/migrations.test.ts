import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/storage/engine.ts';
import { migrate, VERSIONS } from '../../src/storage/migrations/index.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { secretsFor } from '../../src/storage/talker-key.ts';
import { DEPUTY, queueAll, TIP } from './campaign-samples.ts';
import { borrowServer, NO_POSTGRES } from './cluster.ts';
import { bytesIn, openIn, stateFolder } from './folder.ts';
import { LI, lease, NOW, talkSaying, WANG } from './samples.ts';

describe('SQLite', () => {
  comesUpFromEveryVersion(
    (stateDir) => openSqlite({ stateDir, alone: true }),
    async () => undefined,
  );
});

describe.skipIf(NO_POSTGRES !== undefined)('PostgreSQL', () => {
  let server: Awaited<ReturnType<typeof borrowServer>>;
  beforeAll(async () => {
    server = await borrowServer();
  });
  afterAll(() => server.stop());

  comesUpFromEveryVersion(
    (_, databaseUrl) => openPostgres({ databaseUrl: databaseUrl ?? '', connections: 1 }),
    () => server.fresh(),
  );

  test('several processes may start on an empty database together', async () => {
    const url = await server.fresh();
    const stateDir = stateFolder();
    const all = await Promise.all(Array.from({ length: 4 }, () => openIn(stateDir, url)));
    await Promise.all(all.map((storage) => storage.check()));
  });
  test('a second machine needs the key of the first', async () => {
    const url = await server.fresh();
    await openIn(stateFolder(), url);
    await expect(openIn(stateFolder(), url)).rejects.toThrow('复制到每台机器');
  });
});

function comesUpFromEveryVersion(
  open: (stateDir: string, databaseUrl: string | undefined) => Promise<Engine>,
  fresh: () => Promise<string | undefined>,
): void {
  test.each(VERSIONS)('what was kept under %s is still there under the newest', async (version) => {
    const stateDir = stateFolder();
    const url = await fresh();
    const old = await open(stateDir, url);
    await migrate(old.db, old.where, { engine: old.name, now: NOW }, version);
    await fillVersion1(old, stateDir);
    await old.close();

    const storage = await openIn(stateDir, url);
    expect((await storage.talks.transaction((tx) => tx.talk(LI)))?.lastReply).toBe('kept');
    expect(await storage.talks.transaction((tx) => tx.arrived('local', 'm1', NOW))).toBe(false);
    expect(await storage.outbox.claim(lease('me'))).toMatchObject([{ id: NOW, text: '别转钱', talker: LI.talker }]);
    await storage.talks.transaction(async (tx) => {
      await tx.count('2026-11-24', 'warning', 'email');
      await tx.askOffice(LI, { kind: 'unknown', maskedText: '?', entry: undefined, at: NOW });
    });
    await storage.talks.transaction(async (tx) => {
      await tx.keepMember('local', LI.talker, DEPUTY, NOW);
      await tx.subscribe('weekly-tip', WANG, NOW);
    });
    await storage.campaign.plan({ ...TIP, state: 'queueing' });
    expect(await queueAll(storage, 10)).toEqual([1]);
    expect(await storage.outbox.claim(lease('me'))).toMatchObject([{ text: 'tip 0', talker: WANG.talker }]);
    expect(await storage.erase(LI.talker)).toBe(4);
  });

  test('what was waiting unasked under 004-sealed-questions is claimed in its time', async () => {
    const stateDir = stateFolder();
    const url = await fresh();
    const old = await open(stateDir, url);
    await migrate(old.db, old.where, { engine: old.name, now: NOW }, '004-sealed-questions');
    await fillVersion1(old, stateDir);
    await old.db
      .updateTable('outbox')
      .set({ urgency: 2, due_at: NOW + 5 })
      .execute();
    await old.close();
    const storage = await openIn(stateDir, url);
    expect(await storage.outbox.nextDue('local')).toBe(NOW + 5);
    expect(await storage.outbox.claim(lease('me', { now: NOW + 4 }))).toEqual([]);
    expect(await storage.outbox.claim(lease('me', { now: NOW + 5 }))).toMatchObject([{ text: '别转钱' }]);
  });

  test('questions that stood there legibly are gone from the files at once', async () => {
    const stateDir = stateFolder();
    const url = await fresh();
    const old = await open(stateDir, url);
    await migrate(old.db, old.where, { engine: old.name, now: NOW }, '003-passive');
    const question = { kind: 'unknown', source: 'local', asker: null, entry: null, count: 1, state: 'open' };
    await old.db
      .insertInto('open_question')
      .values({ ...question, fingerprint: 'f', masked_text: '打了码的老问题', first_at: NOW, last_at: NOW })
      .execute();
    await old.close();
    const storage = await openIn(stateDir, url);
    expect(await storage.office.openQuestions()).toEqual([]);
    expect(bytesIn(stateDir).includes('打了码的老问题')).toBe(false);
  });

  test('a step that breaks leaves nothing of the whole upgrade behind', async () => {
    const stateDir = stateFolder();
    const engine = await open(stateDir, await fresh());
    // A table in the way of the second step.
    await engine.db.schema.createTable('stat_day').addColumn('other', 'integer').execute();
    await expect(migrate(engine.db, engine.where, { engine: engine.name, now: NOW })).rejects.toThrow();
    const tables = (await engine.db.introspection.getTables()).map(({ name }) => name);
    expect(tables.filter((name) => !name.startsWith('kysely'))).toEqual(['stat_day']);
    await engine.close();
    rmSync(stateDir, { recursive: true });
  });
}

/** Written as the first version had its tables, and not to be changed with later ones. */
async function fillVersion1({ db }: Engine, stateDir: string): Promise<void> {
  const secrets = await secretsFor(db, stateDir);
  const owner = secrets.owner('local', LI.talker);
  const name = secrets.talk(LI);
  await db
    .insertInto('inbox')
    .values({ hash: secrets.message('local', 'm1'), received_at: NOW })
    .execute();
  await db
    .insertInto('talk')
    .values({
      name,
      owner,
      source: 'local',
      sealed: secrets.seal('talk', name, { address: LI, talk: talkSaying('kept') }),
      wake_at: null,
      updated_at: NOW,
    })
    .execute();
  await db
    .insertInto('outbox')
    .values({
      source: 'local',
      owner,
      conversation: owner,
      urgency: 1,
      sealed: secrets.seal('outbox', owner, { talker: LI.talker, replyTo: ['m1'], text: '别转钱' }),
      state: 'due',
      due_at: NOW,
      attempts: 0,
      expires_at: NOW + 1,
      keep_until: NOW + 1,
      at: NOW,
    })
    .execute();
}
