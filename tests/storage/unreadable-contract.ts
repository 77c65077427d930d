import { describe, expect, test } from 'vitest';
import { HOUR } from '../../src/lib/clock.ts';
import { DEPUTY, named, people, queueAll, subscribeAll, TIP } from './campaign-samples.ts';
import type { Behind } from './contract.ts';
import {
  LI,
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

/** What one row that cannot be read may do: harm itself alone. `behind`: an empty database for each test. */
export function outlivesUnreadableRows(behind: () => Behind): void {
  const talks = () => behind().storage.talks;
  const outbox = () => behind().storage.outbox;
  const ownerOf = async (table: string, order: string) =>
    (await behind().query(`select owner from ${table} order by ${order} limit 1`))[0]?.owner;
  const alarms = () =>
    behind()
      .lines.map((line) => JSON.parse(line) as { level: number; table?: string; count?: number; msg: string })
      .filter(({ level }) => level >= 50);

  describe('a row that cannot be read', () => {
    test.each(['AAAA', '', '不是密文', `${'A'.repeat(5_000)}`])(
      'of a talk that waits keeps nobody else asleep: %.10s',
      async (damage) => {
        await talks().transaction(async (tx) => {
          await tx.keepTalk(LI, talkSaying(SECRET_TEXT), NOW + 1, NOW);
          await tx.keepTalk(WANG, talkSaying('b'), NOW + 2, NOW);
        });
        await behind().query(`update talk set sealed = '${damage}' where wake_at = ${NOW + 1}`);
        expect(await talks().wakeable(NOW + 2, 10)).toEqual([WANG]);
        expect(await talks().nextWake()).toBe(NOW + 2);
        expect(await talks().wakeable(NOW + 2, 10)).toEqual([WANG]);
        expect(alarms()).toMatchObject([{ table: 'talk', count: 1, msg: expect.stringMatching(/读不出来.*怎么改/) }]);
        expect(behind().lines.join('')).not.toMatch(new RegExp(`${SECRET_TEXT}|${LI.talker}`));
      },
    );
    test('of a talk lets its talker begin a new one', async () => {
      await talks().transaction((tx) => tx.keepTalk(LI, talkSaying('old'), undefined, NOW));
      await behind().query(`update talk set sealed = 'AAAA'`);
      await talks().transaction(async (tx) => {
        expect(await tx.talk(LI)).toBeUndefined();
        await tx.keepTalk(LI, talkSaying('new'), undefined, NOW);
      });
      expect((await talks().transaction((tx) => tx.talk(LI)))?.lastReply).toBe('new');
      expect(alarms()).toHaveLength(1);
    });
    test('of talks alone, more of them than are woken at once, hides none behind them', async () => {
      const others = ['a', 'b', 'c'].map((talker) => ({ source: 'local', talker }));
      await talks().transaction(async (tx) => {
        for (const who of others) await tx.keepTalk(who, talkSaying('x'), NOW + 1, NOW);
        await tx.keepTalk(WANG_IN_ROOM, talkSaying('b'), NOW + 2, NOW);
      });
      await behind().query(`update talk set sealed = 'AAAA' where wake_at = ${NOW + 1}`);
      expect(await talks().wakeable(NOW + 2, 2)).toEqual([WANG_IN_ROOM]);
    });
    test('of a group is as if the group had never spoken', async () => {
      await talks().transaction((tx) => tx.keepGroup('local', ROOM, QUIET_GROUP, NOW));
      await behind().query(`update talk_group set sealed = 'AAAA'`);
      expect(await talks().transaction((tx) => tx.group('local', ROOM))).toBeUndefined();
      expect(alarms()).toMatchObject([{ table: 'talk_group', count: 1 }]);
    });
    test('of the outbox fails, and what was claimed with it is said', async () => {
      await talks().transaction(say(reply(LI, SECRET_TEXT), reply(LI, 'after it'), reply(WANG, 'to another')));
      await behind().query(`update outbox set sealed = 'AAAA' where id = ${NOW}`);
      expect((await outbox().claim(lease('me'))).map(({ text }) => text)).toEqual(['to another']);
      expect((await outbox().claim(lease('me'))).map(({ text }) => text)).toEqual(['after it']);
      expect(await behind().query(`select code, lease_owner from outbox where state = 'failed'`)).toEqual([
        { code: 'damaged', lease_owner: null },
      ]);
      expect(alarms()).toMatchObject([{ table: 'outbox', count: 1, code: 'damaged' }]);
    });
    test('of the outbox that comes alone does not hide what comes after it', async () => {
      await talks().transaction(say(reply(LI, '1'), reply(LI, '2')));
      await behind().query(`update outbox set sealed = 'AAAA' where id = ${NOW}`);
      expect((await outbox().claim(lease('me', { limit: 1 }))).map(({ text }) => text)).toEqual(['2']);
    });
    test('of what was said is left out where a page reads it, and told of once', async () => {
      await talks().transaction(say(reply(LI, '1')));
      await outbox().settle('me', [(await outbox().claim(lease('me')))[0]?.id ?? 0], { state: 'sent' }, NOW);
      await talks().transaction(say(reply(LI, '2')));
      await outbox().settle('me', [(await outbox().claim(lease('me')))[0]?.id ?? 0], { state: 'sent' }, NOW);
      await behind().query(`update outbox set sealed = 'AAAA' where id = ${NOW}`);
      for (let i = 0; i < 3; i++)
        expect((await outbox().saidTo('local', LI.talker, 0, NOW - HOUR)).map(({ text }) => text)).toEqual(['2']);
      expect(alarms()).toHaveLength(1);
    });
    test('is passed over where a request takes its answer back with it', async () => {
      await talks().transaction(say(reply(LI, 'first', { replyTo: ['m1'] }), reply(LI, 'second', { replyTo: ['m1'] })));
      await behind().query(`update outbox set sealed = 'AAAA' where id = ${NOW}`);
      const asked = { source: 'local', talker: LI.talker, id: 'm1', now: NOW, holdMs: HOUR };
      const fit = (texts: readonly string[]): readonly [string, string] => [texts.join('|'), ''];
      expect(await behind().storage.passive.take({ ...asked, fit } as never)).toEqual({ kind: 'says', text: 'second' });
      expect(await outbox().tally()).toEqual({ failed: 1, sent: 1 });
    });
    test('of a question is left out for the office', async () => {
      await talks().transaction(async (tx) => {
        await tx.askOffice(LI, { kind: 'unknown', maskedText: 'one', entry: undefined, at: NOW });
        await tx.askOffice(LI, { kind: 'unknown', maskedText: 'two', entry: undefined, at: NOW });
      });
      await behind().query(
        `update open_question set masked_text = 'AAAA' where id = (select min(id) from open_question)`,
      );
      expect((await behind().storage.office.openQuestions()).map(({ maskedText }) => maskedText)).toEqual(['two']);
    });
    test('of a member lets him begin anew', async () => {
      await talks().transaction((tx) => tx.keepMember('local', LI.talker, DEPUTY, NOW));
      await behind().query(`update member set sealed = 'AAAA'`);
      await talks().transaction(async (tx) => {
        expect(await tx.member('local', LI.talker)).toBeUndefined();
        await tx.keepMember('local', LI.talker, { learning: true }, NOW);
      });
      expect(await talks().transaction((tx) => tx.member('local', LI.talker))).toEqual({ learning: true });
      expect(alarms()).toMatchObject([{ table: 'member', count: 1 }]);
    });
    test('of a member that was put in the place of another is not his', async () => {
      await talks().transaction(async (tx) => {
        await tx.keepMember('local', LI.talker, DEPUTY, NOW);
        await tx.keepMember('local', WANG.talker, {}, NOW);
      });
      await behind().query(`update member set sealed = (select max(sealed) from member)`);
      const members = await talks().transaction(async (tx) => [
        await tx.member('local', LI.talker),
        await tx.member('local', WANG.talker),
      ]);
      expect(members.filter((member) => member === undefined)).toHaveLength(1);
    });
    test('of subscriptions holds up no sending, and is told of', async () => {
      await subscribeAll(behind().storage, people(12));
      await behind().storage.campaign.plan({ ...TIP, state: 'queueing' });
      // Two whole parts, and one row of another.
      const [, , , third] = await behind().query('select place from subscription order by place limit 4');
      await behind().query(`update subscription set sealed = 'AAAA' where place <= '${third?.place}'
        or place = (select max(place) from subscription)`);
      expect(await queueAll(behind().storage, 2)).toEqual([2, 2, 2, 1]);
      expect((await outbox().claim(lease('me', { limit: 20 }))).map(({ text }) => text)).toEqual(
        Array.from({ length: 7 }, (_, i) => `tip ${i}`),
      );
      expect(await behind().storage.campaign.broadcasts('weekly-tip', 1)).toMatchObject([
        { state: 'queued', count: 7 },
      ]);
      expect(alarms()).toMatchObject([
        { table: 'subscription', count: 4 },
        { table: 'subscription', count: 1 },
      ]);
    });
    test('of a subscription can be given up and taken again', async () => {
      await subscribeAll(behind().storage, [LI]);
      await behind().query(`update subscription set sealed = 'AAAA'`);
      await talks().transaction(async (tx) => {
        expect(await tx.unsubscribe('weekly-tip', LI)).toBe(true);
        expect(await tx.subscribe('weekly-tip', LI, NOW)).toBe(true);
      });
      await behind().storage.campaign.plan({ ...TIP, state: 'queueing' });
      expect(await queueAll(behind().storage, 2)).toEqual([1]);
    });
    test('of a list of names is left out', async () => {
      await talks().transaction(async (tx) => {
        await tx.keepName('local', LI.talker, named('李老师'));
        await tx.keepName('local', WANG.talker, named('王大爷', { tool: 'call-guard' }));
      });
      await behind().query(`update roll_call_name set sealed = 'AAAA' where tool = 'app'`);
      expect((await behind().storage.campaign.names('五沟营镇')).map(({ name }) => name)).toEqual(['王大爷']);
      expect(alarms()).toMatchObject([{ table: 'roll_call_name', count: 1 }]);
    });
    test('still goes with its person', async () => {
      await talks().transaction(async (tx) => {
        await tx.keepTalk(LI, talkSaying('x'), undefined, NOW);
        await tx.say(reply(LI, 'x'));
      });
      expect(await ownerOf('talk', 'name')).toBe(await ownerOf('outbox', 'id'));
      await behind().query(`update talk set sealed = 'AAAA'`);
      await behind().query(`update outbox set sealed = 'AAAA'`);
      expect(await behind().storage.erase(LI.talker)).toBe(2);
    });
  });
}
