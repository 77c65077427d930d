import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/lib/clock.ts';
import { SendFault, WECHAT4U } from '../../src/outbox/index.ts';
import { memoryStore } from './memory-store.ts';
import { channelOf, NOON, pass, SOURCE, stage, stop, words } from './stage.ts';

beforeEach(() => void vi.useFakeTimers({ now: NOON }));
afterEach(() => void vi.useRealTimers());

describe('a channel in trouble', () => {
  test('whose answer is lost is not asked again, and an operator is told without texts and names', async () => {
    const { channel, texts } = channelOf({}, () => new TypeError('socket hang up 别说我 zhang-13800138000'));
    const { pump, store, states, lines, alarms } = stage(channel);
    store.put(words('别说我'));
    await pass(HOUR);
    expect([texts(), states()]).toEqual([['别说我'], ['unknown']]);
    expect(alarms).toEqual([{ source: SOURCE, state: 'unknown', code: 'unknown', count: 1 }]);
    expect(lines.join('')).not.toMatch(/别说我|zhang/);
    await stop(pump);
  });
  test('that hangs is given up after its time, and the next is said', async () => {
    const { channel, said } = channelOf({ sendWithinMs: 3_000 }, ({ text }) => (text === '一' ? 'hangs' : undefined));
    const { pump, store, states } = stage(channel);
    for (const text of ['一', '二']) store.put(words(text));
    await pass(2_999);
    expect(said.map(({ text }) => text)).toEqual(['一']);
    await pass(1);
    expect(said[1]).toEqual({ text: '二', at: NOON + 3_000, id: 2 });
    expect(states()).toEqual(['unknown', 'sent']);
    await stop(pump);
  });
  test('that hangs in a batch does not use up the lease of the rows behind, which another could take over', async () => {
    const store = memoryStore();
    for (let i = 0; i < 5; i += 1) store.put(words(`${i}`, { talker: `t${i}` }));
    const { channel, said } = channelOf({ sendWithinMs: 4_000, repeatable: true }, () => 'hangs');
    const pumps = ['one', 'two'].map((owner) => stage(channel, { owner, leaseMs: 9_000 }, store).pump);
    await pass(30 * SECOND);
    expect(said.map(({ text }) => text).sort()).toEqual(['0', '1', '2', '3', '4']);
    expect(store.rows.every((row) => row.state === 'unknown' && row.attempts === 1)).toBe(true);
    await stop(...pumps);
  });
  test('that refuses for good is an alarm, one line, and the code is kept', async () => {
    const { channel, texts } = channelOf({ repeatable: true }, () => new SendFault('window-closed'));
    const { pump, store, lines, alarms } = stage(channel);
    for (let i = 0; i < 3; i += 1) store.put(words('别说我', { talker: `t${i}` }));
    await pump.drained();
    expect(texts()).toHaveLength(3);
    expect(store.rows.map((row) => [row.state, row.code])).toEqual(Array(3).fill(['failed', 'window-closed']));
    expect(alarms).toEqual([{ source: SOURCE, state: 'failed', code: 'window-closed', count: 3 }]);
    const errors = lines.map((line) => JSON.parse(line)).filter(({ level }) => level >= 50);
    expect(errors).toMatchObject([{ source: SOURCE, code: 'window-closed', count: 3 }]);
    expect(lines.join('')).not.toMatch(/别说我|t0/);
    await stop(pump);
  });
  test.each([true, false])(
    'without a login keeps everything, knocks with one row every five seconds, and goes on after it (batches: %s)',
    async (repeatable) => {
      let loggedIn = false;
      const { channel, texts } = channelOf({ repeatable }, () => (loggedIn ? undefined : new SendFault('logged-out')));
      const { pump, store, states } = stage(channel);
      for (let i = 0; i < 20; i += 1) store.put(words(`${i}`, { talker: `t${i}` }));
      await pass(10 * MINUTE);
      expect(texts().length).toBeLessThanOrEqual(121);
      loggedIn = true;
      await pass(5 * SECOND);
      expect(states()).toEqual(Array(20).fill('sent'));
      await stop(pump);
    },
  );
  test('that says: too fast, is left alone by every conversation', async () => {
    let first = true;
    const { channel, said } = channelOf({}, () => {
      if (!first) return undefined;
      first = false;
      return new SendFault('rate-limited', { retryAfterMs: 2 * MINUTE });
    });
    const { pump, store } = stage(channel);
    store.put(words('一'));
    store.put(words('二', { talker: 'li-1' }));
    await pass(3 * MINUTE);
    expect(said.map(({ at }) => at - NOON)).toEqual([0, 2 * MINUTE, 2 * MINUTE]);
    await stop(pump);
  });
  test('drops at once what could only be tried again too late', async () => {
    const { channel } = channelOf({}, () => new SendFault('refused'));
    const { pump, store } = stage(channel);
    store.put(words('一', { expiresAt: NOON + 5 * SECOND }));
    await pass(SECOND);
    expect(store.rows[0]).toMatchObject({ state: 'expired', code: 'refused' });
    await stop(pump);
  });
});

describe('a store that goes away', () => {
  test('is waited for, with one line when it went and one when it is back', async () => {
    const { channel, texts } = channelOf();
    const { pump, store, lines } = stage(channel);
    await pump.drained();
    store.put(words('一'));
    store.away = true;
    await pass(30 * SECOND);
    expect(texts()).toEqual([]);
    store.away = false;
    await pass(5 * SECOND);
    expect(texts()).toEqual(['一']);
    expect(lines.map((line) => JSON.parse(line).level)).toEqual([50, 30]);
    expect(lines[0]).toContain('ECONNREFUSED');
    expect(lines.join('')).not.toContain('secret');
    await stop(pump);
  });
  test('is asked ever more seldom, every five seconds at last', async () => {
    const { channel } = channelOf();
    const store = memoryStore();
    store.away = true;
    const asked: number[] = [];
    const { pump } = stage(channel, { at: () => void asked.push(Date.now() - NOON) }, store);
    await pass(17 * SECOND);
    expect(asked).toEqual([0, 100, 300, 700, 1_500, 3_100, 6_300, 11_300, 16_300]);
    await stop(pump);
  });
  test.each([true, 'after'] as const)(
    'between saying and marking makes no double, even longer than the lease (answer lost: %s)',
    async (how) => {
      const store = memoryStore();
      const { channel, texts } = channelOf({}, () => {
        store.away = how;
        return undefined;
      });
      store.put(words('一'));
      const { pump, states, sent } = stage(channel, {}, store);
      await pass(10 * MINUTE);
      store.away = false;
      await pass(MINUTE);
      expect([texts(), states(), sent]).toEqual([['一'], ['sent'], [1]]);
      await stop(pump);
    },
  );
  test('between claiming and saying loses nothing, and holds nothing up until the lease ends', async () => {
    const store = memoryStore();
    const lastSentTo = store.lastSentTo;
    store.lastSentTo = async () => {
      store.lastSentTo = lastSentTo;
      throw new Error('gone');
    };
    const { channel, said } = channelOf(WECHAT4U);
    store.put(words('一'));
    const { pump } = stage(channel, {}, store);
    await pass(SECOND);
    expect(said).toEqual([{ text: '一', at: NOON + 100, id: 1 }]);
    expect(store.rows[0]?.attempts).toBe(1);
    await stop(pump);
  });
});
