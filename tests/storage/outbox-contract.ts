import { describe, expect, test } from 'vitest';
import type { ToSay } from '../../src/domain/index.ts';
import { DAY, MINUTE } from '../../src/lib/clock.ts';
import type { Behind } from './contract.ts';
import { LI, LI_IN_ROOM, lease, NOW, reply, SECRET_TEXT, say, WANG, WANG_IN_ROOM } from './samples.ts';

/** The part of the contract that is about what must still be said. `behind`: an empty database for each test. */
export function holdsTheOutbox(behind: () => Behind): void {
  const put = (...replies: readonly ToSay[]) => storage().talks.transaction(say(...replies));
  const storage = () => behind().storage;
  const claimTexts = async (changed: Parameters<typeof lease>[1] = {}) =>
    (await storage().outbox.claim(lease('me', changed))).map(({ text }) => text);
  const sendAll = async (now = NOW) => {
    const rows = await storage().outbox.claim(lease('me', { now, limit: 100, leaseUntil: now + MINUTE }));
    await storage().outbox.settle(
      'me',
      rows.map(({ id }) => id),
      { state: 'sent' },
      now,
    );
    return rows;
  };

  describe('the outbox', () => {
    test('gives back what was put in', async () => {
      const toSay = reply(LI_IN_ROOM, SECRET_TEXT, { urgency: 'urgent', replyTo: ['a', 'b'], at: NOW - 5 });
      await put(toSay);
      const [row, ...others] = await storage().outbox.claim(lease('me'));
      expect(others).toEqual([]);
      expect(row).toMatchObject({ ...toSay, attempts: 1 });
    });
    test('numbers rows from the time of its creation, each one more', async () => {
      await put(reply(LI, '1'), reply(LI, '2'), reply(WANG, '3'));
      const rows = await behind().query('select id from outbox order by id');
      const ids = rows.map(({ id }) => Number(id));
      expect(ids).toEqual([NOW, NOW + 1, NOW + 2]);
    });
    test('never gives a number twice, even when the last row is gone', async () => {
      await put(reply(LI, '1'));
      await storage().erase(LI.talker);
      await put(reply(LI, '2'));
      expect((await storage().outbox.claim(lease('me'))).map(({ id }) => id)).toEqual([NOW + 1]);
    });
    test('keeps the order of a conversation: the next only when the one before has ended', async () => {
      await put(reply(LI, '1'), reply(LI, '2'), reply(LI, '3'), reply(WANG, 'w'));
      const [first, wang] = await storage().outbox.claim(lease('me'));
      expect([first?.text, wang?.text]).toEqual(['1', 'w']);
      expect(await claimTexts()).toEqual([]);
      await storage().outbox.settle(
        'me',
        [first?.id ?? 0],
        { state: 'due', dueAt: NOW + 9, code: 'busy', countsAsTry: true },
        NOW,
      );
      expect(await claimTexts()).toEqual([]);
      expect(await claimTexts({ now: NOW + 9 })).toEqual(['1']);
      await storage().outbox.settle('me', [first?.id ?? 0], { state: 'failed', code: 'gone' }, NOW);
      expect(await claimTexts()).toEqual(['2']);
    });
    test('has one order for a room and another for the same person in private', async () => {
      await put(reply(LI_IN_ROOM, 'room 1'), reply(WANG_IN_ROOM, 'room 2'), reply(LI, 'private'));
      expect(await claimTexts()).toEqual(['room 1', 'private']);
    });
    test('takes the pressing first, then the old', async () => {
      const people = ['a', 'b', 'c', 'd'].map((talker) => ({ source: 'local', talker }));
      const urgencies = ['unasked', 'answer', 'urgent', 'answer'] as const;
      await put(
        ...people.map((who, i) => reply(who, `${who.talker} ${urgencies[i]}`, { urgency: urgencies[i] ?? 'answer' })),
      );
      expect(await claimTexts({ limit: 3 })).toEqual(['c urgent', 'b answer', 'd answer']);
      expect(await claimTexts()).toEqual(['a unasked']);
    });
    test('takes nothing before its time, and of its own source only', async () => {
      await put(reply(LI, 'later', { dueAt: NOW + 1 }), reply({ source: 'wechat4u', talker: 'x' }, 'elsewhere'));
      expect(await claimTexts()).toEqual([]);
      expect(await claimTexts({ now: NOW + 1 })).toEqual(['later']);
    });
    test('gives a row again when its lease ran out, and the late owner no longer ends it', async () => {
      await put(reply(LI, '1'));
      const [mine] = await storage().outbox.claim(lease('dead', { leaseUntil: NOW + 10 }));
      expect(await storage().outbox.claim(lease('alive', { now: NOW + 9 }))).toEqual([]);
      const [again] = await storage().outbox.claim(lease('alive', { now: NOW + 10, leaseUntil: NOW + 99 }));
      expect(again).toMatchObject({ id: mine?.id, attempts: 2 });
      expect(await storage().outbox.settle('dead', [mine?.id ?? 0], { state: 'sent' }, NOW + 11)).toEqual([]);
      expect(await storage().outbox.settle('alive', [mine?.id ?? 0], { state: 'sent' }, NOW + 11)).toEqual([mine?.id]);
      expect(await storage().outbox.settle('alive', [mine?.id ?? 0], { state: 'failed', code: 'x' }, NOW)).toEqual([]);
      expect(await storage().outbox.tally()).toEqual({ sent: 1 });
    });
    test('does not count a try that was none', async () => {
      await put(reply(LI, '1'));
      const [row] = await storage().outbox.claim(lease('me'));
      await storage().outbox.settle(
        'me',
        [row?.id ?? 0],
        { state: 'due', dueAt: NOW, code: 'pace', countsAsTry: false },
        NOW,
      );
      expect((await storage().outbox.claim(lease('me')))[0]?.attempts).toBe(1);
    });
    test('settles many at once, and nothing when there is nothing', async () => {
      await put(...Array.from({ length: 30 }, (_, i) => reply({ source: 'local', talker: `t${i}` }, `${i}`)));
      const ids = (await storage().outbox.claim(lease('me', { limit: 30 }))).map(({ id }) => id);
      expect((await storage().outbox.settle('me', ids, { state: 'unknown', code: 'lost' }, NOW)).toSorted()).toEqual(
        ids,
      );
      expect(await storage().outbox.settle('me', [], { state: 'sent' }, NOW)).toEqual([]);
      expect(await storage().outbox.tally()).toEqual({ unknown: 30 });
    });
    test('tells when the next row can be claimed', async () => {
      expect(await storage().outbox.nextDue('local')).toBeUndefined();
      await put(reply(LI, '1', { dueAt: NOW + 50 }), reply(LI, '2', { dueAt: NOW + 1 }));
      expect(await storage().outbox.nextDue('local')).toBe(NOW + 50);
      await storage().outbox.claim(lease('me', { now: NOW + 50, leaseUntil: NOW + 70 }));
      expect(await storage().outbox.nextDue('local')).toBe(NOW + 70);
      expect(await storage().outbox.nextDue('wechat4u')).toBeUndefined();
    });
    test('tells what was sent, to whom, when and how much', async () => {
      await put(reply(LI, '1'), reply(WANG, '2'), reply(LI_IN_ROOM, '3'));
      expect(await storage().outbox.lastSentTo(LI)).toBeUndefined();
      await sendAll(NOW + 5);
      await put(reply(LI, '4'));
      await sendAll(NOW + 9);
      expect(await storage().outbox.lastSentTo(LI)).toBe(NOW + 9);
      expect(await storage().outbox.lastSentTo(WANG)).toBe(NOW + 5);
      expect(await storage().outbox.lastSentTo(WANG_IN_ROOM)).toBe(NOW + 5);
      expect([
        await storage().outbox.sentSince('local', NOW),
        await storage().outbox.sentSince('local', NOW + 6),
      ]).toEqual([4, 1]);
      expect(await storage().outbox.sentSince('wechat4u', NOW)).toBe(0);
    });
    test('shows a page what was said to its talker in private while it was away', async () => {
      await put(reply(LI, 'old', { at: NOW - DAY }), reply(LI, 'seen'), reply(LI_IN_ROOM, 'room'), reply(WANG, 'his'));
      await put(reply(LI, 'missed'));
      await put(reply(LI, 'not yet said'));
      const sent = [...(await sendAll()), ...(await sendAll()), ...(await sendAll())];
      const seen = sent.find(({ text }) => text === 'seen')?.id ?? 0;
      const said = await storage().outbox.saidTo('local', LI.talker, 0, NOW);
      expect(said.map(({ text }) => text)).toEqual(['seen', 'missed']);
      expect((await storage().outbox.saidTo('local', LI.talker, seen, NOW))[0]).toEqual({
        sequence: sent.find(({ text }) => text === 'missed')?.id,
        text: 'missed',
        replyTo: ['message of missed'],
        at: NOW,
      });
    });
    test('gives no row to two of many callers at once', async () => {
      await put(...Array.from({ length: 200 }, (_, i) => reply({ source: 'local', talker: `t${i}` }, `${i}`)));
      const callers = Array.from({ length: 8 }, async (_, i) => {
        const mine: number[] = [];
        for (;;) {
          const rows = await storage().outbox.claim(lease(`caller ${i}`, { limit: 7 }));
          if (rows.length === 0) return mine;
          mine.push(...rows.map(({ id }) => id));
        }
      });
      const all = (await Promise.all(callers)).flat();
      expect(all.toSorted()).toEqual(Array.from({ length: 200 }, (_, i) => NOW + i));
    });
  });
}
