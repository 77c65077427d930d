import { describe, expect, test } from 'vitest';
import { mind } from '../knowledge-base.ts';
import { type County, countyForTest } from './county.ts';

const PREFIXES = [
  ...[
    '转发',
    '转发 ',
    '帮我转发',
    '来一段',
    '图片',
    '发图片',
    '海报',
    '大喇叭',
    '广播稿',
    '单位',
    '单位：',
    '我单位',
    '同意',
  ],
  ...['同意 ', '邀请码', '邀请码：', '代表码', '更正', '已转发', '登记', '学习'],
];
const CRIES = ['我转了钱', '钱已经转了', '我把验证码给他了', '被骗了3万', '对方开了屏幕共享', '我充了3万提不出来'];
/** A few of each fraud, as residents and swindlers say it. */
const SAYINGS = mind.base.frauds.flatMap(({ sayings }) =>
  [...sayings.resident, ...sayings.call].filter(({ length }) => length <= 24).slice(0, 3),
);

/** What a prefix makes of it is still a cry or a fraud. */
const GRAVE = PREFIXES.flatMap((prefix, p) =>
  [...CRIES, ...SAYINGS.filter((_, i) => i % PREFIXES.length === p)].map((text) => `${prefix}${text}`),
).filter((text) => ['warning', 'first-aid'].includes(mind.understand(text).verdict.kind));

async function swallowedBy(county: County, who: string): Promise<readonly string[]> {
  const swallowed: string[] = [];
  for (const text of GRAVE) {
    const replies = await county.say(who, text);
    if (!/高危|可疑|急救/.test(replies.join())) swallowed.push(`${text} → ${replies.join().slice(0, 30)}`);
  }
  return swallowed;
}

describe('whoever is in danger', { timeout: 60_000 }, () => {
  test('is heard, in whatever words of the campaign he begins', async () => {
    expect(GRAVE.length).toBeGreaterThan(150);
    const county = await countyForTest({ units: ['城关镇', '县人大机关'], rollCall: true });
    expect(await swallowedBy(county, '李')).toEqual([]);
  });
  test('is heard as a deputy too', async () => {
    const county = await countyForTest({ units: ['城关镇', '县人大机关'] });
    await county.invite();
    await county.say('王', 'DBK7QF3M2P');
    expect(await swallowedBy(county, '王')).toEqual([]);
  });
  test('is put on no list by what a swindler makes him agree to', async () => {
    const unit = '县人大机关';
    const county = await countyForTest({ units: [unit], rollCall: true, namedUnits: [{ unit, purpose: '核对' }] });
    for (const text of [`单位 ${unit}`, '登记', '1']) await county.say('赵', text);
    for (const text of ['同意 我是我转了钱', '同意 转账', '同意 开共享', '同意 对方开了屏幕共享'])
      expect((await county.say('赵', text)).join(), text).not.toContain('名单上了');
    expect((await county.say('赵', '同意 赵小满吧')).join()).toContain('名单上了');
    await county.say('赵', '登记');
    await county.say('赵', '2');
    expect(await county.storage().campaign.names(unit)).toEqual([]);
    await county.goTo('2026-12-03 08:00');
    expect((await county.say('赵', '同意 赵小满')).join()).not.toContain('名单上了');
  });
  test('finds first aid behind 2, although a lesson was due meanwhile that has not reached him', async () => {
    const county = await countyForTest({ broadcastPerMinute: 1 }, { from: '2026-12-01 08:30' });
    for (const who of ['甲', '乙', '丙', '丁', '戊', '己']) await county.say(who, '学习');
    county.sleepUntil('2026-12-01 08:59');
    for (const who of ['甲', '乙', '丙', '丁', '戊', '己'])
      await county.say(who, '有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户');
    county.sleepUntil('2026-12-01 09:05');
    await county.look();
    const waiting: string[] = [];
    for (const who of ['甲', '乙', '丙', '丁', '戊', '己'])
      if ((await county.mail(who)).length === 0) waiting.push(who);
    expect(waiting).toHaveLength(5);
    expect((await county.say(waiting[0] ?? '', '2')).join()).toContain('急救');
  });
  test('finds what he quotes, whatever offered digits since', async () => {
    const county = await countyForTest();
    const [warning = ''] = await county.say('李', '有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户');
    await county.say('李', '练一练');
    expect((await county.say('李', '2', { kind: 'quote', quoted: warning })).join()).toContain('急救');
    const [question = ''] = await county.say('李', '练一练');
    await county.say('李', '有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户');
    expect((await county.say('李', '2', { kind: 'quote', quoted: question })).join()).toMatch(/答对了|这题选/);
  });
  test('keeps the digits of his warning when he asks for a tip, here or in a group', async () => {
    const county = await countyForTest();
    await county.say('李', '有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户');
    await county.say('李', '今日一条');
    await county.say('李', '反诈 转发 刷单返利', { room: '群' });
    expect((await county.say('李', '2')).join()).toContain('急救');
  });
  test('asks what an invitation code is without losing his tries', async () => {
    const county = await countyForTest();
    await county.invite();
    for (const text of ['邀请码是什么', '邀请码在哪里', '邀请码怎么填', '邀请码888888', '邀请码是谁给的', '邀请码'])
      expect((await county.say('李', text)).join(), text).not.toContain('这个码不对');
    for (const code of ['我的码是“DB-K7QF-3M2P”！', 'DB-K7QF\u200b-3M2P 张三'])
      expect((await county.say('李', code)).join(), code).toMatch(/记下您是代表了|已经是代表了/);
  });
});
