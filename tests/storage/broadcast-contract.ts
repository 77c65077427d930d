import { describe, expect, test } from 'vitest';
import type { Broadcast } from '../../src/campaign/index.ts';
import type { ToSay } from '../../src/domain/index.ts';
import { DAY, HOUR } from '../../src/lib/clock.ts';
import { event, people, queueAll, subscribeAll, TIP, TODAY, tipTo } from './campaign-samples.ts';
import type { Behind } from './contract.ts';
import { LI, LI_IN_ROOM, lease, NOW, reply, say, WANG, WANG_IN_ROOM } from './samples.ts';

/** The part of the contract that is about sendings. `behind`: an empty database for each test. */
export function sendsToAllOnce(behind: () => Behind): void {
  const storage = () => behind().storage;
  const store = () => storage().campaign;
  const plan = (over: Partial<Broadcast> = {}) => store().plan({ ...TIP, state: 'queueing', ...over } as never);
  const inOutbox = async () => (await behind().query('select conversation from outbox')).map((row) => row.conversation);
  const sendings = () => store().broadcasts('weekly-tip', 10);

  describe('a sending', () => {
    test('is planned by one of many, and a dropped one is never carried on', async () => {
      const answers = await Promise.all(Array.from({ length: 6 }, () => plan()));
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await plan({ state: 'dropped' })).toBe(false);
      expect(await plan({ slot: NOW + DAY, state: 'dropped' })).toBe(true);
      expect(await plan({ slot: NOW + DAY })).toBe(false);
      await subscribeAll(storage(), [LI]);
      expect(await queueAll(storage(), 10, { ...TIP, slot: NOW + DAY } as never)).toEqual([]);
      expect(await queueAll(storage(), 10, { ...TIP, slot: NOW + 2 * DAY } as never)).toEqual([]);
      expect(await store().events(TODAY, TODAY)).toEqual([]);
    });
    test('is listed with the newest first; the latest is the last that was not dropped', async () => {
      const latest = () =>
        storage().talks.transaction((tx) => tx.latestBroadcast('weekly-tip', Number.MAX_SAFE_INTEGER));
      expect(await latest()).toBeUndefined();
      await plan();
      await plan({ slot: NOW + DAY, about: 'loan' });
      await plan({ slot: NOW + 2 * DAY, state: 'dropped' });
      await plan({ slot: NOW + 3 * DAY, topic: 'lesson' });
      expect((await store().broadcasts('weekly-tip', 2)).map(({ slot }) => slot)).toEqual([NOW + 2 * DAY, NOW + DAY]);
      expect(await latest()).toEqual({ ...TIP, slot: NOW + DAY, about: 'loan', state: 'queueing', count: 0 });
      expect((await store().unfinished()).map(({ slot }) => slot)).toEqual([NOW, NOW + DAY, NOW + 3 * DAY]);
    });
    test('goes to each subscriber of its topic once, in parts, and then has ended', async () => {
      const all = [...people(23), LI_IN_ROOM];
      await subscribeAll(storage(), [...all, WANG_IN_ROOM]);
      await storage().talks.transaction((tx) => tx.subscribe('lesson', WANG, NOW));
      await plan();
      expect(await queueAll(storage(), 10)).toEqual([10, 10, 4]);
      const rows = await storage().outbox.claim(lease('me', { limit: 100 }));
      expect(rows.map(({ text }) => text)).toEqual(all.map((_, i) => `tip ${i}`));
      const addressOf = ({ source, talker, room }: (typeof all)[number]) => JSON.stringify([source, talker, room]);
      expect(rows.map(addressOf).toSorted()).toEqual(all.map(addressOf).toSorted());
      expect(await sendings()).toEqual([{ ...TIP, state: 'queued', count: 24 }]);
      expect(await store().unfinished()).toEqual([]);
      expect(await queueAll(storage(), 10)).toEqual([]);
      expect(await store().events(TODAY, TODAY)).toEqual([
        event({ kind: 'broadcast', about: 'weekly-tip/email', amount: 24, people: 0 }),
      ]);
    });
    test('puts into the outbox just what it was told to', async () => {
      await subscribeAll(storage(), [LI_IN_ROOM]);
      await plan();
      const toSay = reply(LI_IN_ROOM, '反诈提示', { urgency: 'unasked', dueAt: NOW - 1, at: NOW - 5 });
      await store().queueNext(TIP, 5, () => toSay, TODAY);
      expect(await storage().outbox.claim(lease('me'))).toMatchObject([toSay]);
    });
    test('ends at once when nobody has subscribed', async () => {
      await plan();
      expect(await queueAll(storage(), 10)).toEqual([]);
      expect(await sendings()).toMatchObject([{ state: 'queued', count: 0 }]);
    });
    test('goes to everybody once when many carry it on at the same time', async () => {
      await subscribeAll(storage(), people(60));
      await plan();
      const counts = (await Promise.all(Array.from({ length: 6 }, () => queueAll(storage(), 7)))).flat();
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(60);
      expect(new Set(await inOutbox()).size).toBe(60);
      expect(await inOutbox()).toHaveLength(60);
      expect(await store().events(TODAY, TODAY)).toHaveLength(1);
    });
    test('queues a whole part or nothing of it, and goes on where it was', async () => {
      await subscribeAll(storage(), people(120));
      await plan();
      expect(await store().queueNext(TIP, 30, tipTo, TODAY)).toBe(30);
      const breaks = store().queueNext(
        TIP,
        60,
        (address, position) => {
          if (position === 30 + 50) throw new Error('no words for him');
          return tipTo(address, position);
        },
        TODAY,
      );
      await expect(breaks).rejects.toThrow('no words for him');
      expect(await inOutbox()).toHaveLength(30);
      expect(await sendings()).toMatchObject([{ state: 'queueing', count: 30 }]);
      expect(await queueAll(storage(), 60)).toEqual([60, 30]);
      expect(new Set(await inOutbox()).size).toBe(120);
    });
    test('takes more at once than fits into one statement', async () => {
      await subscribeAll(storage(), people(1_100));
      await plan();
      expect(await queueAll(storage(), 5_000)).toEqual([1_100]);
      expect(new Set(await inOutbox()).size).toBe(1_100);
    });
    test('does not end because nobody was asked for', async () => {
      await subscribeAll(storage(), [LI]);
      await plan();
      for (const limit of [0, -1, Number.NaN])
        await expect(store().queueNext(TIP, limit, tipTo, TODAY)).rejects.toThrow(RangeError);
      expect(await sendings()).toMatchObject([{ state: 'queueing' }]);
    });
    test('reaches nobody who has left meanwhile, and none twice who left and came back', async () => {
      const [first, second, third] = people(3);
      if (!first || !second || !third) throw new Error('three people');
      await subscribeAll(storage(), [first, second, third]);
      await plan();
      await store().queueNext(TIP, 1, tipTo, TODAY);
      const [reached] = await storage().outbox.claim(lease('me'));
      const others = [first, second, third].filter(({ talker }) => talker !== reached?.talker);
      await storage().talks.transaction(async (tx) => {
        await tx.forget('local', others[0]?.talker ?? '', Date.now());
        await tx.unsubscribe('weekly-tip', { source: 'local', talker: reached?.talker ?? '' });
        await tx.subscribe('weekly-tip', { source: 'local', talker: reached?.talker ?? '' }, NOW);
      });
      expect(await queueAll(storage(), 1)).toEqual([1]);
      expect((await storage().outbox.claim(lease('me'))).map(({ talker }) => talker)).toEqual([others[1]?.talker]);
    });
    test('lets messages get in between', async () => {
      await subscribeAll(storage(), people(400));
      await plan();
      const order: string[] = [];
      const sending = queueAll(storage(), 20).then(() => order.push('sending'));
      for (let i = 0; i < 5; i++) {
        await storage().talks.transaction((tx) => tx.arrived('local', `m${i}`, NOW));
        order.push('message');
      }
      await sending;
      expect(order).toEqual(['message', 'message', 'message', 'message', 'message', 'sending']);
    });
  });

  describe('what nobody asked for', () => {
    const texts = async (now = NOW) =>
      (await storage().outbox.claim(lease('me', { now, leaseUntil: now + HOUR }))).map(({ text }) => text);
    const put = (...replies: readonly ToSay[]) => storage().talks.transaction(say(...replies));
    const unasked = { urgency: 'unasked' } as const;

    test('never holds up an answer, be it later or just being said', async () => {
      await put(reply(LI, 'tip', { ...unasked, dueAt: NOW + HOUR }), reply(LI, 'answer'), reply(LI, 'second'));
      expect(await storage().outbox.nextDue('local')).toBe(NOW);
      expect(await texts()).toEqual(['answer']);
      await put(reply(WANG, 'tip for Wang', unasked));
      expect(await texts()).toEqual(['tip for Wang']);
      await put(reply(WANG, 'answer to Wang', { urgency: 'urgent' }));
      expect(await texts()).toEqual(['answer to Wang']);
    });
    test('waits for an answer that came before it, and keeps its own order', async () => {
      await put(
        reply(LI, 'answer', { dueAt: NOW + 2 }),
        reply(LI, 'tip 1', { ...unasked, dueAt: NOW + 1 }),
        reply(LI, 'tip 2', unasked),
      );
      expect(await texts(NOW + 1)).toEqual([]);
      expect(await storage().outbox.nextDue('local')).toBe(NOW + 2);
      expect(await texts(NOW + 2)).toEqual(['answer']);
      const [id] = (await behind().query(`select id from outbox where state = 'leased'`)).map((row) => Number(row.id));
      await storage().outbox.settle('me', [id ?? 0], { state: 'sent' }, NOW + 2);
      expect(await texts(NOW + 2)).toEqual(['tip 1']);
      expect(await texts(NOW + 2)).toEqual([]);
    });
    test('is taken by its time, and only what answers leave room for', async () => {
      const [a, b, c, d] = people(4) as [typeof LI, typeof LI, typeof LI, typeof LI];
      await put(
        reply(a, 'last', { ...unasked, dueAt: NOW + 2 }),
        reply(b, 'first', unasked),
        reply(c, 'second', { ...unasked, dueAt: NOW + 1 }),
        reply(d, 'answer', { dueAt: NOW + 2 }),
      );
      const now = NOW + 2;
      const claim = async (limit: number) =>
        (await storage().outbox.claim(lease('me', { now, limit, leaseUntil: now + HOUR }))).map(({ text }) => text);
      expect(await claim(2)).toEqual(['answer', 'first']);
      expect(await claim(1)).toEqual(['second']);
      expect(await claim(0)).toEqual([]);
      expect(await storage().outbox.nextDue('local')).toBe(NOW + 2);
      expect(await claim(2)).toEqual(['last']);
      expect(await storage().outbox.nextDue('local')).toBe(now + HOUR);
    });
    test('is given again when its lease ran out', async () => {
      await put(reply(LI, 'tip', unasked));
      await storage().outbox.claim(lease('dead', { leaseUntil: NOW + 10 }));
      expect(await texts(NOW + 9)).toEqual([]);
      expect(await storage().outbox.nextDue('local')).toBe(NOW + 10);
      expect(await texts(NOW + 10)).toEqual(['tip']);
    });
  });
}
