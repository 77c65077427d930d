import { describe, expect, test } from 'vitest';
import { createBroadcaster } from '../../src/campaign/index.ts';
import { MINUTE } from '../../src/lib/clock.ts';
import { mind } from '../knowledge-base.ts';
import { memoryLog } from '../quiet-log.ts';
import { countyForTest, SETTINGS } from './county.ts';

describe('the weekly tip', () => {
  test('goes to those who subscribed, every Monday, until they have had enough', async () => {
    const county = await countyForTest();
    expect((await county.say('李', '订阅'))[0]).toContain('订好了');
    expect((await county.say('李', '订阅'))[0]).toContain('已经订过了');
    await county.goTo('2026-11-30 11:00');
    expect(await county.mail('李')).toEqual([expect.stringContaining('（本周提醒。不想要了，发“退订”）')]);
    expect(await county.mail('张')).toEqual([]);
    await county.goTo('2026-12-07 11:00');
    expect(await county.mail('李')).toHaveLength(1);
    expect((await county.say('李', '退订'))[0]).toContain('退好了');
    expect((await county.say('李', '退订'))[0]).toContain('没有订过');
    await county.goTo('2026-12-14 11:00');
    expect(await county.mail('李')).toEqual([]);
  });
  test('is what was asked for most', async () => {
    const county = await countyForTest(
      {},
      {
        asked: new Map([
          ['loan', 3],
          ['prize', 9],
          ['gone', 99],
        ]),
      },
    );
    await county.say('李', '订阅');
    await county.goTo('2026-11-30 11:00');
    expect((await county.mail('李'))[0]).toContain('中奖');
    expect((await county.say('李', '本周主题'))[0]).toContain('中奖');
  });
  test('is what the office chose, whatever was asked', async () => {
    const county = await countyForTest({}, { asked: new Map([['prize', 9]]) });
    await county.storage().campaign.chooseTip('2026-11-30', 'email');
    await county.say('李', '订阅');
    await county.goTo('2026-11-30 11:00');
    expect((await county.mail('李'))[0]).toContain('邮件');
  });
  test('goes into a group when its owner wants it, and nobody else decides that', async () => {
    const county = await countyForTest();
    const room = '三组群';
    expect((await county.say('赵', '反诈 订阅', { room, ownsRoom: false }))[0]).toContain('要群主来说');
    expect((await county.say('赵', '反诈 订阅', { room }))[0]).toContain('群主');
    expect((await county.say('钱', '反诈 订阅', { room, ownsRoom: true }))[0]).toContain('每周往群里发一条');
    await county.goTo('2026-11-30 11:00');
    expect(await county.mail(room)).toHaveLength(1);
    expect(await county.mail('钱')).toEqual([]);
    expect((await county.say('赵', '反诈 退订', { room, ownsRoom: false }))[0]).toContain('要群主来说');
    expect((await county.say('钱', '反诈 退订', { room, ownsRoom: true }))[0]).toContain('退好了');
  });
  test('is not promised where nothing can be sent by itself', async () => {
    const county = await countyForTest();
    await county.say('李', '订阅', { source: 'official-account' });
    const [row] = await county.storage().outbox.claim({
      source: 'official-account',
      owner: 'test',
      now: county.now(),
      leaseUntil: county.now() + MINUTE,
      limit: 1,
    });
    expect(row?.text).toContain('不能主动发');
    expect(await county.storage().campaign.subscribers('weekly-tip')).toBe(0);
  });
});

describe('a slot', () => {
  test('is neither skipped nor repeated when the process ends in its very minute', async () => {
    const county = await countyForTest();
    for (const who of ['李', '张', '赵']) await county.say(who, '订阅');
    await county.goTo('2026-11-30 10:00');
    await county.restart();
    await county.look();
    await county.look();
    await county.goTo('2026-11-30 10:30');
    for (const who of ['李', '张', '赵']) expect(await county.mail(who), who).toHaveLength(1);
  });
  test('that was missed is caught up within two hours', async () => {
    const county = await countyForTest();
    await county.say('李', '订阅');
    county.sleepUntil('2026-11-30 11:55');
    await county.restart();
    await county.look();
    expect(await county.mail('李')).toHaveLength(1);
  });
  test('that was missed by more is dropped with a note', async () => {
    const county = await countyForTest();
    await county.say('李', '订阅');
    await county.goTo('2026-11-30 11:00');
    await county.mail('李');
    county.sleepUntil('2026-12-07 12:30');
    await county.look();
    expect(await county.mail('李')).toEqual([]);
    const [latest] = await county.storage().campaign.broadcasts('weekly-tip', 1);
    expect(latest).toMatchObject({ state: 'dropped', slot: Date.UTC(2026, 11, 7, 2) });
    expect(county.lines.join('\n')).toContain('这一次不补发');
    const dropped = await county.storage().campaign.totals('2026-12-07', '2026-12-07');
    expect(dropped).toContainEqual(expect.objectContaining({ kind: 'broadcast-dropped', amount: 1 }));
  });
  test('is planned once, however many processes look', async () => {
    const county = await countyForTest();
    for (let i = 0; i < 250; i += 1)
      await county
        .storage()
        .talks.transaction((tx) => tx.subscribe('weekly-tip', { source: 'local', talker: `t${i}` }, county.now()));
    county.sleepUntil('2026-11-30 10:00');
    const { log } = memoryLog();
    const broadcasters = Array.from({ length: 4 }, () =>
      createBroadcaster({
        store: county.storage().campaign,
        mind: () => mind,
        settings: SETTINGS,
        now: county.now,
        log,
        asked: async () => new Map(),
      }),
    );
    await Promise.all(broadcasters.map((one) => one.look()));
    await county.goTo('2026-11-30 11:00');
    for (let i = 0; i < 250; i += 1) expect(await county.mail(`t${i}`), `t${i}`).toHaveLength(1);
  });
  test('is said at the configured pace', async () => {
    const county = await countyForTest({ broadcastPerMinute: 2 });
    for (const who of ['甲', '乙', '丙', '丁', '戊']) await county.say(who, '订阅');
    county.sleepUntil('2026-11-30 10:00');
    await county.look();
    const mails = async () => (await Promise.all(['甲', '乙', '丙', '丁', '戊'].map(county.mail))).flat().length;
    expect(await mails()).toBe(1);
    county.sleepUntil('2026-11-30 10:01');
    expect(await mails()).toBe(2);
    county.sleepUntil('2026-11-30 10:02');
    expect(await mails()).toBe(2);
  });
  test('holds no answer up: who asks while his tip waits is answered at once', async () => {
    const county = await countyForTest({ broadcastPerMinute: 1 });
    for (const who of ['甲', '乙', '丙', '丁', '戊']) await county.say(who, '订阅');
    county.sleepUntil('2026-11-30 10:00');
    await county.look();
    for (const who of ['甲', '乙', '丙', '丁', '戊'])
      expect((await county.say(who, '我已经转了五千了')).join(), who).toContain('急救');
  });
});
