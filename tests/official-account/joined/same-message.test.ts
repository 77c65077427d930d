import { describe, expect, test } from 'vitest';
import { FRAGMENT, joined, SWINDLE } from './rig.ts';

describe('a message that WeChat repeats', () => {
  test.each(['same-nonce', 'new-nonce'] as const)('is answered once, and with the same text (%s)', async (repeats) => {
    const { side, storage } = await joined();
    const wechat = side({ losesAnswers: [1, 2], repeats });
    const { tries, screen } = await wechat.deliver(wechat.text(SWINDLE));
    expect(screen).toMatch(/^【高危】/);
    expect(new Set(tries.map((one) => one?.body)).size).toBe(2);
    expect(await storage.outbox.tally()).toEqual({ sent: 1 });
  });
  test('to another process gets the identical bytes, in secure mode too', async () => {
    const one = await joined({ secure: true });
    const other = await joined({ secure: true, beside: one });
    const request = one.side().request(one.side().text(SWINDLE));
    const first = await one.side().post(request);
    const second = await other.side().post(request);
    expect(first.reply).toContain('【高危】');
    expect(second.body).toBe(first.body);
    expect(await one.storage.outbox.tally()).toEqual({ sent: 1 });
  });
  test('to many processes at once has one reply', async () => {
    const one = await joined();
    const others = await Promise.all([joined({ beside: one }), joined({ beside: one })]);
    for (const text of [SWINDLE, FRAGMENT]) {
      const request = one.side().request(one.side().text(text, `o${text}`));
      const posted = [one, ...others, ...others].map((process) => process.side().post(request));
      const bodies = (await Promise.all(posted)).map(({ body }) => body);
      expect(new Set(bodies).size).toBe(1);
      expect(bodies[0]).toContain('<Content>');
    }
    expect(await one.storage.outbox.tally()).toEqual({ sent: 2 });
  });
  test('and that had no answer has none again, at once', async () => {
    const one = await joined();
    const other = await joined({ beside: one });
    await one.say(one.mind.say('greeting'));
    const request = one.side().request(one.side().text(one.mind.say('greeting')));
    const [first, second] = [await one.side().post(request), await other.side().post(request)];
    expect([first.body, second.body]).toEqual(['success', 'success']);
    expect(second.tookMs).toBeLessThan(1_000);
  });
  test('has the same number at another resident is another message', async () => {
    const { side } = await joined();
    const xml = side().text(SWINDLE, 'oFirst');
    await side().deliver(xml);
    expect((await side().deliver(xml.replace('oFirst', 'oSecond'))).screen).toMatch(/^【高危】/);
  });
});

describe('a story in several messages', () => {
  const parts = ['他自称是公安局的', '说我涉嫌洗钱', '叫我把存款都转到安全账户里'];

  test('that come together is answered once, and the other messages get nothing', async () => {
    const { side, storage } = await joined({ joinWithin: 500 });
    const fragments = [FRAGMENT, '你看看', '叫我'].map((text) => side().text(text));
    const screens = (await Promise.all(fragments.map((xml) => side().deliver(xml)))).map(({ screen }) => screen);
    expect(screens.filter((screen) => screen === 'nothing')).toHaveLength(2);
    expect(screens.find((screen) => screen !== 'nothing')).toMatch(/^【/);
    expect(await storage.outbox.tally()).toEqual({ sent: 1 });
  });
  test('that come to different processes is told by the one that has the last word', async () => {
    const one = await joined({ joinWithin: 1_500 });
    const other = await joined({ joinWithin: 1_500, beside: one });
    const first = one.side().deliver(one.side().text(FRAGMENT));
    await expect.poll(() => one.storage.talks.nextWake()).toBeDefined();
    const second = await other.side().deliver(other.side().text(SWINDLE));
    expect(second.screen).toMatch(/^【高危】/);
    const { tries, screen } = await first;
    expect(screen).toBe('nothing');
    expect(tries[0]?.tookMs).toBeLessThan(1_400);
    const again = await other.side().post(other.side().request(other.side().text('1')));
    expect(again.reply).toContain('这样识破');
  });
  test('in any order is warned of once', async () => {
    const { side } = await joined({ joinWithin: 500 });
    const screens = (await side().deliverShuffled(parts.map((text) => side().text(text)))).map(({ screen }) => screen);
    const shown = screens.filter((screen) => screen !== 'nothing');
    expect(shown.some((screen) => screen.startsWith('【'))).toBe(true);
    expect(new Set(shown).size).toBe(shown.length);
  });
});
