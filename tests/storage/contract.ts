import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ToSay } from '../../src/domain/index.ts';
import { DAY, HOUR } from '../../src/lib/clock.ts';
import type { Storage } from '../../src/storage/index.ts';
import { sendsToAllOnce } from './broadcast-contract.ts';
import { holdsTheCampaign } from './campaign-contract.ts';
import { DEPUTY, named } from './campaign-samples.ts';
import { holdsTheOutbox } from './outbox-contract.ts';
import {
  LI,
  LI_IN_ROOM,
  lease,
  NOW,
  QUIET_GROUP,
  ROOM,
  reply,
  SECRET_TEXT,
  say,
  talkSaying,
  WANG,
  WANG_IN_ROOM,
} from './samples.ts';
import { outlivesUnreadableRows } from './unreadable-contract.ts';

/** A storage, and a way to look behind it. */
export interface Behind {
  readonly storage: Storage;
  /** What its log wrote. */
  readonly lines: readonly string[];
  query(sql: string): Promise<readonly Record<string, unknown>[]>;
  close(): Promise<void>;
}

const TABLES = [
  'inbox',
  'talk',
  'talk_group',
  'outbox',
  'open_question',
  'stat_day',
  'kv',
  'passive_reply',
  'allowance',
  'member',
  'invitation',
  'subscription',
  'broadcast',
  'campaign_event',
  'weekly_choice',
  'roll_call_name',
];

/** What holds on every engine. `open` gives an empty database of its own. */
export function keepsTheContract(open: () => Promise<Behind>): void {
  let behind: Behind;
  let storage: Storage;
  beforeEach(async () => {
    behind = await open();
    storage = behind.storage;
  });
  afterEach(() => behind.close());

  const arrive = (id: string, source = 'local') => storage.talks.transaction((tx) => tx.arrived(source, id, NOW));
  const put = (...replies: readonly ToSay[]) => storage.talks.transaction(say(...replies));

  describe('a message', () => {
    test('is new once, whoever delivers it at the same time', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => arrive('m1')));
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await arrive('m1')).toBe(false);
    });
    test('is another one in another source', async () => {
      expect([await arrive('m1', 'local'), await arrive('m1', 'wechat4u')]).toEqual([true, true]);
    });
    test('is not noted when the transaction fails', async () => {
      const work = storage.talks.transaction(async (tx) => {
        await tx.arrived('local', 'm1', NOW);
        await tx.say(reply(LI, '别转钱'));
        throw new Error('of the caller');
      });
      await expect(work).rejects.toThrow('of the caller');
      expect(await arrive('m1')).toBe(true);
      expect(await storage.outbox.tally()).toEqual({});
    });
    test('may carry any id', async () => {
      const hostile = ["'; drop table inbox; --", '\0', '\ud800', '["a","b"]', '', 'x'.repeat(10_000)];
      for (const id of hostile) expect([await arrive(id), await arrive(id)]).toEqual([true, false]);
    });
  });

  describe('a talk', () => {
    test('comes back as it was kept, one for each place', async () => {
      const hostile = "\0 \ud800 '; drop table talk; -- 👵 \u2028";
      await storage.talks.transaction(async (tx) => {
        await tx.keepTalk(LI, talkSaying(hostile), undefined, NOW);
        await tx.keepTalk(LI_IN_ROOM, talkSaying('in the room'), undefined, NOW);
        await tx.keepTalk(LI, talkSaying(`${hostile} again`), undefined, NOW);
      });
      await storage.talks.transaction(async (tx) => {
        expect((await tx.talk(LI))?.lastReply).toBe(`${hostile} again`);
        expect((await tx.talk(LI_IN_ROOM))?.lastReply).toBe('in the room');
        expect(await tx.talk(WANG)).toBeUndefined();
        expect(await tx.talk({ ...LI, source: 'wechat4u' })).toBeUndefined();
      });
    });
    test('is changed by one at a time, also when nobody has talked before', async () => {
      const more = () =>
        storage.talks.transaction(async (tx) => {
          const told = (await tx.talk(LI))?.lastReply ?? '';
          await new Promise((resolve) => setTimeout(resolve, 1));
          await tx.keepTalk(LI, talkSaying(`${told}x`), undefined, NOW);
        });
      await Promise.all(Array.from({ length: 12 }, more));
      expect((await storage.talks.transaction((tx) => tx.talk(LI)))?.lastReply).toBe('x'.repeat(12));
    });
    test('wakes at its time, oldest first, until it is kept with another', async () => {
      expect(await storage.talks.nextWake()).toBeUndefined();
      await storage.talks.transaction(async (tx) => {
        await tx.keepTalk(LI, talkSaying('a'), NOW + 20, NOW);
        await tx.keepTalk(WANG_IN_ROOM, talkSaying('b'), NOW + 10, NOW);
        await tx.keepTalk(WANG, talkSaying('c'), undefined, NOW);
      });
      expect(await storage.talks.nextWake()).toBe(NOW + 10);
      expect(await storage.talks.wakeable(NOW + 9, 10)).toEqual([]);
      expect(await storage.talks.wakeable(NOW + 20, 10)).toEqual([WANG_IN_ROOM, LI]);
      expect(await storage.talks.wakeable(NOW + 20, 1)).toEqual([WANG_IN_ROOM]);
      await storage.talks.transaction((tx) => tx.keepTalk(WANG_IN_ROOM, talkSaying('b'), undefined, NOW));
      expect(await storage.talks.nextWake()).toBe(NOW + 20);
    });
  });

  test('a group is remembered by source and room', async () => {
    await storage.talks.transaction((tx) => tx.keepGroup('local', ROOM, QUIET_GROUP, NOW));
    await storage.talks.transaction(async (tx) => {
      expect(await tx.group('local', ROOM)).toMatchObject({ reminders: true, lastUnasked: NOW });
      expect(await tx.group('local', 'another')).toBeUndefined();
      expect(await tx.group('wechat4u', ROOM)).toBeUndefined();
    });
  });

  describe('a transaction', () => {
    test('is not committed around a statement that failed, even if the caller goes on', async () => {
      const work = storage.talks.transaction(async (tx) => {
        await tx.arrived('local', 'm1', NOW);
        // No column takes this.
        await tx.keepGroup('local', ROOM, QUIET_GROUP, Symbol('no time') as unknown as number).catch(() => {});
      });
      await expect(work).rejects.toThrow();
      expect(await arrive('m1')).toBe(true);
    });
    test('refuses to be used after its end', async () => {
      let left: (() => Promise<unknown>) | undefined;
      await storage.talks.transaction(async (tx) => {
        left = () => tx.say(reply(LI, 'too late'));
      });
      await expect(left?.()).rejects.toThrow('ended');
      expect(await storage.outbox.tally()).toEqual({});
    });
    test('counts what it did, exactly, with many at once', async () => {
      const work = (i: number) =>
        storage.talks.transaction(async (tx) => {
          await tx.count('2026-11-24', 'warning', 'email');
          if (i % 2 === 0) await tx.count('2026-11-24', 'warning', 'loan');
          await tx.count('2026-11-24', 'warning', 'email');
        });
      await Promise.all(Array.from({ length: 20 }, (_, i) => work(i)));
      const sums = await behind.query(
        'select kind, entry, sum(count) as total from stat_day group by kind, entry order by entry',
      );
      expect(sums.map(({ entry, total }) => [entry, Number(total)])).toEqual([
        ['email', 40],
        ['loan', 10],
      ]);
    });
  });

  describe('an open question', () => {
    const ask = (who: typeof LI, maskedText: string, at = NOW) =>
      storage.talks.transaction((tx) => tx.askOffice(who, { kind: 'unknown', maskedText, entry: undefined, at }));
    const questions = () => behind.query('select count, first_at, last_at, asker from open_question order by id');
    const texts = async () => (await storage.office.openQuestions()).map(({ maskedText }) => maskedText);

    test('counts up when it is asked again, and then belongs to nobody', async () => {
      await ask(LI, '有人要***');
      await ask(WANG, '有人要***', NOW + HOUR);
      await ask(LI, '另一件事\0');
      expect((await questions()).map((row) => [Number(row.count), row.asker === null])).toEqual([
        [2, true],
        [1, false],
      ]);
      expect(await texts()).toEqual(['有人要***', '另一件事\0']);
      const [first] = await questions();
      expect([Number(first?.first_at), Number(first?.last_at)]).toEqual([NOW, NOW + HOUR]);
    });
    test('goes with the one who asked it, and stays when others asked it too', async () => {
      await ask(LI, '只有我问');
      await ask(LI, '大家都问');
      await ask(WANG, '大家都问');
      await storage.talks.transaction((tx) => tx.forget('local', LI.talker, Date.now()));
      expect(await texts()).toEqual(['大家都问']);
    });
    test('may hold any text', async () => {
      const hostile = ["'; drop table open_question; --", '\ud800', '["unknown","x"]', '👵\u2028'];
      for (const text of hostile) await ask(LI, text);
      expect(await texts()).toEqual(hostile);
    });
    test('has a fingerprint that cannot be guessed from its text', async () => {
      await ask(LI, '有人要***');
      const guess = createHash('sha256').update('["unknown","有人要***"]').digest('base64url');
      expect((await behind.query('select fingerprint from open_question'))[0]?.fingerprint).not.toBe(guess);
    });
    test('goes 90 days after it was last asked', async () => {
      await ask(LI, 'once');
      await ask(LI, 'twice');
      await ask(WANG, 'twice', NOW + DAY);
      expect(await storage.tidy(NOW + 90 * DAY)).toMatchObject({ questions: 0 });
      expect(await storage.tidy(NOW + 90 * DAY + 1)).toMatchObject({ questions: 1 });
      expect(await texts()).toEqual(['twice']);
    });
  });

  holdsTheOutbox(() => behind);
  holdsTheCampaign(() => behind);
  sendsToAllOnce(() => behind);
  outlivesUnreadableRows(() => behind);

  describe('who is forgotten', () => {
    test('leaves no row, in any source and room, and others stay', async () => {
      const wechat = { source: 'wechat4u', talker: LI.talker };
      await storage.talks.transaction(async (tx) => {
        for (const who of [LI, LI_IN_ROOM, WANG, wechat]) {
          await tx.keepTalk(who, talkSaying(SECRET_TEXT), undefined, NOW);
          await tx.say(reply(who, SECRET_TEXT));
        }
        await tx.askOffice(LI, { kind: 'disputed', maskedText: '不对', entry: 'email', at: NOW });
        await tx.askOffice(wechat, { kind: 'unknown', maskedText: '在微信问', entry: undefined, at: NOW });
      });
      expect(await storage.erase(LI.talker)).toBe(8);
      expect(await storage.erase(LI.talker)).toBe(0);
      const left = await behind.query(
        'select owner from talk union all select owner from outbox union all select asker from open_question',
      );
      expect(left).toHaveLength(2);
      expect((await storage.talks.transaction((tx) => tx.talk(WANG)))?.lastReply).toBe(SECRET_TEXT);
    });
    test('is found in the one source in which he asked for it', async () => {
      await put(reply(LI, '1'), reply({ source: 'wechat4u', talker: LI.talker }, '2'));
      await storage.talks.transaction((tx) => tx.forget('local', LI.talker, Date.now()));
      await storage.talks.scrub();
      expect(await behind.query('select source from outbox')).toEqual([{ source: 'wechat4u' }]);
    });
  });

  test('no table holds an id or a text that anybody could read', async () => {
    await storage.talks.transaction(async (tx) => {
      await tx.arrived('local', 'message-4711', NOW);
      await tx.keepTalk(LI_IN_ROOM, talkSaying(SECRET_TEXT), NOW, NOW);
      await tx.keepGroup('local', ROOM, QUIET_GROUP, NOW);
      await tx.say(reply(LI_IN_ROOM, SECRET_TEXT, { replyTo: ['message-4711'] }));
      await tx.askOffice(LI_IN_ROOM, { kind: 'unknown', maskedText: '有人要***', entry: undefined, at: NOW });
      await tx.keepMember('local', LI.talker, DEPUTY, NOW);
      await tx.subscribe('weekly-tip', LI_IN_ROOM, NOW);
      await tx.keepName('local', LI.talker, named('李老师'));
    });
    const dump = JSON.stringify(await Promise.all(TABLES.map((table) => behind.query(`select * from ${table}`))));
    expect(dump).toContain('key-digest');
    for (const secret of ['有人要', SECRET_TEXT, LI.talker, ROOM, 'message-4711', '验证码', '李老师', DEPUTY.unit])
      expect(dump, secret).not.toContain(secret);
  });
  test('a row that was moved to another person is not his', async () => {
    await storage.talks.transaction(async (tx) => {
      await tx.keepTalk(LI, talkSaying('of Li'), undefined, NOW);
      await tx.keepTalk(WANG, talkSaying('of Wang'), undefined, NOW);
    });
    await behind.query('update talk set sealed = (select max(sealed) from talk)');
    const read = async (who: typeof LI) => (await storage.talks.transaction((tx) => tx.talk(who)))?.lastReply;
    expect([
      [undefined, 'of Wang'],
      ['of Li', undefined],
    ]).toContainEqual([await read(LI), await read(WANG)]);
  });

  describe('tidying', () => {
    test('expires what came too late, then drops what was kept long enough', async () => {
      await put(
        reply(LI, 'too late', { expiresAt: NOW + HOUR, keepUntil: NOW + DAY }),
        reply(WANG, 'waits', { dueAt: NOW + DAY, expiresAt: NOW + 3 * DAY, keepUntil: NOW + 3 * DAY }),
      );
      expect(await storage.tidy(NOW + HOUR)).toMatchObject({ expired: 0, outbox: 0 });
      expect(await storage.tidy(NOW + HOUR + 1)).toMatchObject({ expired: 1, outbox: 0 });
      expect(await storage.outbox.tally()).toEqual({ due: 1, expired: 1 });
      expect(await storage.tidy(NOW + DAY + 1)).toMatchObject({ expired: 0, outbox: 1 });
      expect(await storage.outbox.tally()).toEqual({ due: 1 });
    });
    test('leaves alone what somebody is saying right now', async () => {
      await put(reply(LI, 'in his hands', { expiresAt: NOW, keepUntil: NOW }));
      await storage.outbox.claim(lease('me', { leaseUntil: NOW + HOUR }));
      expect(await storage.tidy(NOW + HOUR - 1)).toMatchObject({ expired: 0, outbox: 0 });
      expect(await storage.tidy(NOW + HOUR)).toMatchObject({ expired: 1, outbox: 1 });
    });
    test('forgets messages after seven days and talks after half a year', async () => {
      await arrive('m1');
      await storage.talks.transaction((tx) => tx.keepTalk(LI, talkSaying('a'), undefined, NOW));
      expect(await storage.tidy(NOW + 7 * DAY)).toMatchObject({ inbox: 0, talks: 0 });
      expect(await storage.tidy(NOW + 7 * DAY + 1)).toMatchObject({ inbox: 1, talks: 0 });
      expect(await storage.tidy(NOW + 180 * DAY + 1)).toMatchObject({ inbox: 0, talks: 1 });
    });
  });

  test('the probe writes, and says when the storage is closed', async () => {
    await storage.check();
    expect(await behind.query("select value from kv where key = 'probe'")).toEqual([{ value: String(NOW) }]);
    await storage.close();
    await storage.close();
    await expect(storage.check()).rejects.toMatchObject({ name: 'StorageFault', code: 'closed', retryable: false });
  });
}
