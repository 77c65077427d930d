import { describe, expect, test } from 'vitest';
import { countyForTest } from './county.ts';

const SCAM = '刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户，还不让告诉家里人';

describe('becoming a deputy', () => {
  test('needs a code from the office, written as one likes, and only once', async () => {
    const county = await countyForTest();
    await county.invite('DBK7QF3M2P');
    expect(await county.say('王', 'db-k7qf-3m2p')).toEqual([expect.stringContaining('记下您是代表了')]);
    expect(await county.say('李', '邀请码 DB K7QF 3M2P')).toEqual([expect.stringContaining('这个码不对')]);
    expect(await county.say('王', 'DBK7QF3M2P')).toEqual([expect.stringContaining('已经是代表了')]);
  });
  test('is refused for an hour after five wrong codes, with the right one too', async () => {
    const county = await countyForTest();
    await county.invite('DBK7QF3M2P');
    for (let i = 0; i < 4; i += 1) expect((await county.say('王', `DB2222222${i + 2}`))[0]).toContain('这个码不对');
    expect((await county.say('王', 'DB22222299'))[0]).toContain('过一小时');
    expect((await county.say('王', 'DBK7QF3M2P'))[0]).toContain('过一小时');
    await county.goTo('2026-11-30 10:00');
    await county.mail('王');
    expect((await county.say('王', 'DBK7QF3M2P'))[0]).toContain('记下您是代表了');
  });
  test('ends with 退出代表, and nothing is relayed any more', async () => {
    const county = await countyForTest();
    await county.invite();
    await county.say('王', 'DBK7QF3M2P');
    expect(await county.say('王', SCAM)).toHaveLength(2);
    expect((await county.say('王', '退出代表'))[0]).toContain('谢谢您出力');
    expect(await county.say('王', SCAM)).toHaveLength(1);
  });
  test('cannot be claimed by a resident', async () => {
    const county = await countyForTest();
    expect((await county.say('李', '已转发 3个群 200人')).join()).not.toContain('记下了');
    expect(await county.storage().campaign.totals('2026-11-01', '2026-12-31')).toEqual([]);
  });
});

describe('a relay', () => {
  test('gives the verdict, and words to pass back without digits or manners of the bot', async () => {
    const county = await countyForTest();
    await county.invite();
    await county.say('王', 'DBK7QF3M2P');
    const [verdict, words, ...more] = await county.say('王', SCAM);
    expect(more).toEqual([]);
    expect(verdict).toMatch(/^【高危】[\s\S]*回1/);
    expect(words).toMatch(
      /^您问的那条[\s\S]*冒充公检法[\s\S]*96110[\s\S]*西平县反诈助手，2026年11月30日。依据：[\s\S]*您自己也能问：/,
    );
    expect(words).not.toMatch(/回1|回2|【高危】|（你的话/);
  });
  test('hurries where money is gone', async () => {
    const county = await countyForTest();
    await county.invite();
    await county.say('王', 'DBK7QF3M2P');
    const [verdict, words] = await county.say('王', '我已经转了五千了');
    expect(verdict).toContain('【急救】');
    expect(words).toMatch(/很急[\s\S]*110/);
  });
  test('of what was not recognised asks for care, and of small talk there is none', async () => {
    const county = await countyForTest();
    await county.invite();
    await county.say('王', 'DBK7QF3M2P');
    const replies = await county.say('王', '村东头老李家今年盖了三间新房子，准备开春搬进去住');
    if (replies[0]?.includes('【没认出】')) expect(replies[1]).toContain('不等于没事');
    expect(await county.say('王', '你好')).toHaveLength(1);
    expect(await county.say('王', '谢谢')).toHaveLength(1);
  });
});

describe('words to pass on', () => {
  test('come in four lengths, and the one for groups by itself', async () => {
    const county = await countyForTest();
    const [all, group, ...more] = await county.say('李', '转发 冒充公检法');
    expect(more).toEqual([]);
    for (const title of ['【群里】', '【朋友圈】', '【LED屏】', '【大喇叭】', '幺幺零']) expect(all).toContain(title);
    expect(all).toContain(group);
    expect([...(group ?? '')].length).toBeLessThanOrEqual(120);
  });
  test('are found for a deputy in spite of typing errors, and by number', async () => {
    const county = await countyForTest();
    await county.invite();
    await county.say('王', 'DBK7QF3M2P');
    expect((await county.say('王', '转发 冒充领到熟人')).join()).toContain('冒充领导熟人');
    for (const [said, short] of [
      ['转发 刷丹', '刷单返利'],
      ['转发关于刷单的', '刷单返利'],
      ['转发 假公检法', '冒充公检法'],
    ] as const)
      expect((await county.say('王', said))[0], said).toContain(short);
    for (const said of ['刷单返利的图片', '海报 刷丹', '给我刷单返利的海报', '大屏 刷单返利'])
      expect((await county.say('王', said))[0], said).toContain('/pictures/brushing-');
    expect((await county.say('王', '转发本周主题'))[0]).toContain('本周主题');
    const [list] = await county.say('王', '转发');
    expect(list).toMatch(/1 \S+\n2 \S+/);
    const second = /\n2 (\S+)/.exec(list ?? '')?.[1] ?? '?';
    expect((await county.say('王', '2'))[0]).toContain(`“${second}”`);
  });
  test('are no answer to a chain letter that asks to be passed on', async () => {
    const county = await countyForTest();
    expect((await county.say('李', '转发此消息到三个群，领取288元红包')).join()).not.toContain('能转发的话');
  });
  test('have a picture and a script for the loudspeaker behind them', async () => {
    const county = await countyForTest();
    await county.say('李', '转发 刷单返利');
    expect((await county.say('李', '图片'))[0]).toMatch(/\n\/pictures\/brushing-card\.png$/);
    expect((await county.say('李', '大喇叭')).at(-1)).toMatch(/^乡亲们/);
    expect((await county.say('李', '横幅 刷单返利'))[0]).toContain('/pictures/brushing-banner.png');
  });
  test('stand ready for today and for this week', async () => {
    const county = await countyForTest();
    expect((await county.say('李', '今日一条'))[0]).toContain('今天这一条');
    await county.storage().campaign.chooseTip('2026-11-30', 'loan');
    expect((await county.say('李', '本周主题'))[0]).toContain('虚假贷款');
  });
});

describe('telling how far something was passed on', () => {
  async function deputy() {
    const county = await countyForTest();
    await county.invite();
    await county.say('王', 'DBK7QF3M2P');
    return county;
  }
  test.each([
    ['已转发 3个群 200人', '3个群、200人'],
    ['已经转发了三个群，大概两百人', '3个群、200人'],
    ['转发到5个群', '5个群、0人'],
    ['我今天转发给一百二十人', '0个群、120人'],
    ['已转发到2个村民群，共350多人', '2个群、350人'],
    ['已转发１０个群', '10个群、0人'],
    ['已转发 1.2万人', '0个群、12000人'],
    ['俺转了仨群，二百来口人', '3个群、200人'],
    ['转完了 3个群 150人', '3个群、150人'],
    ['3个群200人', '3个群、200人'],
    ['群发了5个群', '5个群、0人'],
    ['我把它转到六个群了', '6个群、0人'],
    ['已转发至3个工作群，共260人', '3个群、260人'],
    ['分享到3个群', '3个群、0人'],
    ['在三个群里转发了，四百人', '3个群、400人'],
    ['已转发5个家长群', '5个群、0人'],
    ['已转发2个社区群、1个广场舞群', '3个群、0人'],
    ['已转发。3个群。200人。😊', '3个群、200人'],
    ['已专发给12个老乡', '0个群、12人'],
    ['转发完毕，3个群200人', '3个群、200人'],
    ['以转发3个群200人', '3个群、200人'],
  ])('understands %s', async (told, total) => {
    const county = await deputy();
    expect((await county.say('王', told))[0]).toContain(`一共转了${total}`);
  });
  test.each([
    ['已转发 一万亿人', '太大了'],
    ['已转发 999999999999999999999个群', '太大了'],
    ['已转发 201个群', '太大了'],
    ['已转发 -3个群', '要比零大'],
    ['已转发 负三个群 200人', '要比零大'],
    ['已转发 0个群', '要比零大'],
    ['已转发', '转了几个群'],
    ['已转发两三个群', '转了几个群'],
    ['已转发3-5个群', '转了几个群'],
    ['已转发1.5个群', '转了几个群'],
    ['转了3个群，每个群100人', '转了几个群'],
  ])('does not count %s', async (told, answer) => {
    const county = await deputy();
    expect((await county.say('王', told))[0]).toContain(answer);
    expect(
      (await county.storage().campaign.totals('2026-11-01', '2026-12-31')).filter(({ kind }) => kind === 'forwarded'),
    ).toEqual([]);
  });
  test('does not count money', async () => {
    const county = await deputy();
    for (const told of ['我转了200人民币给他', '转了3个群里的人每人200块', '我已经转了2个人', '已转给1个人'])
      expect((await county.say('王', told)).join(), told).not.toContain('一共转了');
  });
  test.each(['我已经转了五千了', '已经转给他3万块了'])('takes %s for first aid, not for a count', async (told) => {
    const county = await deputy();
    expect((await county.say('王', told)).join()).toContain('急救');
  });
  test('can be corrected and taken back', async () => {
    const county = await deputy();
    await county.say('王', '已转发 3个群 200人');
    await county.say('王', '已转发 1个群 50人');
    expect((await county.say('王', '更正 2个群 100人'))[0]).toContain('5个群、300人');
    expect((await county.say('王', '我说错了，3个群'))[0]).toContain('6个群、200人');
    expect((await county.say('王', '不是3个是2个群'))[0]).toContain('5个群、200人');
    expect((await county.say('王', '更正'))[0]).toContain('照这样发');
    expect((await county.say('王', '算了刚才那次不算'))[0]).toContain('3个群、200人');
    expect((await county.say('王', '撤销转发'))[0]).toContain('没有能更正的');
  });
});
