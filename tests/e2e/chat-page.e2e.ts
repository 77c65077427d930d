import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { startProgram } from './program.ts';

const SLOW = 60_000;
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };

let program: Awaited<ReturnType<typeof startProgram>>;
let browser: Browser;

beforeAll(async () => {
  program = await startProgram();
  browser = await openBrowser();
}, SLOW);

afterAll(async () => {
  await browser?.close();
  await program?.stop();
}, SLOW);

/** Opens the chat page as a new visitor and closes it when the visit is over. */
async function visit(
  options: BrowserContextOptions,
  tour: (page: Page) => Promise<void>,
  before?: (page: Page) => void,
): Promise<void> {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options });
  try {
    const page = await context.newPage();
    before?.(page);
    await page.goto(program.url);
    await page.locator('#start').waitFor();
    await tour(page);
  } finally {
    await context.close();
  }
}

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('输入要问的内容').fill(text);
  await page.getByRole('button', { name: '发送' }).click();
}

async function textOf(place: Locator): Promise<string> {
  return (await place.textContent()) ?? '';
}

/** The replies of the program, without the page's own greeting. */
function replies(page: Page): Locator {
  return page.locator('li.me ~ li.bot');
}

function mine(page: Page): Locator {
  return page.locator('li.me .words');
}

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

async function tapSample(page: Page): Promise<void> {
  await page
    .locator('#start')
    .getByRole('button', { name: /公检法/ })
    .click();
  await replies(page).first().waitFor();
}

function textSize(page: Page): Promise<number> {
  return page.evaluate<number>("parseFloat(getComputedStyle(document.querySelector('li.bot .words')).fontSize)");
}

test(
  'a visitor who taps a sample sees it in the talk and the warning bubble under it',
  () =>
    visit(PHONE, async (page) => {
      await shoot(page, 'phone-greeting');
      await tapSample(page);
      expect(await mine(page).count()).toBe(1);
      expect(await textOf(replies(page).first())).toMatch(/【(高危|可疑)】/);
      expect(await textOf(replies(page).locator('.danger .heading, .doubt .heading'))).toMatch(/^【(高危|可疑)】/);
      await shoot(page, 'phone-warning');
    }),
  SLOW,
);

test(
  'a visitor who says 我已经转了五千了 sees first aid',
  () =>
    visit(DESKTOP, async (page) => {
      await say(page, '我已经转了五千了');
      const heading = replies(page).locator('.verdict.rescue .heading');
      await heading.waitFor();
      expect(await textOf(heading)).toMatch(/^【急救】/);
      expect(await textOf(replies(page).first())).toContain('110');
      await shoot(page, 'desktop-first-aid');
    }),
  SLOW,
);

test(
  'a reload keeps the talk, in its order and without repeating anything',
  () =>
    visit(PHONE, async (page) => {
      await tapSample(page);
      await say(page, '我已经转了五千了');
      await replies(page).nth(1).waitFor();
      const before = await page.locator('#list > li.message .words').allInnerTexts();
      const replayed = page.waitForResponse((response) => response.url().includes('/chat/stream'));
      await page.reload();
      await replayed;
      await page.waitForTimeout(500);
      expect(await page.locator('#list > li.message .words').allInnerTexts()).toEqual(before);
    }),
  SLOW,
);

test(
  'a tapped digit is sent and answered',
  () =>
    visit(PHONE, async (page) => {
      await tapSample(page);
      const answered = await replies(page).count();
      expect(await textOf(replies(page).last())).toContain('回1');
      await page.getByRole('group', { name: '快速回复' }).getByRole('button', { name: /^1/ }).click();
      await replies(page).nth(answered).waitFor();
      expect(await textOf(mine(page).last())).toBe('1');
      expect((await textOf(replies(page).last())).length).toBeGreaterThan(4);
      await shoot(page, 'phone-digit');
    }),
  SLOW,
);

test(
  'large type is larger, has larger targets, and survives a reload',
  () =>
    visit(PHONE, async (page) => {
      const standard = await textSize(page);
      await page.getByRole('button', { name: '大字' }).click();
      expect(await textSize(page)).toBeGreaterThan(standard);
      expect(await textSize(page)).toBeGreaterThanOrEqual(22);
      await page.reload();
      await page.getByRole('button', { name: '标准' }).waitFor();
      expect(await textSize(page)).toBeGreaterThanOrEqual(22);
      await tapSample(page);
      const heights = await page
        .locator('button:visible')
        .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().height));
      expect(Math.min(...heights)).toBeGreaterThanOrEqual(48);
      await shoot(page, 'phone-large-type');
    }),
  SLOW,
);

test(
  'Enter during composition does not send, Shift+Enter starts a line, and Enter alone sends',
  () =>
    visit(DESKTOP, async (page) => {
      const area = page.getByLabel('输入要问的内容');
      await area.focus();
      const input = await page.context().newCDPSession(page);
      await input.send('Input.imeSetComposition', { text: 'zhuanzhang', selectionStart: 10, selectionEnd: 10 });
      await page.keyboard.press('Enter');
      expect(await mine(page).count()).toBe(0);
      await input.send('Input.insertText', { text: '转账' });
      expect(await area.inputValue()).toContain('转账');
      await area.fill('对方要我转账');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.type('是骗子吗');
      expect(await mine(page).count()).toBe(0);
      await page.keyboard.press('Enter');
      await mine(page).first().waitFor();
      expect(await textOf(mine(page).first())).toBe('对方要我转账\n是骗子吗');
      expect(await area.inputValue()).toBe('');
    }),
  SLOW,
);

test(
  'a reply that came while offline appears after reconnecting',
  () =>
    visit(PHONE, async (page) => {
      const { origins } = await page.context().storageState();
      const kept = origins.flatMap(({ localStorage }) => localStorage).find(({ name }) => name === 'fanzha.talker');
      const talker: unknown = JSON.parse(kept?.value ?? 'null');
      await page.context().setOffline(true);
      await page.getByRole('status').filter({ hasText: '正在重新连接' }).waitFor();
      await shoot(page, 'phone-reconnecting');
      const posted = await fetch(`${program.url}/chat/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ talker, text: '我已经转了五千了' }),
      });
      expect(posted.status).toBe(202);
      await page.waitForTimeout(1500);
      expect(await page.locator('.rescue').count()).toBe(0);
      await page.context().setOffline(false);
      await page.locator('.rescue').waitFor();
      expect(await page.locator('.rescue').count()).toBe(1);
      expect(await textOf(page.getByRole('status'))).toBe('');
    }),
  SLOW,
);

test(
  'a message written while offline is kept and sent by itself when online again',
  () =>
    visit(PHONE, async (page) => {
      await page.context().setOffline(true);
      await say(page, '我已经转了五千了');
      await page.getByRole('button', { name: '未送达，点此重发' }).waitFor();
      await shoot(page, 'phone-not-sent');
      await page.context().setOffline(false);
      await replies(page).locator('.rescue').waitFor();
      expect(await mine(page).allInnerTexts()).toEqual(['我已经转了五千了']);
      expect(await page.getByRole('button', { name: '未送达，点此重发' }).count()).toBe(0);
    }),
  SLOW,
);

test(
  'nothing scrolls sideways at 390 pixels, however long a word is',
  () =>
    visit(PHONE, async (page) => {
      await say(page, `https://example.com/${'a'.repeat(300)} 这个链接能点吗`);
      await replies(page).first().waitFor();
      for (const size of ['standard', 'large']) {
        if (size === 'large') await page.getByRole('button', { name: '大字' }).click();
        const excess = await page
          .locator('html, main, footer, .words')
          .evaluateAll((elements) => elements.map((element) => element.scrollWidth - element.clientWidth));
        expect(Math.max(...excess), size).toBeLessThanOrEqual(0);
      }
    }),
  SLOW,
);

test(
  'the page loads nothing from another host and breaks no rule of its content security policy',
  () => {
    const hosts = new Set<string>();
    const complaints: string[] = [];
    return visit(
      DESKTOP,
      async (page) => {
        await tapSample(page);
        await page.getByRole('button', { name: '更多' }).click();
        await page.keyboard.press('Escape');
        expect(await page.locator('#menu').isVisible()).toBe(false);
        await shoot(page, 'desktop-warning');
        expect([...hosts]).toEqual([new URL(program.url).host]);
        expect(complaints).toEqual([]);
      },
      (page) => {
        page.on('request', (request) => hosts.add(new URL(request.url()).host));
        page.on('pageerror', (error) => complaints.push(error.message));
        page.on('console', (message) => {
          if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
        });
      },
    );
  },
  SLOW,
);
