import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../src/lib/clock.ts';
import { A_PAUSE, type Place, placeForTest } from './resident.ts';

const group = (): Promise<Place> => placeForTest({ room: 'village@room' });

const SCAM = '刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户，还不让告诉家里人';
const OWNER = { talker: 'owner', ownsRoom: true };

describe('a group in which nobody asked', () => {
  test('is left in peace, whatever is said', async () => {
    const village = await group();
    expect(await village.say(SCAM)).toBe('');
    expect(await village.say('1')).toBe('');
    expect(await village.wait(A_PAUSE)).toEqual([]);
  });
  test('is answered when the bot is mentioned, without digits that nobody would hear', async () => {
    const village = await group();
    const reply = await village.say(SCAM, { mentioned: true });
    expect(reply).toContain('高危');
    expect(reply).not.toContain('回1');
  });
  test.each(['反诈 ', '反诈，', '反诈助手：', '反诈\n'])(
    'is answered when what is asked begins with “%s”',
    async (call) => {
      expect(await (await group()).say(`${call}${SCAM}`)).toContain('高危');
    },
  );
  test('is not answered when a post merely begins with the word', async () => {
    expect(await (await group()).say(`反诈中心提醒大家：${SCAM}`)).toBe('');
  });
});

describe('reminders', () => {
  test('are switched on and off by the owner only, who can ask how they stand', async () => {
    const village = await group();
    expect(await village.say('反诈 开启提醒', { talker: 'li' })).toContain('群主');
    expect(await village.say('反诈 状态', { talker: 'li' })).toContain('提醒关着');
    expect(await village.say('反诈 开启提醒', OWNER)).toContain('我会提醒');
    expect(await village.say('反诈 状态', { talker: 'li' })).toContain('提醒开着');
    expect(await village.say(SCAM)).toContain('【提醒】');
    expect(await village.say('反诈 停止提醒', OWNER)).toContain('不说话');
    await village.wait(20 * MINUTE);
    expect(await village.say(SCAM)).toBe('');
  });
  test('come at most once in ten minutes', async () => {
    const village = await group();
    await village.say('反诈 开启提醒', OWNER);
    expect(await village.say(SCAM)).toContain('【提醒】');
    await village.wait(9 * MINUTE);
    expect(await village.say(SCAM, { talker: 'li' })).toBe('');
    await village.wait(2 * MINUTE);
    expect(await village.say(SCAM, { talker: 'li' })).toContain('【提醒】');
  });
  test('are not given to a group that gets one at this moment from another message', async () => {
    const village = await group();
    await village.say('反诈 开启提醒', OWNER);
    await Promise.all(Array.from({ length: 5 }, (_, i) => village.receive(SCAM, { talker: `t${i}` })));
    expect(await village.replies()).toHaveLength(1);
  });
  test.each([
    ['a post of the police', `【警方提醒】接到自称公安的电话说你涉嫌洗钱、要把钱转到安全账户的，都是诈骗！`],
    ['a post with the slogan', `骗子自称公安局，让你把钱转到安全账户。请记住：不听、不信、不转账、不汇款。`],
    [
      'our own tip, quoted back',
      '【高危】很像“冒充公检法”诈骗，先别转钱！\n看出来的：①自称公安 ②要转到“安全账户”\n拿不准打96110。',
    ],
    ['an everyday message', '今晚六点村委会开会，各家来一个人'],
  ])('do not react to %s', async (_, text) => {
    const village = await group();
    await village.say('反诈 开启提醒', OWNER);
    await village.wait(A_PAUSE);
    expect(await village.say(text)).toBe('');
  });
  test('say in a private talk that they belong to a group', async () => {
    const zhang = await placeForTest();
    expect(await zhang.say('开启提醒')).toContain('群里');
  });
});

describe('two programs that face each other', () => {
  test.each([
    ['another copy of this bot', (reply: string) => reply],
    ['one that always says the same', () => '您好，我现在有事不在，一会再和您联系。'],
    ['one that makes small talk', (_: string, turn: number) => `哈哈，你说得真有意思，第${turn}次了，再讲讲`],
    ['one that greets', () => '你好'],
  ])('stop within five turns: %s', async (_, other) => {
    const zhang = await placeForTest();
    let text = '你好';
    let turns = 0;
    for (; turns < 20; turns += 1) {
      const atOnce = await zhang.say(text);
      const said = atOnce === '' ? await zhang.wait(3 * SECOND) : [atOnce];
      if (said.length === 0) break;
      await zhang.wait(100);
      text = other(said.join('\n'), turns);
    }
    expect(turns).toBeLessThanOrEqual(5);
  });
});
