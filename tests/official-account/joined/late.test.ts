import { describe, expect, test } from 'vitest';
import { FRAGMENT, joined } from './rig.ts';

/** A story waits longer than WeChat does. */
const SLOW = { answerWithinMs: 200, joinWithin: 400, holdMs: 300 };
const ASK_AGAIN = '再说一遍';
const SAID_WITHIN = { timeout: 4_000 };

describe('an answer that comes later than WeChat waits', () => {
  test('is said before the answer to the next message where we cannot speak first', async () => {
    const { say, mind, storage } = await joined(SLOW);
    expect(await say(FRAGMENT)).toBe(mind.say('holding-ask'));
    await expect.poll(() => storage.outbox.tally()).toEqual({ due: 1 });
    expect(await say('你好')).toMatch(/^【(没认出|先别急)】/);
    expect(await storage.outbox.tally()).toEqual({ sent: 2 });
  });
  test('is not said twice to who asks for it in the words of the holding sentence', async () => {
    const { say, mind, storage } = await joined(SLOW);
    expect(mind.say('holding-ask')).toContain(ASK_AGAIN);
    await say(FRAGMENT);
    await expect.poll(() => storage.outbox.tally()).toEqual({ due: 1 });
    const screen = await say(ASK_AGAIN);
    expect(screen.match(/^【(?:没认出|先别急)】/gm)).toHaveLength(1);
  });
  test('leaves the holding sentence as the reply: a repeat gets the same bytes, in every process', async () => {
    const one = await joined(SLOW);
    const other = await joined({ ...SLOW, beside: one });
    const request = one.side().request(one.side().text(FRAGMENT));
    const first = await one.side().post(request);
    await expect.poll(() => one.storage.outbox.tally()).toEqual({ due: 1 });
    const again = await Promise.all([one.side().post(request), other.side().post(request)]);
    expect(first.reply).toContain(one.mind.say('holding-ask').slice(0, 10));
    expect(again.map(({ body }) => body)).toEqual([first.body, first.body]);
    expect(await one.storage.outbox.tally()).toEqual({ due: 1 });
  });
  test('is said by customer service where the account has it, once', async () => {
    const { say, said, mind, storage } = await joined({ ...SLOW, account: 'service' });
    expect(await say(FRAGMENT)).toBe(mind.say('holding'));
    await expect.poll(said, SAID_WITHIN).toHaveLength(1);
    expect(said()[0]).toMatch(/^【(没认出|先别急)】/);
    await expect.poll(() => storage.outbox.tally()).toEqual({ sent: 1 });
    expect(await say('你好')).toMatch(/^你好，我是/);
  });
  test.each<[string, number]>([
    ['has no right to', 48001],
    ['has said as much as it may', 45047],
    ['is told that the resident has gone', 45015],
  ])('and that customer service %s waits for the next message', async (_name, code) => {
    const { say, said, api, storage } = await joined({ ...SLOW, account: 'verified' });
    api.failNext('/cgi-bin/message/custom/send', code);
    await say(FRAGMENT);
    await expect.poll(said, SAID_WITHIN).toHaveLength(1);
    await expect.poll(() => storage.outbox.tally()).toEqual({ due: 1 });
    expect(await say('你好')).toMatch(/^【(没认出|先别急)】/);
    expect(said()).toHaveLength(1);
  });
});

describe('what waits for a resident', () => {
  const waits = (text: string) => {
    const at = Date.now() - 60_000;
    const times = { at, dueAt: at, expiresAt: at + 86_400_000, keepUntil: at + 86_400_000 };
    const to = { source: 'official-account', talker: 'oResident0001' };
    return { ...to, text, replyTo: [], urgency: 'answer' as const, ...times };
  };

  test('and is too long for one message is cut at sentence ends, and goes on with the next one', async () => {
    const { say, storage } = await joined();
    const long = (letter: string): string => `${letter.repeat(99)}。`.repeat(4);
    await storage.talks.transaction(async (tx) => {
      await tx.say(waits(long('甲')));
      await tx.say(waits(long('乙')));
    });
    const first = await say('你好');
    expect([...first].length).toBeLessThanOrEqual(600);
    expect(first).toMatch(/^甲+。.*乙。$/s);
    const second = await say('隐私');
    expect(second).toMatch(/^乙+。/);
    expect(second).toContain('你好，我是');
    expect(second).toContain('不登记姓名');
  });
  test('goes to nobody else', async () => {
    const { say, storage } = await joined();
    await storage.talks.transaction((tx) => tx.say(waits('甲乙丙丁')));
    expect(await say('你好', 'oOther')).not.toContain('甲乙丙丁');
    expect(await say('你好')).toMatch(/^甲乙丙丁/);
  });
});

describe('beside the replies', () => {
  const address = { source: 'official-account', talker: 'oResident0001' };

  test('no more is paid for than WeChat allows after a message, also when that message is repeated', async () => {
    const { side, storage } = await joined({ account: 'service' });
    const xml = side().text('你好');
    await side().deliver(xml);
    const paid: boolean[] = [];
    for (let i = 0; i < 4; i += 1) paid.push(await storage.passive.spend(address, Date.now()));
    await side().deliver(xml);
    for (let i = 0; i < 4; i += 1) paid.push(await storage.passive.spend(address, Date.now()));
    expect(paid).toEqual([true, true, true, true, true, false, false, false]);
  });
  test('a tap allows three within a minute, and takes nothing from what a message allowed', async () => {
    const { side, storage } = await joined({ account: 'service' });
    const wechat = side();
    await wechat.deliver(wechat.event('CLICK', { EventKey: '怎么用' }));
    const paid: boolean[] = [];
    for (let i = 0; i < 4; i += 1) paid.push(await storage.passive.spend(address, Date.now()));
    expect(paid).toEqual([true, true, true, false]);
    expect(await storage.passive.spend(address, Date.now() + 61_000)).toBe(false);
    await wechat.deliver(wechat.text('你好'));
    await wechat.deliver(wechat.event('CLICK', { EventKey: '隐私' }));
    expect(await storage.passive.spend(address, Date.now() + 61_000)).toBe(true);
  });
  test('nothing is paid for where the account has no customer service', async () => {
    const { say, storage, channel } = await joined();
    await say('你好');
    expect(await storage.passive.spend(address, Date.now())).toBe(false);
    expect(channel.outgoing).toBeUndefined();
  });
});
