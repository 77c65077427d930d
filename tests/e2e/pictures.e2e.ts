import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { startProgram } from './program.ts';

const SLOW = 60_000;
let program: Awaited<ReturnType<typeof startProgram>>;
let browser: Browser;
let png: Buffer;

beforeAll(async () => {
  program = await startProgram();
  browser = await openBrowser();
  const page = await browser.newPage({ viewport: { width: 750, height: 1180 } });
  await page.setContent('<body style="background:#1b4d3e;color:#fff;font-size:90px">先别转钱</body>');
  png = await page.screenshot();
  await page.close();
}, SLOW);
afterAll(async () => {
  await browser?.close();
  await program?.stop();
}, SLOW);

/** The page on a telephone, told this reply; `pictures` answers for what it fetches. Gives what was fetched. */
async function told(
  reply: string,
  pictures: () => { status: number; body: Buffer },
  tour: (page: Page) => Promise<void>,
) {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 }, hasTouch: true });
  const fetched: string[] = [];
  const complaints: string[] = [];
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
    });
    await page.route('**/chat/stream*', (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: `id: 1\nevent: reply\ndata: ${JSON.stringify({ replyTo: [], text: reply, at: Date.now() })}\n\n`,
      }),
    );
    await page.route('**/pictures/**', (route) => {
      fetched.push(new URL(route.request().url()).pathname);
      return route.fulfill({ contentType: 'image/png', ...pictures() });
    });
    await page.goto(program.url);
    await page.locator('li.bot').nth(1).waitFor();
    await tour(page);
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
  return fetched;
}

/** Of the picture itself; 0 until it has come. */
function widthOf(image: Locator): Promise<number> {
  return image.evaluate((element) => element.naturalWidth);
}

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

test(
  'a line that is the path of a picture shows the picture in its place, with a link to save it',
  () =>
    told(
      '网络贷款的图片：\n/pictures/loan-card.png\n长按可以保存，也可以转发。',
      () => ({ status: 200, body: png }),
      async (page) => {
        const reply = page.locator('li.bot').nth(1);
        await expect.poll(() => widthOf(reply.locator('img.picture-image'))).toBe(750);
        expect(await reply.locator('.words').allInnerTexts()).toEqual([
          '网络贷款的图片：',
          '长按可以保存，也可以转发。',
        ]);
        expect(await reply.getByRole('img', { name: '反诈宣传图' }).count()).toBe(1);
        const save = reply.getByRole('link', { name: '保存图片' });
        expect(await save.getAttribute('download')).toBe('loan-card.png');
        for (const size of ['standard', 'large']) {
          if (size === 'large') await page.getByRole('button', { name: '大字' }).click();
          const excess = await page
            .locator('main, .bubble')
            .evaluateAll((elements) => elements.map((element) => element.scrollWidth - element.clientWidth));
          expect(Math.max(...excess), size).toBeLessThanOrEqual(0);
          await shoot(page, `phone-picture-${size}`);
        }
      },
    ),
  SLOW,
);

test(
  'nothing but a whole line that names a picture of this server is made into one',
  async () => {
    const lines = [
      '看 /pictures/loan-card.png',
      '/pictures/loan-card.png?x=1',
      '/pictures/../loan-card.png',
      '//evil.example/pictures/loan-card.png',
      'https://evil.example/pictures/loan-card.png',
      '/pictures/loan-poster.png',
      '/pictures/loan"onerror="alert(1)-card.png',
      '<img src=/pictures/loan-card.png>',
    ];
    const fetched = await told(
      lines.join('\n'),
      () => ({ status: 200, body: png }),
      async (page) => {
        const reply = page.locator('li.bot').nth(1);
        expect(await reply.locator('.words').textContent()).toBe(lines.join('\n'));
        expect(await reply.locator('.picture, .bubble img').count()).toBe(0);
      },
    );
    expect(fetched).toEqual([]);
  },
  SLOW,
);

test(
  'a picture that does not come says so and can be asked for again',
  async () => {
    let status = 503;
    const fetched = await told(
      '/pictures/loan-led.png',
      () => ({ status, body: status === 200 ? png : Buffer.from('{}') }),
      async (page) => {
        const again = page.getByRole('button', { name: '图片没打开，点此再试' });
        await again.waitFor();
        await shoot(page, 'phone-picture-missing');
        expect(await page.locator('li.bot').nth(1).getByRole('button', { name: '朗读' }).count()).toBe(0);
        status = 200;
        await again.click();
        await expect.poll(() => widthOf(page.locator('img.picture-image'))).toBe(750);
        expect(await again.isVisible()).toBe(false);
      },
    );
    expect(fetched).toEqual(['/pictures/loan-led.png', '/pictures/loan-led.png']);
  },
  SLOW,
);

test(
  'the menu offers nobody to be a deputy',
  async () => {
    await told(
      '您好',
      () => ({ status: 404, body: Buffer.from('') }),
      async (page) => {
        await page.getByRole('button', { name: '更多' }).click();
        await shoot(page, 'phone-menu');
        expect(await page.locator('#menu').textContent()).not.toContain('代表');
        expect(await page.locator('#menu input').count()).toBe(0);
      },
    );
  },
  SLOW,
);
