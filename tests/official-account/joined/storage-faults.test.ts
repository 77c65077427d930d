import { describe, expect, test } from 'vitest';
import { StorageFault } from '../../../src/storage/index.ts';
import { joined, SWINDLE } from './rig.ts';

const full = (): Promise<never> => Promise.reject(new StorageFault('disk-full', 'fanzha.db', new Error('full')));
const hangs = (): Promise<never> => new Promise(() => {});

describe('while the storage', () => {
  test.each<[string, () => Promise<never>]>([
    ['has no room', full],
    ['is damaged', () => Promise.reject(new StorageFault('damaged', 'fanzha.db', new Error('damaged')))],
    ['throws something unheard of', () => Promise.reject(new TypeError('x is not a function'))],
  ])('%s, the resident is told in time that nothing was kept', async (_name, before) => {
    const { side, mind } = await joined({ before, answerWithinMs: 600 });
    const wechat = side();
    const { tries, screen } = await wechat.deliver(wechat.text(SWINDLE));
    expect(screen).toBe(mind.say('not-kept'));
    expect(tries[0]?.tookMs).toBeLessThan(900);
  });
  test('hangs, he is told in time to wait', async () => {
    const { side, mind } = await joined({ before: hangs });
    const wechat = side();
    const { tries, screen } = await wechat.deliver(wechat.text(SWINDLE));
    expect(screen).toBe(mind.say('holding-ask'));
    expect(tries[0]?.tookMs).toBeLessThan(4_500);
  });
  test('hangs, an event that nobody watches still gets its success', async () => {
    const { side } = await joined({ before: hangs, answerWithinMs: 200 });
    const wechat = side();
    expect((await wechat.deliver(wechat.event('unsubscribe'))).tries[0]?.body).toBe('success');
  });
});

describe('when the storage is back', () => {
  test('within the time WeChat waits, the answer is as if nothing had been', async () => {
    let left = 2;
    const { say } = await joined({ before: () => (left-- > 0 ? full() : Promise.resolve()) });
    expect(await say(SWINDLE)).toMatch(/^【高危】/);
  });
  test('later, what waited is answered with the next message, and a repeat still says to wait', async () => {
    let open: () => void = () => {};
    let gate: Promise<void> | undefined = new Promise((resolve) => {
      open = resolve;
    });
    const { side, say, storage, mind } = await joined({ before: async () => gate, answerWithinMs: 300, holdMs: 300 });
    const wechat = side();
    const xml = wechat.text(SWINDLE);
    expect((await wechat.deliver(xml)).screen).toBe(mind.say('holding-ask'));
    gate = undefined;
    open();
    await expect.poll(() => storage.outbox.tally()).toEqual({ due: 1 });
    expect((await side().deliver(xml)).screen).toBe(mind.say('holding-ask'));
    await expect.poll(() => say('你好'), { timeout: 4_000 }).toContain('【高危】');
  });
  test('who stopped following meanwhile is forgotten all the same', async () => {
    let fails = false;
    const rig = await joined({ before: () => (fails ? full() : Promise.resolve()), answerWithinMs: 300 });
    await rig.say(SWINDLE);
    fails = true;
    const wechat = rig.side();
    await wechat.deliver(wechat.event('unsubscribe'));
    expect(await rig.storage.outbox.tally()).toEqual({ sent: 1 });
    fails = false;
    await expect.poll(() => rig.storage.outbox.tally()).toEqual({});
  });
});
