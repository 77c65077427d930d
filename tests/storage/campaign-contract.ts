import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CAMPAIGN_EVENTS, type CampaignEvent, type CampaignTransaction } from '../../src/campaign/index.ts';
import { DAY } from '../../src/lib/clock.ts';
import { DEPUTY, event, named, TIP, TODAY } from './campaign-samples.ts';
import type { Behind } from './contract.ts';
import { LI, LI_IN_ROOM, NOW, WANG, WANG_IN_ROOM } from './samples.ts';

const HOSTILE = ["'; drop table member; --", '\0', '\ud800', '["a","b"]', '', '👵\u2028', 'x'.repeat(10_000)];

/** The part of the contract that is about the campaign. `behind`: an empty database for each test. */
export function holdsTheCampaign(behind: () => Behind): void {
  const store = () => behind().storage.campaign;
  const within = <Result>(work: (tx: CampaignTransaction) => Promise<Result>) =>
    behind().storage.talks.transaction(work);
  const note = (...events: readonly CampaignEvent[]) =>
    within(async (tx) => {
      for (const one of events) await tx.note(one);
    });

  describe('a member', () => {
    test('comes back as he was kept, and is one for each source', async () => {
      await within((tx) => tx.keepMember('local', LI.talker, { unit: 'old' }, NOW));
      await within((tx) => tx.keepMember('local', LI.talker, DEPUTY, NOW + 1));
      await within(async (tx) => {
        expect(await tx.member('local', LI.talker)).toEqual(DEPUTY);
        expect(await tx.member('wechat4u', LI.talker)).toBeUndefined();
        expect(await tx.member('local', WANG.talker)).toBeUndefined();
      });
    });
    test('is changed by one at a time, also when he is new', async () => {
      const more = () =>
        within(async (tx) => {
          const groups = (await tx.member('local', LI.talker))?.lastForward?.groups ?? 0;
          await new Promise((resolve) => setTimeout(resolve, 1));
          await tx.keepMember('local', LI.talker, { lastForward: { groups: groups + 1, people: 0, at: NOW } }, NOW);
        });
      await Promise.all(Array.from({ length: 12 }, more));
      expect((await within((tx) => tx.member('local', LI.talker)))?.lastForward?.groups).toBe(12);
    });
    test('is kept together with what his message did, or not at all', async () => {
      const work = within(async (tx) => {
        await tx.arrived('local', 'm1', NOW);
        await tx.keepMember('local', LI.talker, DEPUTY, NOW);
        await tx.note(event({ kind: 'deputy-joined' }));
        throw new Error('of the caller');
      });
      await expect(work).rejects.toThrow('of the caller');
      await within(async (tx) => {
        expect(await tx.arrived('local', 'm1', NOW)).toBe(true);
        expect(await tx.member('local', LI.talker)).toBeUndefined();
        expect(await tx.total('deputy-joined')).toEqual({ events: 0, amount: 0, people: 0 });
      });
    });
    test('is not committed around a note that failed, even if the caller goes on', async () => {
      const work = within(async (tx) => {
        await tx.keepMember('local', LI.talker, DEPUTY, NOW);
        await tx.note(event({ amount: Symbol('no number') as unknown as number })).catch(() => {});
      });
      await expect(work).rejects.toThrow();
      expect(await within((tx) => tx.member('local', LI.talker))).toBeUndefined();
    });
    test('cannot be kept after the end of the transaction', async () => {
      let left: (() => Promise<unknown>) | undefined;
      await within(async (tx) => {
        left = () => tx.keepMember('local', LI.talker, DEPUTY, NOW);
      });
      await expect(left?.()).rejects.toThrow('ended');
    });
  });

  describe('an invitation', () => {
    const use = (code: string, now = NOW) => within((tx) => tx.useInvitation(code, now));
    test('is good for one of many who use it at once', async () => {
      await store().invite('ABCD2345', NOW + DAY, NOW);
      const answers = await Promise.all(Array.from({ length: 8 }, () => use('ABCD2345')));
      expect(answers.filter(Boolean)).toHaveLength(1);
      expect(await use('ABCD2345')).toBe(false);
    });
    test('is good until its time, and stays good when the message that used it failed', async () => {
      await store().invite('ABCD2345', NOW + DAY, NOW);
      expect(await use('ABCD2345', NOW + DAY)).toBe(false);
      const failed = within(async (tx) => {
        expect(await tx.useInvitation('ABCD2345', NOW)).toBe(true);
        throw new Error('of the caller');
      });
      await expect(failed).rejects.toThrow('of the caller');
      expect(await use('ABCD2345', NOW + DAY - 1)).toBe(true);
    });
    test('is none that was never given out', async () => {
      await store().invite('ABCD2345', NOW + DAY, NOW);
      for (const code of [...HOSTILE, 'ABCD2346', '%', 'abcd2345']) expect(await use(code)).toBe(false);
    });
    test('is not to be read out of the database, and goes 30 days after its time', async () => {
      await store().invite('ABCD2345', NOW, NOW);
      expect(JSON.stringify(await behind().query('select * from invitation'))).not.toContain('ABCD');
      expect(await behind().storage.tidy(NOW + 30 * DAY)).toMatchObject({ invitations: 0 });
      expect(await behind().storage.tidy(NOW + 30 * DAY + 1)).toMatchObject({ invitations: 1 });
    });
  });

  test('a subscription is one for each topic and place, and a group is one place', async () => {
    await within(async (tx) => {
      expect(await tx.subscribe('weekly-tip', LI, NOW)).toBe(true);
      expect(await tx.subscribe('weekly-tip', LI, NOW)).toBe(false);
      expect(await tx.subscribe('lesson', LI, NOW)).toBe(true);
      expect(await tx.subscribe('weekly-tip', LI_IN_ROOM, NOW)).toBe(true);
      expect(await tx.subscribe('weekly-tip', WANG_IN_ROOM, NOW)).toBe(false);
    });
    expect([await store().subscribers('weekly-tip'), await store().subscribers('lesson')]).toEqual([2, 1]);
    await within(async (tx) => {
      expect(await tx.unsubscribe('weekly-tip', WANG_IN_ROOM)).toBe(true);
      expect(await tx.unsubscribe('weekly-tip', LI_IN_ROOM)).toBe(false);
      expect(await tx.unsubscribe('weekly-tip', WANG)).toBe(false);
    });
    expect([await store().subscribers('weekly-tip'), await store().subscribers('lesson')]).toEqual([1, 1]);
  });

  test('the tip of a week is what was chosen last, or none', async () => {
    expect(await store().chosenTip('2026-11-23')).toBeUndefined();
    await store().chooseTip('2026-11-23', 'email');
    await store().chooseTip('2026-11-23', 'loan');
    expect(await store().chosenTip('2026-11-23')).toBe('loan');
    expect(await within((tx) => tx.chosenTip('2026-11-23'))).toBe('loan');
    expect(await within((tx) => tx.chosenTip('2026-11-30'))).toBeUndefined();
    await store().chooseTip('2026-11-23', undefined);
    expect(await store().chosenTip('2026-11-23')).toBeUndefined();
  });

  describe('a name on a list', () => {
    test('stands once for each tool, as it was given last, in the order of names', async () => {
      await within(async (tx) => {
        await tx.keepName('local', LI.talker, named('李老师', { answer: 'refused' }));
        await tx.keepName('local', LI.talker, named('李老师', { at: NOW + 1 }));
        await tx.keepName('local', LI.talker, named('李老师', { tool: 'call-guard' }));
        await tx.keepName('local', WANG.talker, named('王大爷'));
        await tx.keepName('local', 'x', named('别处的', { unit: '另一个单位' }));
        await tx.keepName('wechat4u', LI.talker, named('阿丽'));
      });
      expect(await store().names('五沟营镇')).toEqual([
        named('阿丽'),
        named('李老师', { at: NOW + 1 }),
        named('李老师', { tool: 'call-guard' }),
        named('王大爷'),
      ]);
      expect(await within((tx) => tx.dropNames('local', LI.talker))).toBe(2);
      expect(await within((tx) => tx.dropNames('local', LI.talker))).toBe(0);
      expect((await store().names('五沟营镇')).map(({ name }) => name)).toEqual(['阿丽', '王大爷']);
    });
    test('moves with its person to another unit', async () => {
      await within((tx) => tx.keepName('local', LI.talker, named('李老师')));
      await within((tx) => tx.keepName('local', LI.talker, named('李老师', { unit: '新单位' })));
      expect([await store().names('五沟营镇'), await store().names('新单位')]).toMatchObject([
        [],
        [{ name: '李老师' }],
      ]);
    });
    test('may be any text', async () => {
      for (const [i, name] of HOSTILE.entries())
        await within((tx) => tx.keepName('local', `t${i}`, named(name, { tool: `tool-${i}` })));
      const names = (await store().names('五沟营镇')).map(({ name }) => name);
      expect(names.toSorted()).toEqual(HOSTILE.toSorted());
    });
  });

  describe('the log', () => {
    test('gives back the days that are asked for, both ends included, in order', async () => {
      const days = ['2026-11-23', '2026-11-24', '2026-11-24', '2026-11-25', '2026-12-01'];
      const events = days.map((day, i) => event({ day, amount: i }));
      await note(...events.toReversed());
      expect(await store().events('2026-11-24', '2026-11-25')).toEqual([events[2], events[1], events[3]]);
      expect(await store().events('2026-11-26', '2026-11-30')).toEqual([]);
      expect(await store().totals('2026-11-26', '2026-11-30')).toEqual([]);
    });
    test('takes a note outside a message', async () => {
      await store().note(event({ kind: 'broadcast-dropped', about: 'lesson', amount: 0, people: 0 }));
      expect(await within((tx) => tx.total('broadcast-dropped'))).toEqual({ events: 1, amount: 0, people: 0 });
    });
    test('has sums that a correction lowers, and that see what the same message noted', async () => {
      await note(event({ amount: 3, people: 300 }));
      await within(async (tx) => {
        await tx.note(event({ amount: -3, people: -300 }));
        await tx.note(event({ amount: 2, people: 80 }));
        expect(await tx.total('forwarded')).toEqual({ events: 3, amount: 2, people: 80 });
        expect(await tx.total('practised')).toEqual({ events: 0, amount: 0, people: 0 });
      });
    });
    test('is all that any sum comes from, whatever was noted', async () => {
      const events = fc.array(
        fc.record({
          day: fc.constantFrom('2026-11-23', '2026-11-24', '2026-11-30', '2026-12-01'),
          kind: fc.constantFrom(...CAMPAIGN_EVENTS),
          about: fc.constantFrom('', 'email', 'app/installed', "'", '两 字'),
          unit: fc.constantFrom('', '五沟营镇', '老王坡管委会'),
          amount: fc.integer({ min: -5, max: 5_000_000_000 }),
          people: fc.integer({ min: -300, max: 300 }),
        }),
        { maxLength: 30 },
      );
      const all: CampaignEvent[] = [];
      const inOrder = (totals: readonly { kind: string; about: string; unit: string }[]) =>
        totals.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
      await fc.assert(
        fc.asyncProperty(events, async (more) => {
          await note(...more);
          all.push(...more);
          for (const [from, to] of [
            ['2026-11-24', '2026-11-30'],
            ['0000-00-00', '9999-99-99'],
          ] as const) {
            const log = await store().events(from, to);
            const days = all.filter(({ day }) => day >= from && day <= to);
            expect(log).toEqual(days.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)));
            expect(inOrder(await store().totals(from, to))).toEqual(inOrder(sumsOf(log)));
          }
          const kind = more[0]?.kind ?? 'forwarded';
          const { events, amount, people } = sumOf(all.filter((one) => one.kind === kind));
          expect(await within((tx) => tx.total(kind))).toEqual({ events, amount, people });
        }),
        { numRuns: 15 },
      );
    });
  });

  test('whoever is forgotten leaves nothing in the campaign but numbers, and others stay', async () => {
    await within(async (tx) => {
      for (const who of [LI, LI_IN_ROOM, WANG, { ...LI, source: 'wechat4u' }]) {
        await tx.keepMember(who.source, who.talker, DEPUTY, NOW);
        await tx.subscribe('weekly-tip', who, NOW);
        await tx.subscribe('lesson', who, NOW);
        await tx.keepName(who.source, who.talker, named('名字'));
      }
      await tx.note(event());
    });
    await within((tx) => tx.forget('local', LI.talker, NOW));
    const rows = async (table: string) => (await behind().query(`select owner from ${table}`)).length;
    expect([await rows('member'), await rows('subscription'), await rows('roll_call_name')]).toEqual([2, 4, 2]);
    expect(await within((tx) => tx.member('local', WANG.talker))).toEqual(DEPUTY);
    // Known from the campaign alone, since no talk of his is kept there.
    expect(await behind().storage.erase(LI.talker)).toBe(4);
    expect(await behind().storage.erase(WANG.talker)).toBe(4);
    expect([await rows('member'), await rows('subscription'), await rows('roll_call_name')]).toEqual([0, 0, 0]);
    // What each of the three was is taken back from the sums; what was done stays.
    const taken = (kind: string, about = '') =>
      store()
        .totals('2000-01-01', '2100-01-01')
        .then((totals) => totals.filter((one) => one.kind === kind && (about === '' || one.about === about)))
        .then((totals) => totals.map(({ events, amount }) => [events, amount]));
    expect(await taken('deputy-left')).toEqual([[3, 0]]);
    expect(await taken('learner-left')).toEqual([[3, 0]]);
    expect(await taken('unsubscribed', 'person')).toEqual([[3, 0]]);
    expect(await taken('unsubscribed', 'group')).toEqual([[1, 0]]);
    expect(await taken('roll-call')).toEqual([[3, -3]]);
    expect(await store().events(TODAY, TODAY)).toContainEqual(event());
  });

  test('tidying keeps members, subscriptions, names and the log for years, and sendings for 400 days', async () => {
    await within(async (tx) => {
      await tx.keepMember('local', LI.talker, DEPUTY, NOW);
      await tx.subscribe('weekly-tip', LI, NOW);
      await tx.keepName('local', LI.talker, named('李老师'));
      await tx.note(event());
    });
    await store().plan({ ...TIP, state: 'queueing' });
    expect(await behind().storage.tidy(NOW + 400 * DAY)).toMatchObject({ broadcasts: 0 });
    expect(await behind().storage.tidy(NOW + 1_000 * DAY)).toMatchObject({ broadcasts: 1 });
    expect(await within((tx) => tx.member('local', LI.talker))).toEqual(DEPUTY);
    expect(await store().subscribers('weekly-tip')).toBe(1);
    expect(await store().names('五沟营镇')).toHaveLength(1);
    expect(await store().events(TODAY, TODAY)).toHaveLength(1);
  });
}

const keyOf = ({ kind, about, unit }: { kind: string; about: string; unit: string }) =>
  JSON.stringify([kind, about, unit]);

function sumOf(events: readonly CampaignEvent[]) {
  return {
    events: events.length,
    amount: events.reduce((sum, { amount }) => sum + amount, 0),
    people: events.reduce((sum, { people }) => sum + people, 0),
  };
}

function sumsOf(events: readonly CampaignEvent[]) {
  const groups = new Map<string, CampaignEvent[]>();
  for (const one of events) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    const { kind, about, unit } = first;
    return [{ kind, about, unit, ...sumOf([first, ...more]) }];
  });
}
