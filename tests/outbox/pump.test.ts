import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/lib/clock.ts';
import { LOCAL, PUMP_POINTS, SEND_CODES, SendFault, WECHAT4U } from '../../src/outbox/index.ts';
import { memoryStore } from './memory-store.ts';
import { type Answer, channelOf, NOON, pass, SOURCE, stage, stop, words } from './stage.ts';

beforeEach(() => void vi.useFakeTimers({ now: NOON }));
afterEach(() => void vi.useRealTimers());

describe('the pump', () => {
  test('says what waits, marks it as sent and tells who listens', async () => {
    const { channel, texts } = channelOf();
    const { pump, store, states, sent } = stage(channel);
    store.put(words('一'));
    pump.nudge(SOURCE);
    await pump.drained();
    expect([texts(), states(), sent]).toEqual([['一'], ['sent'], [1]]);
    await stop(pump);
  });
  test('is woken at once by a nudge, and only by one for its own channel', async () => {
    const { channel, texts } = channelOf();
    const { pump, store } = stage(channel, { pollMs: HOUR });
    await pump.drained();
    store.put(words('一'));
    pump.nudge('another');
    await pass(MINUTE);
    expect(texts()).toEqual([]);
    pump.nudge(SOURCE);
    await pass(0);
    expect(texts()).toEqual(['一']);
    await stop(pump);
  });
  test('finds within a second what another process put in', async () => {
    const { channel, texts } = channelOf();
    const { pump, store } = stage(channel);
    await pump.drained();
    store.put(words('一'));
    await pass(SECOND);
    expect(texts()).toEqual(['一']);
    await stop(pump);
  });
  test('says nothing before its time, and then to the millisecond', async () => {
    const { channel, said } = channelOf();
    const { pump, store } = stage(channel);
    store.put(words('一', { dueAt: NOON + 700 }));
    await pass(SECOND);
    expect(said).toEqual([{ text: '一', at: NOON + 700, id: 1 }]);
    await stop(pump);
  });
  test('never says what has expired', async () => {
    const { channel, texts } = channelOf();
    const { pump, store, states, lines } = stage(channel);
    store.put(words('晚了', { expiresAt: NOON }));
    store.put(words('来得及'));
    await pump.drained();
    expect([texts(), states()]).toEqual([['来得及'], ['expired', 'sent']]);
    expect(lines.filter((line) => line.includes('too late'))).toHaveLength(1);
    await stop(pump);
  });
  test('refuses a lease that ends before the wait for the channel does', () => {
    const { channel } = channelOf({ sendWithinMs: MINUTE });
    expect(() => stage(channel, { leaseMs: MINUTE })).toThrow('a lease of 60000 ms ends before');
  });
  test('goes through every labelled point in order', async () => {
    const { channel } = channelOf();
    const seen: string[] = [];
    const { pump, store } = stage(channel, { at: (point) => void seen.push(point) });
    store.put(words('一'));
    await pump.drained();
    expect(seen.slice(0, 6)).toEqual([...PUMP_POINTS]);
    await stop(pump);
  });
  test('is not stopped by a listener that fails', async () => {
    const { channel } = channelOf();
    const onSent = () => {
      throw new Error('broken');
    };
    const { pump, store, states } = stage(channel, { onSent });
    store.put(words('一'));
    store.put(words('二'));
    await pump.drained();
    expect(states()).toEqual(['sent', 'sent']);
    await stop(pump);
  });
});

describe('order and pace', () => {
  test('keeps the order within a conversation while the first is tried again, and lets others go by', async () => {
    let refusals = 1;
    const { channel, texts } = channelOf({}, ({ text }) =>
      text === '一' && refusals-- > 0 ? new SendFault('refused') : undefined,
    );
    const { pump, store } = stage(channel);
    for (const text of ['一', '二', '三']) store.put(words(text));
    store.put(words('别人', { talker: 'li-1' }));
    await pass(9 * SECOND);
    expect(texts()).toEqual(['一', '别人']);
    await pass(2 * SECOND);
    expect(texts()).toEqual(['一', '别人', '一', '二', '三']);
    await stop(pump);
  });
  test('keeps the order also when a store hands out several rows of one conversation together', async () => {
    const store = memoryStore();
    const ids = ['一', '二'].map((text) => store.put(words(text)));
    const generous = store.rows.map((row) => ({ ...row.toSay, id: row.id, attempts: 1 }));
    let refusals = 1;
    const { channel, texts } = channelOf({ repeatable: true }, () =>
      refusals-- > 0 ? new SendFault('refused') : undefined,
    );
    const once = vi.fn(async () => {
      for (const row of store.rows) Object.assign(row, { state: 'leased', owner: 'one', leaseUntil: NOON + MINUTE });
      store.claim = claim;
      return generous;
    });
    const claim = store.claim;
    store.claim = once;
    const { pump } = stage(channel, {}, store);
    await pass(9 * SECOND);
    expect(texts()).toEqual(['一']);
    await pass(2 * SECOND);
    expect(texts()).toEqual(['一', '一', '二']);
    expect(ids).toEqual([1, 2]);
    await stop(pump);
  });
  test('says what is urgent first', async () => {
    const { channel, texts } = channelOf();
    const store = memoryStore();
    store.put(words('提醒', { talker: 'a', urgency: 'unasked' }));
    store.put(words('回答', { talker: 'b' }));
    store.put(words('急救', { talker: 'c', urgency: 'urgent' }));
    const { pump } = stage(channel, {}, store);
    await pump.drained();
    expect(texts()).toEqual(['急救', '回答', '提醒']);
    await stop(pump);
  });
  test('leaves 1.5 to 4 seconds between two in one conversation, and none between two conversations', async () => {
    const { channel, said } = channelOf(WECHAT4U);
    const { pump, store } = stage(channel, { random: Math.random });
    for (let i = 0; i < 10; i += 1) store.put(words(`${i}`));
    store.put(words('别人', { talker: 'li-1' }));
    await pass(MINUTE);
    expect(said.find(({ text }) => text === '别人')?.at).toBe(NOON);
    const times = said.filter(({ text }) => text !== '别人').map(({ at }) => at);
    expect(times).toHaveLength(10);
    for (const [i, at] of times.slice(1).entries()) {
      expect(at - (times[i] ?? 0)).toBeGreaterThanOrEqual(1_500);
      expect(at - (times[i] ?? 0)).toBeLessThanOrEqual(4_000);
    }
    expect(store.rows.every((row) => row.attempts === 1)).toBe(true);
    await stop(pump);
  });
  test('says 3 a day where the cap is 3, first aid all the same, and the rest after midnight', async () => {
    const { channel, texts } = channelOf({ dailyCap: 3 });
    const { pump, store } = stage(channel, { pollMs: HOUR });
    const late = NOON + 48 * HOUR;
    for (let i = 0; i < 5; i += 1) store.put(words(`${i}`, { talker: `t${i}`, expiresAt: late }));
    await pass(MINUTE);
    store.put(words('急救', { talker: 'c', urgency: 'urgent' }));
    pump.nudge();
    await pass(11 * HOUR);
    expect(texts()).toEqual(['0', '1', '2', '急救']);
    await pass(HOUR);
    expect(texts()).toEqual(['0', '1', '2', '急救', '3', '4']);
    await stop(pump);
  });
  test('keeps what nobody asked for until the morning, or drops it when that is too late', async () => {
    vi.setSystemTime(NOON + 10 * HOUR);
    const { channel, said } = channelOf();
    const { pump, store, states } = stage(channel, { pollMs: HOUR });
    store.put(words('一', { urgency: 'unasked', expiresAt: NOON + 24 * HOUR }));
    store.put(words('二', { urgency: 'unasked', talker: 'li-1', expiresAt: NOON + 11 * HOUR }));
    await pass(SECOND);
    expect(states()).toEqual(['due', 'expired']);
    await pass(10 * HOUR);
    expect(said).toEqual([{ text: '一', at: Date.parse('2026-11-25T07:30:00+08:00'), id: 1 }]);
    await stop(pump);
  });
});

describe('several pumps on one store', () => {
  test('never say a row twice', async () => {
    const store = memoryStore();
    const { channel, said } = channelOf({ repeatable: true });
    const pumps = ['one', 'two', 'three'].map((owner) => stage(channel, { owner }, store).pump);
    for (let i = 0; i < 500; i += 1) store.put(words(`${i}`, { talker: `t${i % 50}` }));
    await pass(5 * SECOND);
    expect(said).toHaveLength(500);
    expect(new Set(said.map(({ id }) => id)).size).toBe(500);
    await stop(...pumps);
  });
  test('say a row once more, exactly once, when the one that said it died before marking it', async () => {
    const store = memoryStore();
    const { channel, said } = channelOf();
    for (const text of ['一', '二', '三']) store.put(words(text));
    const died = new Promise<void>(() => {});
    stage(
      channel,
      { owner: 'dead', leaseMs: MINUTE, at: (point) => (point === 'before-settle' ? died : undefined) },
      store,
    );
    await pass(SECOND);
    const { pump, states } = stage(channel, { owner: 'alive' }, store);
    await pass(58 * SECOND);
    expect(said.map(({ text }) => text)).toEqual(['一']);
    await pass(2 * SECOND);
    expect(said.map(({ text }) => text)).toEqual(['一', '一', '二', '三']);
    expect(states()).toEqual(['sent', 'sent', 'sent']);
    await stop(pump);
  });
  test.each(PUMP_POINTS)('lose nothing when one dies at %s, and double at most one row', async (fatal) => {
    const store = memoryStore();
    const { channel, said } = channelOf();
    for (let i = 0; i < 4; i += 1) store.put(words(`${i}`));
    let reached = false;
    const at = (point: string) => {
      if (point !== fatal) return undefined;
      reached = true;
      return new Promise<void>(() => {});
    };
    stage(channel, { owner: 'dead', at }, store);
    await pass(0);
    expect(reached).toBe(true);
    const { pump, states } = stage(channel, { owner: 'alive' }, store);
    await pass(2 * MINUTE);
    expect(states()).toEqual(Array(4).fill('sent'));
    expect([...new Set(said.map(({ text }) => text))]).toEqual(['0', '1', '2', '3']);
    expect(said.length).toBeLessThanOrEqual(5);
    await stop(pump);
  });
});

describe('stopping', () => {
  test('lets what is being said end and marks it, begins nothing more, and hands the rest back', async () => {
    const store = memoryStore();
    const { channel, said } = channelOf({ repeatable: true });
    const say = channel.say;
    const slow = {
      ...channel,
      say: async (...args: Parameters<typeof say>) => {
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        await say(...args);
      },
    };
    for (let i = 0; i < 3; i += 1) store.put(words(`${i}`, { talker: `t${i}` }));
    const { pump, states } = stage(slow, {}, store);
    await pass(SECOND);
    await stop(pump);
    expect(said).toHaveLength(1);
    expect(states()).toEqual(['sent', 'due', 'due']);
    expect(store.rows.map((row) => row.attempts)).toEqual([1, 0, 0]);
  });
  test('gives a channel that hangs three seconds', async () => {
    const { channel } = channelOf({ sendWithinMs: 30_000 }, () => 'hangs');
    const { pump, store, states } = stage(channel);
    store.put(words('一'));
    await pass(SECOND);
    const stopped = vi.fn();
    void pump.stop().then(stopped);
    await pass(2_999);
    expect(stopped).not.toHaveBeenCalled();
    await pass(1);
    expect(stopped).toHaveBeenCalledOnce();
    expect(states()).toEqual(['unknown']);
    expect(vi.getTimerCount()).toBe(0);
  });
  test('marks what could not be marked before, when the store is back by then', async () => {
    const store = memoryStore();
    const { channel, texts } = channelOf({}, () => {
      store.away = true;
      return undefined;
    });
    store.put(words('一'));
    const { pump, states } = stage(channel, {}, store);
    await pass(20 * SECOND);
    expect(states()).toEqual(['leased']);
    store.away = false;
    await stop(pump);
    expect([texts(), states()]).toEqual([['一'], ['sent']]);
  });
  test('does not wait for a store that is away, nor for one that never answers', async () => {
    for (const claim of [() => Promise.reject(new Error('gone')), () => new Promise<never>(() => {})]) {
      const store = { ...memoryStore(), claim };
      const { channel } = channelOf();
      const { pump } = stage(channel, {}, store);
      await pass(20 * SECOND);
      await stop(pump);
    }
  });
  test('wakes a lane that rests and one that holds', async () => {
    const { channel } = channelOf({}, () => new SendFault('rate-limited'));
    const { pump, store } = stage(channel, { pollMs: HOUR });
    await stop(pump);
    const other = stage(channel, { pollMs: HOUR }, store);
    store.put(words('一'));
    other.pump.nudge();
    await pass(SECOND);
    await stop(other.pump);
    expect(store.rows[0]?.state).toBe('due');
  });
});

test('whatever the channels answer, each row ends in one final state, in order, and nothing is said after its time', async () => {
  const answer = fc.constantFrom<Answer>(
    undefined,
    'hangs',
    ...SEND_CODES.map((code) => new SendFault(code)),
    new TypeError('broken'),
  );
  const rowsOf = fc.array(
    fc.record({
      talker: fc.constantFrom('a', 'b', 'c'),
      urgency: fc.constantFrom('urgent' as const, 'answer' as const, 'unasked' as const),
      dueIn: fc.integer({ min: 0, max: 20 * MINUTE }),
      lasts: fc.integer({ min: 1, max: 40 * MINUTE }),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const outages = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.constantFrom(true, 'after' as const)), {
    maxLength: 3,
  });
  const manners = fc.constantFrom(LOCAL, WECHAT4U);
  await fc.assert(
    fc.asyncProperty(
      rowsOf,
      fc.array(answer, { maxLength: 40 }),
      outages,
      manners,
      async (rows, answers, gone, how) => {
        vi.setSystemTime(NOON);
        const store = memoryStore();
        const script = [...answers];
        const { channel, said } = channelOf(how, () => script.shift());
        let step = 0;
        const at = () => {
          step += 1;
          const outage = gone.find(([when]) => when === step);
          if (!outage) return;
          store.away = outage[1];
          setTimeout(() => {
            store.away = false;
          }, 400);
        };
        for (const { talker, urgency, dueIn, lasts } of rows)
          store.put(words('', { talker, urgency, dueAt: NOON + dueIn, expiresAt: NOON + dueIn + lasts }));
        const { pump, states } = stage(channel, { at, pollMs: MINUTE }, store);
        await pass(3 * HOUR);
        for (const state of states()) expect(['sent', 'failed', 'expired', 'unknown']).toContain(state);
        for (const { id, at: saidAt } of said) {
          const row = store.rows[id - 1];
          expect(saidAt).toBeLessThan(row?.toSay.expiresAt ?? 0);
          expect(saidAt).toBeGreaterThanOrEqual(row?.toSay.dueAt ?? Infinity);
        }
        const unasked = (id: number) => store.rows[id - 1]?.toSay.urgency === 'unasked';
        for (const talker of ['a', 'b', 'c']) {
          const ids = said.map(({ id }) => id).filter((id) => store.rows[id - 1]?.toSay.talker === talker);
          // An answer goes past what nobody asked for, and nothing else goes past anything.
          for (const [place, id] of ids.entries())
            for (const earlier of ids.slice(place + 1).filter((later) => later < id))
              expect([unasked(earlier), unasked(id)]).toEqual([true, false]);
        }
        await stop(pump);
      },
    ),
    { numRuns: 100 },
  );
});
