import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { backup, erase } from '../../src/commands/upkeep.ts';
import { readConfig } from '../../src/config/index.ts';
import { OperatorFault } from '../../src/domain/index.ts';
import { DAY } from '../../src/lib/clock.ts';
import { refusePostgresBackup } from '../../src/storage/backup.ts';
import { openForUpkeep, type Storage } from '../../src/storage/index.ts';
import { loadSqlite } from '../../src/storage/sqlite-api.ts';
import { DEPUTY, named } from './campaign-samples.ts';
import { askFile, bytesIn, openIn, stateFolder } from './folder.ts';
import { LI, LI_IN_ROOM, lease, NOW, QUIET_GROUP, ROOM, reply, SECRET_TEXT, say, talkSaying, WANG } from './samples.ts';

const SECRETS = [
  SECRET_TEXT,
  '只有我问的',
  '验证码',
  LI.talker,
  ROOM,
  'message-4711',
  '李老师',
  DEPUTY.unit,
  'ABCD2345',
];

async function converse(storage: Storage): Promise<void> {
  await storage.talks.transaction(async (tx) => {
    await tx.arrived('local', 'message-4711', NOW);
    for (const where of [LI, LI_IN_ROOM]) {
      await tx.keepTalk(where, talkSaying(SECRET_TEXT), NOW, NOW);
      await tx.say(reply(where, SECRET_TEXT, { replyTo: ['message-4711'] }));
    }
    await tx.keepGroup('local', ROOM, QUIET_GROUP, NOW);
    await tx.askOffice(LI, { kind: 'unknown', maskedText: '只有我问的***', entry: undefined, at: NOW });
    await tx.say(reply(WANG, 'to another'));
    await tx.keepMember('local', LI.talker, DEPUTY, NOW);
    for (const where of [LI, LI_IN_ROOM]) await tx.subscribe('weekly-tip', where, NOW);
    await tx.keepName('local', LI.talker, named('李老师'));
  });
  await storage.campaign.invite('ABCD2345', NOW + DAY, NOW);
}

function expectNothingLegible(folder: string): void {
  const bytes = bytesIn(folder);
  expect(bytes.length).toBeGreaterThan(10_000);
  for (const secret of SECRETS) expect(bytes.includes(secret ?? ''), secret).toBe(false);
}

async function upkeepIn(stateDir: string) {
  const upkeep = await openForUpkeep({ stateDir, databaseUrl: undefined, now: () => NOW });
  onTestFinished(() => upkeep.close());
  return upkeep;
}

/** Runs an upkeep call in a process of its own, as the commands do, and gives back what it printed. */
async function inAnotherProcess(stateDir: string, call: string): Promise<string> {
  const index = fileURLToPath(new URL('../../src/storage/index.ts', import.meta.url));
  const code = `import { openForUpkeep } from ${JSON.stringify(index)};
    const options = { stateDir: ${JSON.stringify(stateDir)}, databaseUrl: undefined, now: Date.now };
    openForUpkeep(options).then(async (upkeep) => { console.log(await upkeep.${call}); await upkeep.close(); });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return (await text(child.stdout)).trim();
}

describe('the files of the database', () => {
  test('hold nothing legible, at any time', async () => {
    const stateDir = stateFolder();
    const storage = await openIn(stateDir);
    await converse(storage);
    expectNothingLegible(stateDir);
    const rows = await storage.outbox.claim(lease('me'));
    expectNothingLegible(stateDir);
    await storage.outbox.settle(
      'me',
      rows.map(({ id }) => id),
      { state: 'sent' },
      NOW,
    );
    await storage.tidy(NOW + DAY);
    expectNothingLegible(stateDir);
    await storage.close();
    expectNothingLegible(stateDir);
  });

  test('hold not even the sealed words of who was forgotten, nor his masked question', async () => {
    const stateDir = stateFolder();
    const storage = await openIn(stateDir);
    await converse(storage);
    const file = join(stateDir, 'fanzha.db');
    const his = (
      await askFile(
        file,
        `select owner, sealed from talk union all select asker, masked_text from open_question
          union all select owner, sealed from member union all select owner, sealed from subscription
          union all select owner, sealed from roll_call_name`,
      )
    ).flatMap((row) => Object.values(row).map(String));
    const traces = his.filter((text) => text.length > 20);
    expect(traces.length).toBeGreaterThan(12);
    const before = bytesIn(stateDir);
    for (const trace of traces) expect(before.includes(trace), trace).toBe(true);
    await storage.talks.transaction((tx) => tx.forget('local', LI.talker, Date.now()));
    await storage.talks.scrub();
    const after = bytesIn(stateDir);
    for (const trace of traces) expect(after.includes(trace), trace).toBe(false);
    expect((await storage.outbox.claim(lease('me'))).map(({ text }) => text)).toEqual(['to another']);
  });

  test('stay as small as what is kept, week after week', async () => {
    const stateDir = stateFolder();
    const storage = await openIn(stateDir);
    const file = join(stateDir, 'fanzha.db');
    const sizes: number[] = [];
    for (let week = 0; week < 4; week++) {
      const now = NOW + week * 8 * DAY;
      const people = Array.from({ length: 1_200 }, (_, i) => ({ source: 'local', talker: `t${week}-${i}` }));
      await storage.talks.transaction(async (tx) => {
        for (const who of people) await tx.arrived('local', `${who.talker}`, now);
      });
      await storage.talks.transaction(
        say(...people.map((who) => reply(who, 'x'.repeat(300), { expiresAt: now, keepUntil: now }))),
      );
      await storage.tidy(now + 8 * DAY);
      await storage.talks.scrub();
      sizes.push(statSync(file).size);
    }
    expect(Math.max(...sizes)).toBeLessThan(250_000);
    expect(sizes.at(-1)).toBeLessThanOrEqual((sizes[0] ?? 0) + 16_384);
  });
});

describe('beside a running bot', () => {
  test('another process erases a talker, and the bot goes on', async () => {
    const stateDir = stateFolder();
    const storage = await openIn(stateDir);
    await converse(storage);
    let going = true;
    let said = 0;
    const busy = (async () => {
      for (; going; said++, await nextTurn()) await storage.talks.transaction(say(reply(WANG, `meanwhile ${said}`)));
    })();
    expect(await inAnotherProcess(stateDir, `erase('${LI.talker}')`)).toBe('9');
    going = false;
    await busy;
    expect(said).toBeGreaterThan(10);
    expect(await storage.outbox.tally()).toEqual({ due: said + 1 });
    expect(await storage.talks.transaction((tx) => tx.talk(LI))).toBeUndefined();
    expect((await storage.outbox.claim(lease('me'))).map(({ text }) => text)).toEqual(['to another']);
  });

  test('another process gives out an invitation, and the bot takes it', async () => {
    const stateDir = stateFolder();
    const storage = await openIn(stateDir);
    const use = () => storage.talks.transaction((tx) => tx.useInvitation('ABCD2345', NOW));
    expect(await use()).toBe(false);
    await inAnotherProcess(stateDir, `campaign.invite('ABCD2345', ${NOW + DAY}, ${NOW})`);
    expect(await use()).toBe(true);
    await storage.talks.transaction((tx) => tx.keepName('local', LI.talker, named('李老师')));
    expect(await inAnotherProcess(stateDir, `campaign.names('五沟营镇').then(JSON.stringify)`)).toBe(
      JSON.stringify([{ unit: '五沟营镇', tool: 'app', name: '李老师', answer: 'installed', at: NOW }]),
    );
  });

  test('another connection writes a backup that opens as the bot was, with its key', async () => {
    const stateDir = stateFolder();
    const storage = await openIn(stateDir);
    await converse(storage);
    const target = join(stateFolder(), 'fanzha.db');
    await (await upkeepIn(stateDir)).backup(target);
    await storage.talks.transaction(say(reply(WANG, 'after the backup')));
    expect((statSync(target).mode & 0o777).toString(8)).toBe('600');

    const restored = stateFolder();
    writeFileSync(join(restored, 'fanzha.db'), readFileSync(target));
    writeFileSync(join(restored, 'talker.key'), readFileSync(join(stateDir, 'talker.key')));
    const copy = await openIn(restored);
    expect((await copy.talks.transaction((tx) => tx.talk(LI)))?.lastReply).toBe(SECRET_TEXT);
    expect(await copy.outbox.tally()).toEqual({ due: 3 });
    // Ids go on where they were.
    await copy.talks.transaction(say(reply({ source: 'other', talker: 'x' }, '4')));
    expect((await copy.outbox.claim({ ...lease('me'), source: 'other' }))[0]?.id).toBe(NOW + 3);
  });

  test('a backup never goes over a file, and leaves none behind when it fails', async () => {
    const stateDir = stateFolder();
    const storage = await openIn(stateDir);
    const target = join(stateFolder(), 'copy.db');
    writeFileSync(target, 'precious');
    await expect(storage.backup(target)).rejects.toThrow(/copy\.db {2}已经有这个文件。怎么改：换一个文件名/);
    expect(readFileSync(target, 'utf8')).toBe('precious');
    const nowhere = join(target, 'below');
    await expect(storage.backup(nowhere)).rejects.toThrow('这里写不了');
    expect(existsSync(nowhere)).toBe(false);
  });

  test('a backup is not put where the bot keeps its things, not even by another way', async () => {
    const stateDir = stateFolder();
    const storage = await openIn(stateDir);
    const link = join(stateFolder(), 'link');
    symlinkSync(stateDir, link);
    mkdirSync(join(stateDir, 'below'));
    for (const target of [join(stateDir, 'copy.db'), join(link, 'copy.db'), join(stateDir, 'below', 'copy.db')]) {
      await expect(storage.backup(target)).rejects.toThrow(
        /copy\.db {2}它在机器人自己的文件夹里。怎么改：换到别的文件夹/,
      );
      expect(existsSync(target)).toBe(false);
    }
    await storage.backup(`${stateDir}.copy`);
    rmSync(`${stateDir}.copy`);
  });

  test('a backup onto a full disk is said in one sentence that names the backup', async ({ skip }) => {
    const small = stateFolder();
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]).status !== 0)
      skip('only root may mount a small disk');
    onTestFinished(() => void spawnSync('umount', ['--lazy', small]));
    const stateDir = stateFolder();
    await converse(await openIn(stateDir));
    const target = join(small, 'copy.db');
    const config = { ...readConfig({ FANZHA_STATE_DIR: stateDir }, '/') };
    const fault = await backup(target, config).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(OperatorFault);
    expect((fault as Error).message).toBe(`没有备份\n  ${target}  放备份的磁盘满了。怎么改：腾出空间，或换一块磁盘`);
    expect(existsSync(target)).toBe(false);
  });

  test('a command says a fault of the database as one sentence', async () => {
    const stateDir = stateFolder();
    const storage = await openIn(stateDir);
    await storage.talks.transaction(say(reply(LI, 'x')));
    const { DatabaseSync } = await loadSqlite();
    const other = new DatabaseSync(join(stateDir, 'fanzha.db'));
    other.exec('drop table allowance');
    other.close();
    const fault = await erase(LI.talker, readConfig({ FANZHA_STATE_DIR: stateDir }, '/')).catch((e: unknown) => e);
    expect(fault).toBeInstanceOf(OperatorFault);
    expect((fault as Error).message).toMatch(/^没有删完\n {2}\S+fanzha\.db {2}数据库出错了（.*allowance.*）。怎么改：/);
  });

  test('PostgreSQL is backed up by its own tool, named with the command', () => {
    expect(() => refusePostgresBackup("it's.dump", 'postgres://db/fanzha')).toThrow(
      `pg_dump --format=custom --file='it'\\''s.dump' "$FANZHA_DATABASE_URL"`,
    );
  });

  test('nothing is made where there is no database', async () => {
    const stateDir = stateFolder();
    await expect(upkeepIn(stateDir)).rejects.toThrow('还没有数据库');
    expect(existsSync(join(stateDir, 'fanzha.db'))).toBe(false);
  });
});
