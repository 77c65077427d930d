import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { toFault } from '../../src/storage/faults.ts';
import type { Storage } from '../../src/storage/index.ts';
import { storageOn } from '../../src/storage/open.ts';
import { patiently } from '../../src/storage/patience.ts';
import { openPostgres } from '../../src/storage/postgres.ts';
import { openSqlite } from '../../src/storage/sqlite.ts';
import { loadSqlite } from '../../src/storage/sqlite-api.ts';
import { type Cluster, NO_POSTGRES, startCluster } from './cluster.ts';
import { openIn, stateFolder } from './folder.ts';
import { LI, lease, NOW, reply, say, talkSaying, WANG } from './samples.ts';

const put = (storage: Storage, text: string) => storage.talks.transaction(say(reply(LI, text)));

/** Puts replies until it fails. What was acknowledged, and what stopped it. */
async function fill(storage: Storage): Promise<{ acknowledged: number; fault: unknown }> {
  for (let acknowledged = 0; ; acknowledged++) {
    try {
      await put(storage, `${acknowledged} ${'x'.repeat(4_000)}`);
    } catch (fault) {
      return { acknowledged, fault };
    }
  }
}

const FULL = {
  name: 'StorageFault',
  code: 'disk-full',
  retryable: true,
  message: expect.stringMatching(/fanzha\.db {2}磁盘满了。怎么改：腾出空间，会自己接着工作$/),
};

describe('a full disk', () => {
  test('is said in one sentence, loses nothing acknowledged, and is over when there is room', async () => {
    const stateDir = stateFolder();
    const engine = await openSqlite({ stateDir, alone: true });
    const storage = await storageOn(engine, { stateDir, databaseUrl: undefined, now: () => NOW });
    onTestFinished(() => storage.close());
    await sql`pragma max_page_count = 120`.execute(engine.db);
    const { acknowledged, fault } = await fill(storage);
    expect(fault).toMatchObject(FULL);
    expect(acknowledged).toBeGreaterThan(5);
    expect(await storage.outbox.tally()).toEqual({ due: acknowledged });
    await sql`pragma max_page_count = 100000`.execute(engine.db);
    await put(storage, 'again');
    expect(await storage.outbox.tally()).toEqual({ due: acknowledged + 1 });
  });

  test('that is really full does the same', async ({ skip }) => {
    const small = stateFolder();
    const mount = (...options: readonly string[]) => spawnSync('mount', [...options, small]).status === 0;
    if (!mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs')) skip('only root may mount a small disk');
    onTestFinished(() => void spawnSync('umount', ['--lazy', small]));
    const storage = await openIn(small);
    const { acknowledged, fault } = await fill(storage);
    expect(fault).toMatchObject(FULL);
    expect(acknowledged).toBeGreaterThan(5);
    mount('-o', 'remount,size=8m');
    await storage.check();
    expect(await storage.outbox.tally()).toEqual({ due: acknowledged });
    await storage.close();
  });
});

describe('a database that another process has locked', () => {
  const lockIt = async (stateDir: string) => {
    const { DatabaseSync } = await loadSqlite();
    const other = new DatabaseSync(`${stateDir}/fanzha.db`);
    other.exec('begin immediate');
    return other;
  };
  test('is waited for without holding up anything else', async () => {
    const stateDir = stateFolder();
    const storage = await openIn(stateDir);
    const other = await lockIt(stateDir);
    let done = false;
    const putting = put(storage, 'waits').then(() => {
      done = true;
    });
    let longest = 0;
    for (let i = 0; i < 15; i++) {
      const before = performance.now();
      await sleep(10);
      longest = Math.max(longest, performance.now() - before);
    }
    expect(done).toBe(false);
    expect(longest).toBeLessThan(120);
    other.exec('rollback');
    other.close();
    await putting;
    expect(await storage.outbox.tally()).toEqual({ due: 1 });
  });
  test('refuses messages after three seconds, those in the queue as well, and says after one that it is not ready', async () => {
    const stateDir = stateFolder();
    const storage = await openIn(stateDir);
    const other = await lockIt(stateDir);
    const start = performance.now();
    const elapsed = async (work: Promise<unknown>) => {
      await expect(work).rejects.toMatchObject({ code: 'locked' });
      return performance.now() - start;
    };
    const messages = Array.from({ length: 40 }, (_, i) => elapsed(put(storage, `${i}`)));
    const ready = await elapsed(storage.check());
    const took = await Promise.all(messages);
    other.exec('rollback');
    other.close();
    expect(ready).toBeGreaterThan(800);
    expect(ready).toBeLessThan(1_800);
    expect(Math.min(...took)).toBeGreaterThan(2_800);
    expect(Math.max(...took)).toBeLessThan(4_000);
  });
  test('is a fault in the end', async () => {
    const stateDir = stateFolder();
    const engine = await openSqlite({ stateDir, alone: true });
    onTestFinished(() => engine.close());
    const other = await lockIt(stateDir);
    const writing = patiently(engine.where, () => engine.db.transaction().execute(async () => {}), 100);
    await expect(writing).rejects.toMatchObject({ code: 'locked', retryable: true, message: /被占住了/ });
    other.exec('rollback');
    other.close();
  });
});

describe('what an engine says', () => {
  test('becomes a fault with a code and the cure', async () => {
    const stateDir = stateFolder();
    await (await openIn(stateDir)).close();
    const { DatabaseSync } = await loadSqlite();
    const file = `${stateDir}/fanzha.db`;
    const database = new DatabaseSync(file, { readOnly: true });
    expect(faultOf(() => database.exec('delete from kv'))).toMatchObject({ code: 'read-only', retryable: true });
    expect(faultOf(() => database.exec('delete from nowhere'))).toMatchObject({ code: 'other', retryable: false });
    database.close();
    expect(faultOf(() => database.exec('delete from kv'))).toMatchObject({ code: 'closed' });
    writeFileSync(file, 'garbage'.repeat(1_000));
    const garbage = new DatabaseSync(file);
    expect(faultOf(() => garbage.exec('delete from kv'))).toMatchObject({ code: 'damaged', retryable: false });
    garbage.close();
  });
  test('is told by its words where it gives no number, as on Node 20 where a statement returns rows', () => {
    const said = (message: string) => toFault(Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR' }), 'here');
    const words = {
      'database or disk is full': 'disk-full',
      'database is locked': 'locked',
      'database table is locked: kv': 'locked',
      'attempt to write a readonly database': 'read-only',
      'unable to open database file': 'read-only',
      'database disk image is malformed': 'damaged',
      'file is not a database': 'damaged',
      'no such table: nowhere': 'other',
    };
    for (const [message, code] of Object.entries(words))
      expect([message, said(message)]).toMatchObject([message, { code }]);
    expect(toFault(new Error('database is locked'), 'here')).not.toMatchObject({ code: 'locked' });
    expect(said('no such table: nowhere')).toMatchObject({
      message: expect.stringContaining('（no such table: nowhere）'),
    });
  });
  test('of a server that may name people is told by its code alone', () => {
    const refused = Object.assign(new Error('password authentication failed for user "li"'), {
      severity: 'FATAL',
      code: '28P01',
    });
    const { message } = toFault(refused, 'here') as Error;
    expect(message).toContain('（28P01）');
    expect(message).not.toContain('li"');
  });
  test('when a statement that returns rows meets a lock is waited out, and on a full disk is a full disk', async () => {
    const stateDir = stateFolder();
    const engine = await openSqlite({ stateDir, alone: true });
    const storage = await storageOn(engine, { stateDir, databaseUrl: undefined, now: () => NOW });
    onTestFinished(() => storage.close());
    await put(storage, 'waits');
    const { DatabaseSync } = await loadSqlite();
    const other = new DatabaseSync(`${stateDir}/fanzha.db`);
    other.exec('begin immediate');
    const claiming = storage.outbox.claim(lease('me'));
    await sleep(60);
    other.exec('rollback');
    other.close();
    expect((await claiming).map(({ text }) => text)).toEqual(['waits']);
    await sql`pragma max_page_count = 1`.execute(engine.db);
    const filling = async () => {
      for (let i = 0; ; i++) await storage.talks.transaction((tx) => tx.arrived('local', `m${i}`, NOW));
    };
    await expect(filling()).rejects.toMatchObject(FULL);
  });
  test('is told apart from an error of the caller, which stays as it is', () => {
    const own = new TypeError('of the caller');
    expect(toFault(own, 'here')).toBe(own);
    expect(toFault('no error', 'here')).toBe('no error');
  });

  function faultOf(act: () => void): unknown {
    try {
      act();
    } catch (error) {
      return toFault(error, 'here');
    }
    return undefined;
  }
});

describe.skipIf(NO_POSTGRES !== undefined || process.env.FANZHA_TEST_DATABASE_URL !== undefined)('PostgreSQL', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster.stop());

  test('may go away and come back in the middle: nothing acknowledged is lost, work goes on by itself', async () => {
    const storage = await openIn(stateFolder(), await cluster.fresh());
    await put(storage, 'before');
    const gone = await storage.talks
      .transaction(async (tx) => {
        await tx.say(reply(WANG, 'not acknowledged'));
        await cluster.pause();
        await tx.say(reply(WANG, 'not acknowledged either'));
      })
      .catch((error: unknown) => error);
    expect(gone).toMatchObject({ name: 'StorageFault', code: 'unreachable', retryable: true });
    const message = /^postgres:\/\/127\.0\.0\.1:\d+\/fanzha_\w+ {2}连不上数据库。怎么改：检查数据库服务器和网络/;
    await expect(storage.check()).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(message),
    });
    await cluster.resume();
    await put(storage, 'after');
    expect((await storage.outbox.claim(lease('me'))).map(({ text }) => text)).toEqual(['before']);
    expect(await storage.outbox.tally()).toEqual({ leased: 1, due: 1 });
  });

  test('runs both of two transactions that block each other, one of them again', async () => {
    const storage = await openIn(stateFolder(), await cluster.fresh(), 2);
    let runs = 0;
    let waiting: (() => void) | undefined;
    /** Until both hold their first talk; a second run does not wait. */
    const both = () =>
      new Promise<void>((resolve) => {
        if (runs > 2) return resolve();
        waiting?.();
        if (waiting) resolve();
        else waiting = resolve;
      });
    const swap = (first: typeof LI, second: typeof LI) =>
      storage.talks.transaction(async (tx) => {
        runs += 1;
        await tx.talk(first);
        await tx.keepTalk(first, talkSaying('first'), undefined, NOW);
        await both();
        await tx.talk(second);
        await tx.keepTalk(second, talkSaying('second'), undefined, NOW);
        await tx.say(reply(first, 'once'));
      });
    await Promise.all([swap(LI, WANG), swap(WANG, LI)]);
    expect(runs).toBe(3);
    expect(await storage.outbox.tally()).toEqual({ due: 2 });
  });
});

test('a server that takes the connection and says nothing is given up, not waited for', async () => {
  const sockets: Socket[] = [];
  const mute = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    mute.close();
  });
  await once(mute, 'listening');
  const { port } = mute.address() as { port: number };
  const databaseUrl = `postgres://bot@127.0.0.1:${port}/fanzha`;
  await expect(openPostgres({ databaseUrl, connections: 1, connectMs: 100 })).rejects.toThrow('连不上');
});
