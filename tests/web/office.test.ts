import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Fraud, Lesson } from '../../src/domain/index.ts';
import { DAY } from '../../src/lib/clock.ts';
import { openStorage, type Storage } from '../../src/storage/index.ts';
import {
  ADMIN_HOST,
  close,
  createAdmin,
  listen,
  type OfficeNeeds,
  routeOffice,
  shelvesOf,
} from '../../src/web/index.ts';
import { knowledge } from '../knowledge-base.ts';
import { event } from '../office/memory-campaign.ts';
import { cellsOf, unzip } from '../office/unzip.ts';
import { memoryLog } from '../quiet-log.ts';
import { stateFolder } from '../state-folder.ts';

const NOW = Date.parse('2026-11-24T03:00:00Z');
const MONDAY = '2026-11-23';
const NEXT = '2026-11-30';
const HOSTILE = '<script>alert(1)</script>"\'&';
const LESSON: Lesson = { id: '01', title: '认清冒充领导', text: [], about: [], questions: [] };

const folder = stateFolder();
const { log, lines } = memoryLog();
const server = await createAdmin(log);
let storage: Storage;
let port = 0;
let needs: OfficeNeeds;

beforeAll(async () => {
  storage = await openStorage({ stateDir: folder, databaseUrl: undefined, now: () => NOW });
  await routeOffice(server, {
    county: '西平县',
    now: () => needs.now(),
    log,
    get campaign() {
      return needs.campaign;
    },
    counts: (from, to) => needs.counts(from, to),
    knowledge: () => needs.knowledge(),
    get rollCall() {
      return needs.rollCall;
    },
    get scope() {
      return needs.scope;
    },
    shelves: () => needs.shelves(),
    signIns: [{ label: '微信个人号登录', href: '/wechat4u' }],
  });
  port = await listen(server, ADMIN_HOST, 0, 'FANZHA_ADMIN_PORT');
});
beforeEach(() => {
  needs = {
    county: '西平县',
    now: () => NOW,
    log,
    campaign: storage.campaign,
    counts: storage.office.counts,
    knowledge: () => ({ frauds: knowledge.frauds, lessons: [LESSON] }),
    rollCall: true,
    scope: { units: ['县人大机关', '城关镇'], tools: ['app'] },
    shelves: () => [
      { name: '反诈知识手册', links: [{ label: '手册（PDF）', href: 'https://fz.example.cn/handbook.pdf' }] },
    ],
    signIns: [],
  };
});
afterAll(async () => {
  await close(server);
  await storage.close();
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly text: string;
}

/** As a browser would, but with whatever headers a test likes. */
function ask(method: string, path: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: ADMIN_HOST, port, method, path, headers }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      const whole = Buffer.concat(chunks);
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: whole, text: whole.toString() });
    });
    asking.on('error', reject).end(body);
  });
}

const open = (path = '/') => ask('GET', path);
const FORM = 'application/x-www-form-urlencoded';
const ownHeaders = () => ({
  'content-type': FORM,
  origin: `http://${ADMIN_HOST}:${port}`,
  'sec-fetch-site': 'same-origin',
});
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = ownHeaders()) =>
  ask('POST', path, headers, new URLSearchParams(fields).toString());
describe('the page of the office', () => {
  test('shows the figures of this month and in all', async () => {
    await storage.campaign.note(event('relayed', { day: '2026-11-02' }));
    await storage.campaign.note(event('relayed', { day: '2026-10-31' }));
    const { text, status } = await open();
    expect(status).toBe(200);
    expect(text).toMatch(/代居民问（次）<\/th><td class="number">1<\/td>\s*<td class="number">2<\/td>/);
    expect(text).toContain('本月还没有人问。');
  });
  test('shows what was asked about most this month', async () => {
    needs = { ...needs, counts: async () => [{ kind: 'warning', entry: 'brushing', count: 1234 }] };
    expect((await open()).text).toMatch(
      /刷单[^<]*<\/span><meter [^>]*value="1234"[^>]*><\/meter>\s*<span class="number">1,234 次/,
    );
  });
  test('shows units with their answers, by name, without any share', async () => {
    await storage.campaign.note(event('roll-call', { about: 'app/installed', unit: '县人大机关', amount: 1 }));
    const { text } = await open();
    const part = text.slice(text.indexOf('id="units"'));
    expect(part.indexOf('城关镇')).toBeLessThan(part.indexOf('县人大机关'));
    expect(part).toMatch(/县人大机关<\/th><td class="number">1<\/td><td class="number">0<\/td>/);
    expect(text).not.toMatch(/\d[%％]|名次：|第一名/);
  });
  test('says how to switch the roll-call on when it is off', async () => {
    needs = { ...needs, rollCall: false };
    const { text } = await open();
    expect(text).toContain('FANZHA_ROLL_CALL');
    expect(text).not.toContain('href="/roll-call.xlsx"');
  });
  test('shows what was sent of late, and what was dropped with the reason', async () => {
    const at = (day: string, hour: string) => Date.parse(`${day}T${hour}:00:00+08:00`);
    await storage.campaign.plan({ topic: 'lesson', slot: at('2026-11-17', '09'), about: '', state: 'dropped' });
    await storage.campaign.plan({ topic: 'lesson', slot: at('2026-11-24', '09'), about: '01', state: 'queueing' });
    const { text } = await open();
    const part = text.slice(text.indexOf('id="sent"'));
    expect(part).toMatch(/11月24日 09:00<\/span><span>周二学习：认清冒充领导<\/span>\s*<span>正在排队/);
    expect(part).toMatch(/11月17日 09:00[\s\S]*错过，没有发[\s\S]*晚了两个多小时/);
    expect(part.indexOf('11月24日')).toBeLessThan(part.indexOf('11月17日'));
  });
  test('links to posters, the handbook and the pages for signing in', async () => {
    const { text } = await open();
    expect(text).toContain('<a href="https://fz.example.cn/handbook.pdf" rel="noopener noreferrer">手册（PDF）</a>');
    expect(text).toContain('<a href="/wechat4u" rel="noopener noreferrer">微信个人号登录</a>');
  });
  test('knows where the public listener gives posters and the handbook', () => {
    const [handbook, poster] = shelvesOf('https://fz.example.cn/', [{ id: 'loan', name: '贷款' }]);
    expect(handbook?.links).toEqual([{ label: '手册（PDF）', href: 'https://fz.example.cn/handbook.pdf' }]);
    expect(poster?.name).toBe('海报：贷款');
    expect(poster?.links).toContainEqual({ label: '展板', href: 'https://fz.example.cn/pictures/loan-board.png' });
    expect(poster?.links).toHaveLength(4);
  });
  test('lets no name, unit, link or lesson become part of the page', async () => {
    const fraud = { ...(knowledge.frauds[0] as Fraud), id: HOSTILE, name: HOSTILE };
    needs = {
      ...needs,
      knowledge: () => ({
        frauds: [{ ...fraud, tip: { ...fraud.tip, group: HOSTILE } }],
        lessons: [{ ...LESSON, title: HOSTILE }],
      }),
      counts: async () => [{ kind: 'warning', entry: HOSTILE, count: 2 }],
      scope: { units: [HOSTILE], tools: ['app'] },
      shelves: () => [
        { name: HOSTILE, links: [{ label: HOSTILE, href: 'javascript:alert(1)' }] },
        {
          name: '外站',
          links: [
            { label: '双斜杠', href: '//evil.example/x' },
            { label: 'x', href: `https://a.cn/${HOSTILE}` },
          ],
        },
      ],
    };
    await storage.campaign.chooseTip(MONDAY, HOSTILE);
    const { text } = await open(`/?done=${encodeURIComponent(HOSTILE)}`);
    await storage.campaign.chooseTip(MONDAY, undefined);
    expect(text.split('&lt;script&gt;').length).toBeGreaterThan(6);
    expect(text).not.toMatch(/<script|href="javascript|href="\/\/|role="status"/i);
  });
  test('has no script and loads nothing from outside; is kept nowhere', async () => {
    const { headers, text } = await open();
    expect(headers['content-security-policy']).toMatch(/default-src 'self'.*form-action 'self'/);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-frame-options']).toBeDefined();
    expect(text).not.toMatch(/<script|<style|style=|\son\w+=|<img|src=/);
    expect(text.match(/<link [^>]*>/g)).toEqual(['<link rel="stylesheet" href="/admin.css">']);
  });
  test('says nothing for an address that somebody made up', async () => {
    for (const done of ['x', '__proto__', 'constructor', 'chosen&done=late'])
      expect((await open(`/?done=${done}`)).text).not.toContain('role="status"');
    expect((await open('/?done=chosen')).text).toContain('<p class="said" role="status">改好了。</p>');
  });
  test('tells in Chinese that something failed, and the log has the cause, the page not', async () => {
    needs = { ...needs, counts: () => Promise.reject(new Error('secret cause')) };
    const { status, text } = await open();
    expect(status).toBe(500);
    expect(text).toContain('现在读不了、存不了');
    expect(text).not.toContain('secret cause');
    expect(lines.join('\n')).toContain('secret cause');
  });
});

describe('the tip of a week', () => {
  const chosen = (monday = MONDAY) => storage.campaign.chosenTip(monday);
  test('is not settled before it is chosen or sent', async () => {
    expect((await open()).text).toMatch(/本周：还没有定<\/h3><p class="hint">2026-11-23 起 · 到时候讲前七天问得最多的/);
  });
  test('is chosen with a form; the browser is sent back to the page, which says so', async () => {
    const answer = await post('/weekly-tip', { monday: MONDAY, entry: 'loan' });
    expect([answer.status, answer.headers.location]).toEqual([303, '/?done=chosen']);
    expect(await chosen()).toBe('loan');
    expect((await open()).text).toMatch(/本周：[^<]*贷款[^<]*<\/h3><p class="hint">2026-11-23 起 · 办公室指定/);
  });
  test('can be that of the next week, and can be left to the bot again', async () => {
    await post('/weekly-tip', { monday: NEXT, entry: 'email' });
    expect(await chosen(NEXT)).toBe('email');
    expect((await post('/weekly-tip', { monday: NEXT, entry: '-' })).headers.location).toBe('/?done=cleared');
    expect(await chosen(NEXT)).toBeUndefined();
  });
  test('shows what was sent already', async () => {
    await storage.campaign.chooseTip(MONDAY, undefined);
    const slot = Date.parse('2026-11-23T10:00:00+08:00');
    await storage.campaign.plan({ topic: 'weekly-tip', slot, about: 'brushing', state: 'queueing' });
    expect((await open()).text).toMatch(/本周：刷单[^<]*<\/h3><p class="hint">2026-11-23 起 · 机器人选的，已经发了/);
  });
  test('is not changed by a page that stood open until the week was over', async () => {
    needs = { ...needs, now: () => NOW + 14 * DAY };
    const answer = await post('/weekly-tip', { monday: MONDAY, entry: 'email' });
    expect(answer.headers.location).toBe('/?done=late');
    expect(await chosen()).toBeUndefined();
    expect((await open('/?done=late')).text).toContain('请再选一次');
  });
  test('is never a fraud that nobody has answered for, nor one that does not exist', async () => {
    const unreviewed = knowledge.frauds.map((one) => ({ ...one, reviewed: { by: '某人', date: '2026-11-25' } }));
    for (const entry of ['no-such', '', '__proto__'])
      expect((await post('/weekly-tip', { monday: MONDAY, entry })).headers.location).toBe('/?done=unknown');
    needs = { ...needs, knowledge: () => ({ frauds: unreviewed, lessons: [] }) };
    expect((await post('/weekly-tip', { monday: MONDAY, entry: 'loan' })).headers.location).toBe('/?done=unknown');
    expect((await open()).text).not.toContain('<option value="loan">');
    expect(await chosen()).toBeUndefined();
  });
});

describe('inviting a deputy', () => {
  test('shows a code once that the bot takes once, and what to tell the deputy', async () => {
    const { status, text, headers } = await post('/invite', {});
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    const shown = /<span class="code">(DB-\w{4}-\w{4})<\/span>/.exec(text)?.[1] ?? '';
    expect(text).toContain(`请在和反诈助手的聊天里发这个码：${shown}`);
    const use = () => storage.talks.transaction((tx) => tx.useInvitation(shown.replaceAll('-', ''), NOW + 6 * DAY));
    expect(await use()).toBe(true);
    expect(await use()).toBe(false);
    expect((await open()).text).not.toContain(shown);
    expect(lines.join('\n')).not.toContain(shown);
  });
  test('makes no code when the page is only opened', async () => {
    const answer = await open('/invite');
    expect([answer.status, answer.headers.location]).toEqual([303, '/']);
  });
});

describe('a form that does not come from the page', () => {
  const own = () => `http://${ADMIN_HOST}:${port}`;
  const cases: readonly (readonly [string, () => Record<string, string>])[] = [
    ['of a stranger', () => ({ origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' })],
    ['of a stranger, in an old browser', () => ({ origin: 'http://evil.example' })],
    ['of another port of this machine', () => ({ origin: `http://${ADMIN_HOST}:1`, 'sec-fetch-site': 'same-site' })],
    ['of nobody in particular', () => ({ origin: 'null' })],
    ['of a hidden frame', () => ({ origin: 'null', 'sec-fetch-site': 'cross-site' })],
    ['that hides where it comes from', () => ({})],
    ['that tells two things', () => ({ origin: own(), 'sec-fetch-site': 'cross-site' })],
    ['of an encrypted page of the same name', () => ({ origin: own().replace('http:', 'https:') })],
  ];
  test.each(cases)('%s is refused and does nothing', async (_name, headers) => {
    const before = await storage.campaign.chosenTip(NEXT);
    const answer = await post('/weekly-tip', { monday: NEXT, entry: 'loan' }, { 'content-type': FORM, ...headers() });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('不是从本页来的');
    expect(await storage.campaign.chosenTip(NEXT)).toBe(before);
    const code = await post('/invite', {}, { 'content-type': FORM, ...headers() });
    expect(code.status).toBe(403);
    expect(code.text).not.toContain('DB-');
  });
  test('one that tells in either way that it is our own is taken', async () => {
    for (const headers of [{ origin: own() }, { 'sec-fetch-site': 'same-origin' }, ownHeaders()])
      expect(
        (await post('/weekly-tip', { monday: NEXT, entry: '-' }, { 'content-type': FORM, ...headers })).status,
      ).toBe(303);
  });
  test('is refused under a foreign name of this machine', async () => {
    const host = `evil.example:${port}`;
    const headers = { ...ownHeaders(), host, origin: `http://${host}` };
    expect((await post('/invite', {}, headers)).status).toBe(403);
  });
  test('is refused when it is too big, or no form', async () => {
    expect((await post('/weekly-tip', { monday: NEXT, entry: 'x'.repeat(5_000) })).status).toBe(413);
    for (const type of ['application/json', 'text/plain', 'multipart/form-data; boundary=x'])
      expect((await ask('POST', '/invite', { ...ownHeaders(), 'content-type': type }, '{}')).status).toBe(415);
  });
});

describe('the tables to save', () => {
  test('come as CSV and as Excel files under a Chinese name', async () => {
    const csv = await open('/roll-call.csv');
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    const named = String(csv.headers['content-disposition']);
    expect(named).toContain('attachment; filename="roll-call-2026-11-24.csv"');
    expect(decodeURIComponent(named.split("UTF-8''")[1] ?? '')).toMatch(/^安装情况.*2026-11-24\.csv$/);
    expect(csv.text).toMatch(/^\ufeff单位,.*\r\n城关镇,0,0,0\r\n县人大机关,1,0,0\r\n/);
    const xlsx = await open('/roll-call.xlsx');
    expect(cellsOf(unzip(xlsx.body))).toMatchObject({ A3: '县人大机关', B3: 1 });
    expect(cellsOf(unzip((await open('/study.xlsx')).body))).toMatchObject({ A1: '课', B1: '单位' });
    expect((await open('/study.csv')).text).toContain('单位');
    expect((await open('/figures.csv')).text).toContain('代表,代居民问（次）,1,2\r\n');
  });
  test('let no unit run as a formula', async () => {
    needs = { ...needs, scope: { units: ['=HYPERLINK("http://x")'], tools: ['app'] } };
    expect((await open('/roll-call.csv')).text).toContain(`"'=HYPERLINK(""http://x"")",0`);
  });
});
