import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_HOST, close, createAdmin, listen, routeOffice, shelvesOf } from '../../src/web/index.ts';
import { knowledge } from '../knowledge-base.ts';
import { event, memoryCampaign } from '../office/memory-campaign.ts';
import { memoryLog } from '../quiet-log.ts';
import { openBrowser } from './browser.ts';

const NOW = Date.parse('2026-11-24T03:00:00Z');
const { store, codes, tips } = memoryCampaign([
  event('forwarded', { amount: 212, people: 18_450 }),
  event('roll-call', { about: 'app/installed', unit: '城关镇', amount: 1 }),
  event('lesson-finished', { about: '01', unit: '城关镇', amount: 2 }),
]);
const { log } = memoryLog();
const server = await createAdmin(log);
let browser: Browser;
let url = '';

beforeAll(async () => {
  browser = await openBrowser();
  await routeOffice(server, {
    county: '西平县',
    now: () => NOW,
    log,
    campaign: store,
    counts: async () =>
      knowledge.frauds.slice(0, 8).map(({ id }, i) => ({ kind: 'warning', entry: id, count: 90 - i })),
    knowledge: () => knowledge,
    rollCall: true,
    scope: { units: ['城关镇', '柏城街道', '县人大机关'], tools: ['app', 'jinzhongzhao'] },
    shelves: () => shelvesOf('http://127.0.0.1:8060/', knowledge.frauds),
    signIns: [{ label: '微信个人号登录', href: '/wechat4u' }],
  });
  url = `http://${ADMIN_HOST}:${await listen(server, ADMIN_HOST, 0, 'FANZHA_ADMIN_PORT')}/`;
});
afterAll(async () => {
  await browser.close();
  await close(server);
});

/** Runs with a page of that width, and fails when the browser complained about anything. */
async function onPage(width: number, work: (page: Page) => Promise<void>): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url);
  await work(page);
  expect(complaints).toEqual([]);
  await page.close();
}

describe('the page of the office in a browser', () => {
  test.each([360, 390, 800, 1280])('needs no sideways scrolling at %i pixels', (width) =>
    onPage(width, async (page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }),
  );
  test('takes the forms that it shows itself, without a script', () =>
    onPage(1280, async (page) => {
      await page.selectOption('#entry', 'loan');
      await page.click('form[action="/weekly-tip"] button');
      expect(await page.textContent('[role=status]')).toBe('改好了。');
      expect(tips.get('2026-11-23')).toBe('loan');
      await page.click('form[action="/invite"] button');
      const shown = (await page.textContent('.code')) ?? '';
      await page.click('form[action="/invite"] button');
      expect(await page.textContent('.code')).not.toBe(shown);
      expect(codes.map(({ code }) => code)).toContain(shown.replaceAll('-', ''));
      expect(await page.evaluate('document.scripts.length')).toBe(0);
    }));
  test('does nothing when no fraud is chosen', () =>
    onPage(390, async (page) => {
      tips.clear();
      await page.click('form[action="/weekly-tip"] button');
      expect(page.url()).toBe(url);
      expect(tips.size).toBe(0);
    }));
  test('refuses the form of a page elsewhere', async () => {
    const elsewhere = await createAdmin(log);
    elsewhere.get('/', (_request, answer) =>
      answer
        .type('text/html')
        .header('content-security-policy', '')
        .send(`<form method="post" action="${url}invite"><button>x</button></form>`),
    );
    const port = await listen(elsewhere, ADMIN_HOST, 0, 'FANZHA_ADMIN_PORT');
    const before = codes.length;
    const page = await browser.newPage();
    for (const host of ['localhost', ADMIN_HOST]) {
      await page.goto(`http://${host}:${port}/`);
      await page.click('button');
      await page.waitForURL(`${url}invite`);
      expect(await page.textContent('main')).toContain('不是从本页来的');
    }
    expect(codes.length).toBe(before);
    await close(elsewhere);
  });
});
