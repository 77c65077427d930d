import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mind } from '../knowledge-base.ts';
import { countyForTest } from './county.ts';

describe('practice', () => {
  test('asks one question at a time, explains every answer, and asks all of them before one comes again', async () => {
    const county = await countyForTest();
    const asked = new Set<string>();
    for (let i = 0; i < 12; i += 1) {
      const [question] = await county.say('李', i % 2 === 0 ? '练一练' : '再来一题');
      expect(question).toMatch(/\n1 \S[\s\S]*回数字作答。/);
      asked.add(question ?? '');
      expect((await county.say('李', '1'))[0]).toMatch(/^(?:答对了！|这题选\d：.+。)\n[\s\S]*练一练/);
    }
    expect(asked.size).toBe(12);
  });
  test('shows every fourth time a message to recognise, and says that it is an example', async () => {
    const county = await countyForTest();
    const questions: string[] = [];
    for (let i = 0; i < 4; i += 1) questions.push(...(await county.say('李', '练一练')));
    expect(questions.filter((one) => one.startsWith('【练习】下面是编的例子'))).toHaveLength(1);
    const [scam] = await county.say('李', '认骗局');
    const options = [...(scam ?? '').matchAll(/^(\d) (\S+)$/gm)].map(([, , name]) => name);
    expect(options).toHaveLength(3);
    const shorts = mind.base.frauds.map(({ short }) => short);
    for (const option of options) expect(shorts).toContain(option);
  });
  test('counts answers, and nobody’s name', async () => {
    const county = await countyForTest();
    for (let i = 0; i < 5; i += 1) {
      await county.say('李', '练一练');
      await county.say('李', 'b');
    }
    const [practised] = await county.storage().campaign.totals('2026-11-01', '2026-12-31');
    expect(practised).toMatchObject({ kind: 'practised', events: 5, about: '', unit: '' });
  });
  test('is no trap: a message that comes in between is judged, and its digits are its own', async () => {
    const county = await countyForTest();
    await county.say('李', '练一练');
    expect((await county.say('李', '有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户')).join()).toContain('【高危】');
    expect((await county.say('李', '1')).join()).toContain('识破');
    expect((await county.say('李', '2')).join()).toContain('急救');
  });
});

describe('a lesson', () => {
  async function learner() {
    const county = await countyForTest({ units: ['城关镇'] }, { from: '2026-12-01 08:00' });
    await county.say('李', '学习');
    await county.goTo('2026-12-01 09:05');
    await county.mail('李');
    return county;
  }
  test.each([
    '2',
    '选2吧',
    '二',
    '贰',
    'B。',
    '第二个',
    '答案是2',
    '（2）',
    '2)',
    '我觉得是2',
    '应该选2',
    'B选项',
    '第1题选2',
  ])('takes %s for an answer', async (said) => {
    const county = await learner();
    expect((await county.say('李', said))[0]).toMatch(/^(?:答对了|这题选)[\s\S]*第2题（共3题）/);
  });
  test('goes on where it was left, whatever was done in between', async () => {
    const county = await learner();
    await county.say('李', '1');
    for (const text of ['练一练', '1', '今日一条', '单位 城关镇']) await county.say('李', text);
    expect((await county.say('李', '答题'))[0]).toContain('第2题（共3题）');
    await county.say('李', '1');
    await county.goTo('2026-12-04 09:00');
    expect((await county.say('李', '1'))[0]).toContain('答完了');
    const totals = await county.storage().campaign.totals('2026-12-01', '2026-12-31');
    const answered = totals.filter(({ kind }) => kind === 'lesson-answered');
    expect(answered.reduce((sum, { events }) => sum + events, 0)).toBe(3);
    expect(totals.filter(({ kind }) => kind === 'lesson-finished')).toHaveLength(1);
  });
  test('comes again after the program was off for months, where the course had stopped', async () => {
    const county = await learner();
    county.sleepUntil('2027-06-08 09:30');
    await county.look();
    expect((await county.storage().campaign.broadcasts('lesson', 1))[0]).toMatchObject({
      about: '02',
      state: 'queued',
    });
  });
  test('comes although a wrong clock had sent one years ahead', async () => {
    const county = await learner();
    county.sleepUntil('2036-12-02 09:30');
    await county.look();
    await county.mail('李');
    county.sleepUntil('2026-12-08 09:30');
    await county.look();
    await county.goTo('2026-12-08 09:40');
    expect((await county.mail('李')).filter((text) => text.includes('周二学习'))).toHaveLength(1);
  });
  test('that could not be queued in time is given up', async () => {
    const county = await learner();
    const slot = Date.UTC(2026, 11, 8, 1);
    county.sleepUntil('2026-12-08 09:00');
    await county.storage().campaign.plan({ topic: 'lesson', slot, about: '02', state: 'queueing' });
    county.sleepUntil('2026-12-08 15:00');
    await county.look();
    expect(await county.mail('李')).toEqual([]);
    expect((await county.storage().campaign.broadcasts('lesson', 1))[0]).toMatchObject({ slot, state: 'dropped' });
  });
});

describe('the campaign', () => {
  test('answers whatever is written to it, and says in a group only what concerns nobody', {
    timeout: 60_000,
  }, async () => {
    const county = await countyForTest({ rollCall: true, units: ['城关镇'], jinzhongzhao: true });
    const words = [
      ...[
        '转发',
        '已转发',
        '更正',
        '单位',
        '同意',
        '图片',
        '大喇叭',
        '订阅',
        '学习',
        '登记',
        '答题',
        '练一练',
        '邀请码',
      ],
      ...[
        '冒充领导',
        '城关镇',
        '-3个群',
        '一万亿人',
        'DB22222222',
        '张三',
        '1',
        '九',
        'Ｃ',
        '',
        '{短名}',
        '__proto__',
        '\u202e',
      ],
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        async (parts, inGroup) => {
          const more = inGroup ? { room: '群', ownsRoom: false } : {};
          for (const reply of await county.say('李', parts.join(' '), more)) {
            expect(reply.trim()).not.toBe('');
            expect(reply).not.toMatch(/undefined|NaN|\[object|我这边出了点毛病/);
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(county.lines.join('\n')).not.toContain('a message could not be judged');
  });
  test('keeps quiet in a group about what is about a person', async () => {
    const county = await countyForTest({ rollCall: true });
    const room = '群';
    for (const command of ['学习', '登记', '练一练', '退出代表'])
      expect((await county.say('李', `反诈 ${command}`, { room })).join(), command).toContain('请私下跟我说');
    expect((await county.say('李', '反诈 今日一条', { room })).join()).toContain('今天这一条');
  });
  test('takes everything of a person with it when he wants to be forgotten', async () => {
    const county = await countyForTest({ rollCall: true });
    await county.invite();
    for (const text of ['DBK7QF3M2P', '学习', '订阅', '登记', '1', '忘记我']) await county.say('王', text);
    const totals = await county.storage().campaign.totals('2026-11-01', '2026-12-31');
    const sum = (kind: string) =>
      totals.filter((one) => one.kind === kind).reduce((all, { amount, events }) => all + (amount || events), 0);
    expect([sum('deputy-joined'), sum('deputy-left')]).toEqual([1, 1]);
    expect([sum('learner-joined'), sum('learner-left')]).toEqual([1, 1]);
    expect([sum('subscribed'), sum('unsubscribed')]).toEqual([1, 1]);
    expect(totals.filter(({ kind }) => kind === 'roll-call').reduce((all, { amount }) => all + amount, 0)).toBe(0);
    expect(await county.storage().campaign.subscribers('lesson')).toBe(0);
    expect(await county.say('王', '已转发 3个群 200人')).not.toContainEqual(expect.stringContaining('一共转了'));
  });
  test('is not surprised by its own words when they come back', async () => {
    const county = await countyForTest();
    const [, group = ''] = await county.say('李', '转发 冒充公检法');
    expect((await county.say('张', group)).join()).toContain('这是我说过的话');
    await county.invite();
    await county.say('王', 'DBK7QF3M2P');
    for (const text of ['有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户', '我已经转了五千了']) {
      const [, relay = ''] = await county.say('王', text);
      expect((await county.say('孙', relay)).join(), relay).toContain('这是我说过的话');
      expect((await county.say('孙', `${relay}\n我是公安局的，把钱转到安全账户`)).join()).toContain('高危');
    }
  });
});
