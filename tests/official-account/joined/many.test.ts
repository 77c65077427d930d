import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WEBHOOK_PATH } from '../../../src/channels/official-account/index.ts';
import { type RunningProgram, startProgram } from '../../e2e/program.ts';
import { ask, borrowServer, NO_POSTGRES } from '../../storage/cluster.ts';
import { valueIn, wechatSide } from '../wechat-side.ts';
import { AES_KEY, FRAGMENT, SWINDLE } from './rig.ts';

const TOKEN = 'spamtest';
const APP_ID = 'wx2c2769f8efd9abc2';
const LONG = 60_000;

/** Three copies of the program as an operator starts them, over one PostgreSQL and with one key. */
describe.skipIf(NO_POSTGRES !== undefined)('three processes over one PostgreSQL', () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'fanzha-many-'));
  let server: Awaited<ReturnType<typeof borrowServer>>;
  let database: string;
  let programs: readonly RunningProgram[] = [];

  beforeAll(async () => {
    server = await borrowServer();
    database = await server.fresh();
    const settings = {
      FANZHA_DATABASE_URL: database,
      FANZHA_STATE_DIR: stateDir,
      FANZHA_OA_TOKEN: TOKEN,
      FANZHA_OA_APP_ID: APP_ID,
      FANZHA_OA_AES_KEY: AES_KEY,
      FANZHA_JOIN_MS: '1000',
    };
    const start = () => startProgram(settings, ['--channel', 'official-account']);
    programs = await Promise.all([start(), start(), start()]);
  }, LONG);
  afterAll(async () => {
    await Promise.all(programs.map((program) => program.stop()));
    await server?.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }, LONG);

  const sideOf = (number: number) => {
    const url = new URL(WEBHOOK_PATH, programs[number]?.url).href;
    return wechatSide({ url, token: TOKEN, appId: APP_ID, aesKey: AES_KEY, mode: 'secure', now: Date.now });
  };
  const contentOf = (reply: string | undefined) => reply && valueIn(reply, 'Content');
  const tally = () => ask(database, 'select state, count(*)::int as count from outbox group by state order by state');

  test('give a message that reaches all of them at once one stored reply, the same to the byte', async () => {
    const [one, two, three] = [sideOf(0), sideOf(1), sideOf(2)];
    const request = one.request(one.text(SWINDLE, 'oFirst'));
    const answered = await Promise.all([one, two, three, three, two, one].map((side) => side.post(request)));
    expect(contentOf(answered[0]?.reply)).toMatch(/^【高危】/);
    expect(new Set(answered.map(({ body }) => body)).size).toBe(1);
    expect(await tally()).toEqual([{ state: 'sent', count: 1 }]);
  });

  test('tell a story whose parts came to different ones, once', async () => {
    const [one, two, three] = [sideOf(0), sideOf(1), sideOf(2)];
    const screens = await Promise.all([
      one.deliver(one.text(FRAGMENT, 'oSecond')),
      two.deliver(two.text('你看看', 'oSecond')),
      three.deliver(three.text('叫我', 'oSecond')),
    ]);
    const shown = screens.map(({ screen }) => screen).filter((screen) => screen !== 'nothing');
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatch(/^【/);
  });

  test('lose nothing when one of them is killed with what it had taken', async () => {
    const before = (await ask(database, 'select count(*)::int as count from outbox'))[0]?.count as number;
    const residents = Array.from({ length: 60 }, (_, i) => `oThird${i}`);
    const [killed, two, three] = [sideOf(0), sideOf(1), sideOf(2)];
    const sent = residents.map((openId, i) => {
      const xml = killed.text(i % 3 === 0 ? FRAGMENT : SWINDLE, openId);
      // As a front that shares out the load: the first try to the one that dies, what WeChat repeats to the others.
      return { xml, first: killed.post(killed.request(xml)).catch(() => undefined) };
    });
    await expect.poll(async () => (await ask(database, 'select 1 from inbox')).length).toBeGreaterThan(10);
    await programs[0]?.kill();
    const texts = await Promise.all(
      sent.map(async ({ xml, first }, i) => {
        const answered = await first;
        const other = i % 2 === 0 ? two : three;
        const again = await other.post(other.request(xml));
        return { before: contentOf(answered?.reply), after: contentOf(again.reply) };
      }),
    );
    for (const { before, after } of texts) {
      expect(after).toMatch(/^【/);
      if (before !== undefined) expect(after).toBe(before);
    }
    expect(texts.some(({ before }) => before === undefined)).toBe(true);
    const after = (await ask(database, 'select count(*)::int as count from outbox'))[0]?.count as number;
    expect(after - before).toBe(residents.length);
    expect(await tally()).toEqual([{ state: 'sent', count: after }]);
  });

  test('keep no open id, message number or text that could be read', async () => {
    const tables = ['inbox', 'talk', 'outbox', 'passive_reply', 'allowance', 'kv'];
    const rows = await Promise.all(tables.map((table) => ask(database, `select * from ${table}`)));
    const kept = JSON.stringify(rows);
    expect(kept.length).toBeGreaterThan(10_000);
    for (const secret of ['oFirst', 'oThird1', '70000000000000', '高危', '安全账户'])
      expect(kept).not.toContain(secret);
  });
});
