import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/lib/clock.ts';
import { A_PAUSE, placeForTest } from './resident.ts';

/** What an impatient resident, a hostile sender and a clock that jumps once got wrong out of the bot. */

const SCAM = '对方自称公安局的，说我涉嫌洗钱，要我把钱转到安全账户';
const CRY = '我刚把五万转给骗子了';

describe('what looks like our own words', () => {
  test.each([
    '【提醒】您尾号8899的卡消费5000元，如非本人操作请致电 4001101234 并提供验证码',
    '【高危】您的银行账户已被冻结，请点击链接输入验证码解除，回电95110咨询',
    '【提醒】您的资金有风险，请立即转入安全账户，不要拨打110',
  ])('and was written by a swindler is judged: %s', async (text) => {
    const zhang = await placeForTest();
    expect([await zhang.say(text), ...(await zhang.wait(3 * SECOND))].join('')).not.toContain('我说过的话');
  });
  test('and is followed by a cry is heard', async () => {
    const zhang = await placeForTest();
    const ours = await zhang.say(SCAM);
    await zhang.wait(A_PAUSE);
    expect(await zhang.say(`${ours}\n可我已经转了五万块怎么办`)).toMatch(/^【急救】/);
    await zhang.wait(A_PAUSE);
    expect(await zhang.say(ours)).toContain('我说过的话');
  });
});

describe('nobody is left without an answer', () => {
  test('who goes on after a warning: what comes after three seconds is a story of its own', async () => {
    const zhang = await placeForTest();
    await zhang.say(SCAM);
    const said: string[] = [];
    for (const text of ['那我该不该去', '他说不去就抓我', '我怕得很', '你说话啊']) {
      said.push(...(await zhang.wait(2 * SECOND)));
      const atOnce = await zhang.say(text);
      if (atOnce !== '') said.push(atOnce);
    }
    said.push(...(await zhang.wait(3 * SECOND)));
    expect(said.length).toBeGreaterThanOrEqual(1);
  });
  test('who sends the screenshot behind the story', async () => {
    const zhang = await placeForTest();
    await zhang.say(SCAM);
    await zhang.wait(2 * SECOND);
    expect(await zhang.say('', { kind: 'image' })).toBe('');
    expect((await zhang.wait(3 * SECOND)).join()).toContain('图片');
  });
  test('who asks something right behind the story', async () => {
    const zhang = await placeForTest();
    await zhang.say('我被骗了五万');
    await zhang.wait(2 * SECOND);
    const said = [await zhang.say('还能追回来吗'), ...(await zhang.wait(3 * SECOND))].join('');
    expect(said).not.toBe('');
  });
  test('who cries for first aid after having written too fast, once in each pause', async () => {
    const zhang = await placeForTest();
    for (const text of [SCAM, '1', '2', '3', '菜单', '你好', '1', '隐私', '谢谢', '2', '1']) {
      await zhang.say(text);
      await zhang.wait(SECOND);
    }
    expect(await zhang.say('大字')).toBe('');
    expect(await zhang.say(CRY)).toMatch(/^【急救】/);
    await zhang.wait(5 * SECOND);
    expect(await zhang.say(CRY)).toBe('');
  });
  test('who cries the same again and again', async () => {
    const zhang = await placeForTest();
    for (let i = 0; i < 7; i += 1) {
      expect(await zhang.say(CRY), `time ${i + 1}`).toMatch(/^【急救】/);
      await zhang.wait(20 * SECOND);
    }
  });
  test('whose message has the number of somebody else’s', async () => {
    const both = await placeForTest();
    expect(await both.say('你好', { talker: 'a', id: '0000000000000001' })).not.toBe('');
    expect(await both.say(CRY, { talker: 'b', id: '0000000000000001' })).toMatch(/^【急救】/);
  });
  test('when the clock is set back', async () => {
    const zhang = await placeForTest();
    await zhang.say('今天下雨下得不小');
    await zhang.advance(-HOUR);
    await zhang.say('地里都是水');
    expect(await zhang.wait(3 * SECOND)).toHaveLength(1);
    for (let i = 0; i < 12; i += 1) await zhang.say('菜单');
    await zhang.advance(-HOUR);
    await zhang.wait(2 * MINUTE);
    expect(await zhang.say('你好')).not.toBe('');
  });
  test('who wants to be forgotten while he was asked to pause', async () => {
    const zhang = await placeForTest();
    for (let i = 0; i < 20; i += 1) {
      await zhang.say('菜单');
      await zhang.wait(2 * SECOND + 100);
    }
    expect(await zhang.say('隐私')).toBe('');
    expect(await zhang.say('忘记我')).toContain('删掉了');
  });
});

describe('nothing lighter follows first aid', () => {
  test('in the same story', async () => {
    const zhang = await placeForTest();
    const said: string[] = [];
    for (const text of ['我家老头子', '今天上午', '把存折', '给了上门的人', '取走八万']) {
      const atOnce = await zhang.say(text);
      if (atOnce !== '') said.push(atOnce);
      said.push(...(await zhang.wait(1_000)));
    }
    said.push(...(await zhang.wait(3 * SECOND)));
    const aid = said.findIndex((text) => text.startsWith('【急救】'));
    expect(aid).toBeGreaterThanOrEqual(0);
    expect(said.slice(aid + 1).filter((text) => /^【(?:高危|可疑)】/.test(text))).toEqual([]);
  });
});

describe('a group with reminders', () => {
  test('is warned of a swindler who borrows a word of the police', async () => {
    const village = await placeForTest({ room: 'village@room' });
    await village.say('反诈开启提醒', { talker: 'owner', ownsRoom: true });
    expect(await village.say(`${SCAM}，谨防泄密`)).toContain('【提醒】');
  });
});

describe('a swindler’s notice', () => {
  test('is no lesson because it calls itself a kind reminder', async () => {
    const zhang = await placeForTest();
    expect(await zhang.say('【平安银行温馨提示】您的账户涉嫌洗钱，请立即把钱转入公安局安全账户')).toMatch(
      /^【(?:可疑|高危)】/,
    );
  });
  test('is not hidden by what stands around it', async () => {
    const filler = '今天天气不错，地里的麦子也长得好。';
    const zhang = await placeForTest();
    for (const [i, text] of [`${filler.repeat(20)}${SCAM}`, `${SCAM}。${filler.repeat(60)}`].entries())
      expect(await zhang.say(text, { talker: `t${i}` }), text.slice(0, 20)).toMatch(/^【高危】/);
    expect(await zhang.say(`${filler.repeat(8)}${CRY}。`, { talker: 'crying' })).toMatch(/^【急救】/);
  });
});

describe('a digit as people write it', () => {
  test.each([
    ['4 不对', '记下了'],
    ['回4 不对，不是这样', '记下了'],
    ['1 怎么识破', '识破'],
    ['回1 怎么识破', '识破'],
    ['3 转给家人的话', '转给家人'],
    ['转给家人的话', '转给家人'],
    ['1️⃣', '识破'],
    ['二', '110'],
    ['壹', '识破'],
    ['回一', '识破'],
    ['2吧', '110'],
    ['我选3', '转给家人'],
    ['第一个', '识破'],
    ['3?', '转给家人'],
  ])('%s', async (text, expected) => {
    const zhang = await placeForTest();
    await zhang.say(SCAM);
    await zhang.wait(A_PAUSE);
    expect(await zhang.say(text)).toContain(expected);
  });
  test.each(['二大爷家的事', '一', '三百块', '2号楼的老李'])('and what is none in a quiet talk: %s', async (text) => {
    const zhang = await placeForTest();
    const said = [await zhang.say(text), ...(await zhang.wait(3 * SECOND))].join('');
    expect(said).not.toContain('识破');
  });
});
