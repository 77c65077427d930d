import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Incoming } from '../../../src/domain/index.ts';
import { SendFault } from '../../../src/outbox/index.ts';
import { WechatWeb } from '../../wechat-web/emulator.ts';
import { closeRigs, folder, sleep, until, ZHANG } from '../../wechat-web/guarded-rig.ts';
import { openWholeBot, type WholeBot, type WholeBotOptions } from '../../wechat-web/whole-bot.ts';

const SCAM = '刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户，还不让告诉家里人';

const CLAIMED = {
  id: 1,
  source: 'wechat4u',
  talker: '',
  text: '一句话',
  replyTo: [],
  urgency: 'answer',
  at: 0,
  dueAt: 0,
  expiresAt: 0,
  keepUntil: 0,
  attempts: 1,
} as const;

let web: WechatWeb;
const bots: WholeBot[] = [];

afterEach(async () => {
  for (const bot of bots.splice(0)) await bot.stop();
  await closeRigs();
  await web.stop();
});

async function open(options: WholeBotOptions = {}): Promise<WholeBot> {
  const bot = await openWholeBot(web, options);
  bots.push(bot);
  return bot;
}

async function openSignedIn(options: WholeBotOptions = {}): Promise<WholeBot> {
  web = await new WechatWeb().start();
  web.addPerson(ZHANG, '张三');
  const bot = await open(options);
  await bot.signIn();
  return bot;
}

describe('a message that cannot be kept', () => {
  it('is tried again until it is, also while more arrives than can be judged, before the next one of its talk', async () => {
    let [away, busy] = [true, 2];
    const tried: string[] = [];
    const bot = await openSignedIn({
      before: (receive) => async (incoming) => {
        tried.push(incoming.text);
        if (away) throw new Error('no space left');
        busy -= 1;
        return busy >= 0 ? { kind: 'busy' } : receive(incoming);
      },
    });
    web.say(ZHANG, SCAM);
    web.say(ZHANG, '1');
    await until(() => tried.length >= 3);
    expect(new Set(tried)).toEqual(new Set([SCAM]));
    away = false;
    await until(() => web.sent.length === 1);
    await until(() => tried.at(-1) === '1');
    expect(web.sent[0]?.text).toContain('【高危】');
    expect(bot.lines.filter((line) => line.includes('存不下来'))).toHaveLength(1);
    expect(bot.lines.join('')).not.toMatch(/安全账户|@zhang/);
  });

  it('comes again after a restart, without a scan, and is answered once', async () => {
    const stateDir = join(folder(), 'data');
    let tries = 0;
    const first = await openSignedIn({
      stateDir,
      before: () => () => {
        tries += 1;
        return Promise.reject(new Error('no space left'));
      },
    });
    web.say(ZHANG, SCAM);
    await until(() => tries > 1);
    await first.stop();
    bots.pop();
    expect(readFileSync(join(stateDir, 'wechat4u.json'), 'utf8')).not.toContain('安全账户');
    const second = await open({ stateDir });
    await until(() => web.sent.length === 1);
    await sleep(100);
    expect(web.sent.map(({ text }) => text)).toEqual([expect.stringContaining('【高危】')]);
    expect({ codes: web.codes, printed: second.printed }).toEqual({ codes: 1, printed: [] });
  });

  it('is left with WeChat when very many wait already', async () => {
    let away = true;
    const taken: Incoming[] = [];
    await openSignedIn({
      before: () => async (incoming) => {
        if (away) throw new Error('no space left');
        taken.push(incoming);
        return { kind: 'silence', why: '' };
      },
    });
    for (let i = 0; i < 1_000; i += 1) web.say(ZHANG, `第 ${i} 条`);
    await until(() => web.taken < web.messages.length && web.count('webwxsync') > 0);
    await sleep(200);
    const rounds = web.count('webwxsync');
    web.say(ZHANG, '再来一条');
    await sleep(200);
    expect(web.count('webwxsync')).toBe(rounds);
    away = false;
    await until(() => taken.length === 1_001);
    expect(taken.map(({ text }) => text)).toEqual(web.messages.map(({ Content }) => Content));
  });
});

describe('the operator', () => {
  it('gets a code in blocks and as a link, and reads where logging in stands', async () => {
    web = await new WechatWeb().start();
    const bot = await open();
    const { state } = bot.channel.signIn;
    await until(() => bot.printed.length === 1);
    expect(bot.printed[0]).toMatch(
      /^█+\n(?:[█▀▄ ]+\n){15,}用备用号的微信扫.*https:\/\/login\.weixin\.qq\.com\/l\/emu1==$/,
    );
    expect(state()).toEqual({
      sentence: '还没有登录。请用备用号的微信扫码。',
      scan: 'https://login.weixin.qq.com/l/emu1==',
      troubles: [],
    });
    web.scan();
    await until(() => state().sentence === '扫到了。请在手机上点“登录”。');
    expect(state().scan).toBeUndefined();
    web.confirm();
    await until(() => state().sentence === '已经登录，正在收消息。');
    expect(statSync(join(bot.stateDir, 'wechat4u.json')).mode & 0o777).toBe(0o600);
    expect(bot.lines.join('')).not.toContain('login.weixin');
  });

  it('reads each trouble once, as one line in Chinese, and in the state until it is over', async () => {
    const bot = await openSignedIn();
    const { state } = bot.channel.signIn;
    const told = (): string[] =>
      bot.lines
        .map((line) => JSON.parse(line) as { level: number; msg: string })
        .flatMap(({ level, msg }) => (level >= 40 ? msg : []));
    await until(() => web.count('webwxgetcontact') > 0);
    await sleep(100);
    await web.goDark();
    await until(() => state().troubles.length > 0);
    expect(state().troubles).toEqual([expect.stringMatching(/^连不上微信。怎么办：/)]);
    await sleep(100);
    expect(told()).toEqual(state().troubles);
    await web.comeBack();
    await until(() => state().troubles.length === 0);
    web.kick(1101);
    await until(() => state().scan !== undefined);
    expect(state().troubles).toEqual([expect.stringMatching(/在别处登录/)]);
    await bot.signIn();
    expect(state()).toEqual({ sentence: '已经登录，正在收消息。', troubles: [] });
  });

  it('reads why it stopped for good, and nothing to scan', async () => {
    web = await new WechatWeb().start();
    web.refuseLogin(1203, '为了你的帐号安全，此微信号已不允许登录网页微信。');
    const bot = await open();
    const { state } = bot.channel.signIn;
    await until(() => state().scan !== undefined);
    web.scan();
    web.confirm();
    await until(() => state().sentence.startsWith('已经停下'));
    expect(state()).toEqual({ sentence: expect.stringMatching(/^已经停下。微信不让这个号登录网页版/), troubles: [] });
  });
});

it('tells the outbox what became of an answer in its own words', async () => {
  web = await new WechatWeb().start();
  web.addPerson(ZHANG, '张三');
  const bot = await open();
  const say = (): Promise<unknown> =>
    bot.channel.outgoing.say({ ...CLAIMED, talker: ZHANG }).then(
      () => 'sent',
      (fault: SendFault) => [fault.constructor, fault.code],
    );
  expect(await say()).toEqual([SendFault, 'logged-out']);
  await bot.signIn();
  expect(await say()).toBe('sent');
  web.refuseSends(1201);
  expect(await say()).toEqual([SendFault, 'refused']);
  web.refuseSends(0);
  web.loseAnswerOfSend();
  expect(await say()).toEqual([SendFault, 'unknown']);
  web.refuseSends(1205);
  expect(await say()).toEqual([SendFault, 'rate-limited']);
  await expect(bot.channel.outgoing.say({ ...CLAIMED, talker: ZHANG })).rejects.toMatchObject({
    retryAfterMs: expect.toSatisfy((ms: number) => ms > 0 && ms <= 200),
  });
  await sleep(250);
  await web.goDark();
  await until(() => bot.channel.signIn.state().troubles.length > 0);
  await until(() => bot.channel.signIn.state().troubles.some((one) => one.startsWith('连不上')));
  expect(await say()).toEqual([SendFault, 'unreachable']);
});
