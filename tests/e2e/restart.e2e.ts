import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { startProgram } from './program.ts';

const SLOW = 90_000;
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
}, SLOW);
afterAll(() => browser?.close());

test(
  'the page shows the replies it missed after the server was killed and started again in the middle of a talk',
  async () => {
    let program = await startProgram();
    const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
    try {
      const page = await context.newPage();
      await page.goto(program.url);
      await page.locator('#start').waitFor();
      const say = async (text: string): Promise<void> => {
        await page.getByLabel('输入要问的内容').fill(text);
        await page.getByRole('button', { name: '发送' }).click();
      };
      const replies = page.locator('li.me ~ li.bot');
      const lastReply = replies.last();

      await say('刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户');
      await replies.first().waitFor();

      // Half a sentence: it is taken, and its answer is still three seconds away when the power goes.
      const taken = page.waitForResponse(
        (answer) => answer.url().endsWith('/chat/messages') && answer.status() === 202,
      );
      await page.waitForTimeout(3_200);
      await say('楼下老张种的黄瓜结了一大筐');
      await taken;
      await program.kill();

      // Written while nobody is there.
      await say('2');
      await page.locator('li.me .failure:not([hidden])').waitFor();

      program = await program.startAgain();
      await expect.poll(() => replies.count(), { timeout: 30_000, interval: 200 }).toBe(3);
      const texts = await replies.locator('.words').allTextContents();
      expect(texts.join('\n')).toMatch(/没认出|不等于没事/);
      expect(await lastReply.textContent()).toMatch(/110/);
      await page.waitForTimeout(1_000);
      expect(await replies.count()).toBe(3);
      expect(await page.locator('li.me').count()).toBe(3);
    } finally {
      await context.close();
      await program.stop();
    }
  },
  SLOW,
);
