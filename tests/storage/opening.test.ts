import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { OperatorFault } from '../../src/domain/index.ts';
import { openForUpkeep, openStorage } from '../../src/storage/index.ts';
import { isAtLeast } from '../../src/storage/sqlite-api.ts';
import { askFile, openIn, stateFolder } from './folder.ts';
import { LI, lease, NOW, reply, say } from './samples.ts';

const open = (stateDir: string, databaseUrl?: string) => openStorage({ stateDir, databaseUrl, now: () => NOW });

/** What an operator reads when it does not open. */
async function sentence(opening: Promise<unknown>): Promise<string> {
  const error = await opening.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(OperatorFault);
  return (error as OperatorFault).message;
}

const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

/** A process of its own that has the folder open; it says so on stdout. */
async function otherProcess(stateDir: string): Promise<ChildProcess> {
  const index = fileURLToPath(new URL('../../src/storage/index.ts', import.meta.url));
  const code = `import { openStorage } from ${JSON.stringify(index)};
    openStorage({ stateDir: ${JSON.stringify(stateDir)}, databaseUrl: undefined, now: Date.now })
      .then(() => console.log('open'), (error) => console.log(error.message)); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [first] = await once(child.stdout as NodeJS.ReadableStream, 'data');
  expect(String(first)).toContain('open');
  return child;
}

describe('the state folder', () => {
  test('and all that is in it is for the bot alone', async () => {
    const stateDir = join(stateFolder(), 'deep', 'data');
    const storage = await openIn(stateDir);
    await storage.check();
    expect(modeOf(stateDir)).toBe('700');
    for (const name of ['fanzha.db', 'fanzha.db-wal', 'fanzha.db-shm', 'fanzha.lock', 'talker.key'])
      expect([name, modeOf(join(stateDir, name))]).toEqual([name, '600']);
  });
  test('is left as it is when other things are in it', async () => {
    const stateDir = stateFolder();
    chmodSync(stateDir, 0o755);
    writeFileSync(join(stateDir, 'holiday.jpg'), '');
    await openIn(stateDir);
    expect(modeOf(stateDir)).toBe('755');
  });
  // Permissions do not bind root, so these two put something in the way that nobody can write through.
  test('that is a file is named, with the cure', async () => {
    const file = join(stateFolder(), 'data');
    writeFileSync(file, '');
    expect(await sentence(open(file))).toMatch(/data {2}这里是文件，不是文件夹。怎么改：换一个能写的 FANZHA_STATE_DIR/);
  });
  test('that does not let the database be written is named, with the cure', async () => {
    expect(await sentence(open('/proc/self'))).toMatch(
      /\/proc\/self.* {2}这里写不了。怎么改：换一个能写的 FANZHA_STATE_DIR/,
    );
  });
});

describe('the lock', () => {
  test('keeps a second process out, and names the first', async () => {
    const stateDir = stateFolder();
    const first = await otherProcess(stateDir);
    expect(await sentence(open(stateDir))).toMatch(
      new RegExp(`fanzha.lock {2}进程 ${first.pid} 正在用它。怎么改：先停掉它，或换一个 FANZHA_STATE_DIR`),
    );
    first.kill('SIGKILL');
    await once(first, 'exit');
    // The lock file of the dead is still there, and is taken over.
    expect(readFileSync(join(stateDir, 'fanzha.lock'), 'utf8')).toMatch(new RegExp(`^${first.pid} `));
    const storage = await openIn(stateDir);
    expect(readFileSync(join(stateDir, 'fanzha.lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
    await storage.close();
    expect(existsSync(join(stateDir, 'fanzha.lock'))).toBe(false);
  });
  test('keeps the same process out, too', async () => {
    const stateDir = stateFolder();
    await openIn(stateDir);
    expect(await sentence(open(stateDir))).toContain(`进程 ${process.pid} 正在用它`);
  });
  test('of a pid that now belongs to somebody else does not count', async () => {
    const stateDir = stateFolder();
    writeFileSync(join(stateDir, 'fanzha.lock'), `${process.ppid} 1\n`);
    await openIn(stateDir);
    expect(readFileSync(join(stateDir, 'fanzha.lock'), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
  });
});

test('what a dead process was saying is due again at once', async () => {
  const stateDir = stateFolder();
  const first = await openIn(stateDir);
  await first.talks.transaction(say(reply(LI, '别转钱')));
  await first.outbox.claim(lease('dead'));
  await first.close();
  const second = await openIn(stateDir);
  expect(await second.outbox.claim(lease('alive'))).toMatchObject([{ text: '别转钱', attempts: 2 }]);
});

describe('a database file', () => {
  test('of garbage is not touched, and the operator reads what to do', async () => {
    const stateDir = stateFolder();
    const garbage = '这不是数据库'.repeat(1_000);
    writeFileSync(join(stateDir, 'fanzha.db'), garbage);
    expect(await sentence(open(stateDir))).toMatch(
      /fanzha\.db {2}里面不是完整的数据。怎么改：把它移到别处，用最近的备份恢复/,
    );
    expect(readFileSync(join(stateDir, 'fanzha.db'), 'utf8')).toBe(garbage);
    expect(existsSync(join(stateDir, 'fanzha.lock'))).toBe(false);
  });
  test('that was cut short is noticed', async () => {
    const stateDir = stateFolder();
    const storage = await openIn(stateDir);
    const people = Array.from({ length: 300 }, (_, i) => ({ source: 'local', talker: `t${i}` }));
    await storage.talks.transaction(say(...people.map((who) => reply(who, 'x'.repeat(500)))));
    await storage.close();
    const file = join(stateDir, 'fanzha.db');
    truncateSync(file, Math.floor(statSync(file).size / 8192) * 4096);
    expect(await sentence(open(stateDir))).toContain('里面不是完整的数据');
  });
  test('of a newer program is refused', async () => {
    const stateDir = stateFolder();
    await (await openIn(stateDir)).close();
    await askFile(join(stateDir, 'fanzha.db'), `insert into kysely_migration values ('999-tomorrow', '2030-01-01')`);
    expect(await sentence(open(stateDir))).toMatch(
      /数据库比程序新\n.*新版程序已经改过它（999-tomorrow）。怎么改：装上新版程序/,
    );
    expect(await sentence(openForUpkeep({ stateDir, databaseUrl: undefined, now: () => NOW }))).toContain(
      '数据库比程序新',
    );
  });
});

describe('the key', () => {
  test('of another database is refused, and left as it is', async () => {
    const stateDir = stateFolder();
    await (await openIn(stateDir)).close();
    const other = Buffer.alloc(32, 7);
    writeFileSync(join(stateDir, 'talker.key'), other);
    expect(await sentence(open(stateDir))).toMatch(
      /talker\.key {2}数据库用的是另一把密钥。怎么改：放回这个数据库原来的 talker\.key/,
    );
    expect(readFileSync(join(stateDir, 'talker.key'))).toEqual(other);
  });
  test('that is missing is not made anew beside a database that has one', async () => {
    const stateDir = stateFolder();
    await (await openIn(stateDir)).close();
    writeFileSync(join(stateDir, 'talker.key'), 'short');
    expect(await sentence(open(stateDir))).toContain('应该是 32 个字节，现在是 5 个');
    const { unlinkSync } = await import('node:fs');
    unlinkSync(join(stateDir, 'talker.key'));
    expect(await sentence(open(stateDir))).toMatch(/密钥不见了\n.*怎么改：放回/);
    expect(existsSync(join(stateDir, 'talker.key'))).toBe(false);
  });
  test('stays the same from start to start', async () => {
    const stateDir = stateFolder();
    await (await openIn(stateDir)).close();
    const key = readFileSync(join(stateDir, 'talker.key'));
    expect(key).toHaveLength(32);
    await (await openIn(stateDir)).close();
    expect(readFileSync(join(stateDir, 'talker.key'))).toEqual(key);
  });
});

test('an address that is not one of PostgreSQL is refused', async () => {
  expect(await sentence(open(stateFolder(), 'mysql://root@localhost/x'))).toMatch(
    /FANZHA_DATABASE_URL {2}它应该以 postgres:/,
  );
});
test.each([
  'postgres://fanzha:12345/geheim@127.0.0.1:1/fanzha',
  'postgres://fanzha:geh/eim@127.0.0.1:1/fanzha',
  'postgres://fanzha:geh#eim@127.0.0.1:1/fanzha',
  'postgres://fanzha:12345#geheim@127.0.0.1:1/fanzha',
  'postgres://fanzha:12345?geheim@127.0.0.1:1/fanzha',
  'postgres://fanzha:12345/geh@eim@127.0.0.1:1/fanzha',
  'postgres://fanzha:geheim%zz@127.0.0.1:1/fanzha',
  'postgres://fanzha:geheim@127.0.0.1:port/fanzha',
])('of an address that was cut in its password nothing is shown, only how to write it: %s', async (url) => {
  const message = await sentence(open(stateFolder(), url));
  expect(message).toMatch(/FANZHA_DATABASE_URL {2}地址写得不对。怎么改：.*@ \/ # \? : 要写成 %40 %2F %23 %3F %3A/);
  expect(message.replace('postgres://用户:密码@主机:5432/库名', '')).not.toMatch(/geh|eim|12345|fanzha:|127/);
});
test.each(['b@t', 'g:h', 'S%40%2F%23%3F%3A'])(
  'a password is not shown, however it is written: %s',
  async (password) => {
    const message = await sentence(open(stateFolder(), `postgres://bot:${password}@127.0.0.1:1/fanzha`));
    expect(message).toContain('  postgres://127.0.0.1:1/fanzha  连不上');
    expect(message).not.toMatch(/bot|b@t|g:h|S%40|S@/);
  },
);
test('a server that does not answer is named, without the password', async () => {
  const message = await sentence(open(stateFolder(), 'postgres://bot:geheim@127.0.0.1:1/fanzha'));
  expect(message).toMatch(/postgres:\/\/127\.0\.0\.1:1\/fanzha {2}连不上。怎么改：检查服务器开着没有/);
  expect(message).not.toMatch(/geheim|bot/);
});

/** Node 20 has no SQLite of its own, hence nothing to warn of. */
const WARNS = isAtLeast(process.versions.node, '22.13.0');
test.skipIf(!WARNS)('that Node calls its SQLite experimental is not printed; other warnings are', () => {
  const api = fileURLToPath(new URL('../../src/storage/sqlite-api.ts', import.meta.url));
  const code = `import { loadSqlite } from ${JSON.stringify(api)};
    Promise.all([loadSqlite(), loadSqlite()]).then(() => process.emitWarning('another', 'ExperimentalWarning'));`;
  const { stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  expect(stderr).toMatch(/ExperimentalWarning: another/);
  expect(stderr).not.toContain('SQLite');
});
