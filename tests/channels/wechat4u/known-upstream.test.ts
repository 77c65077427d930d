import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { types } from 'wechaty';
import { closeRigs, GROUP, LI, openRig, sleep, until, ZHANG } from '../../wechat-web/guarded-rig.ts';

/** What `tests/wechat-web/bare.ts` saw of the unrepaired puppet. */
interface Facts {
  readonly swallowers: number;
  readonly killPhrase: { readonly logouts: number; readonly saved: boolean };
  readonly stop: { readonly before: boolean; readonly logouts: number; readonly saved: boolean };
  readonly deadHost: { readonly requests: number };
  readonly html: { readonly polls: number };
  readonly kick: { readonly polls: number };
  readonly outage: { readonly received: number; readonly unhandled: number };
  readonly late: { readonly texts: readonly string[] };
  readonly strangers: { readonly seconds: number; readonly texts: readonly string[] };
  readonly refused: { readonly errors: readonly string[]; readonly codes: number };
  readonly zombie: { readonly polls: number; readonly beats: number; readonly loggedIn: boolean };
  readonly words: { readonly texts: readonly string[] };
  readonly ready: { readonly seconds: number };
  readonly logout: {
    readonly polls: number;
    readonly serverTold: boolean;
    readonly texts: readonly string[];
    readonly errors: number;
  };
  readonly members: { readonly batches: number };
}

const script = (name: string): string => join(import.meta.dirname, '../../wechat-web', name);
const run = (name: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', script(name), ...args], { timeout: 30_000 });

const KILL = '🌚 🌚🌚 🌚🌚 🌚';
const REFUSAL = '为了你的帐号安全，此微信号已不允许登录网页微信。';
let bare: Facts;

beforeAll(async () => {
  bare = JSON.parse((await run('bare.ts')).stdout) as Facts;
});

afterEach(closeRigs);

describe('row 1: a crash', () => {
  it('is swallowed by the bare puppet and ends the process with ours', async () => {
    expect(bare.swallowers).toBe(1);
    const [swallowed, ended] = await Promise.allSettled([run('crash.ts', 'bare'), run('crash.ts', 'guarded')]);
    expect(swallowed).toMatchObject({ status: 'fulfilled', value: { stdout: expect.stringContaining('alive') } });
    expect(ended).toMatchObject({ status: 'rejected', reason: { code: 1, stdout: '' } });
  });
});

describe('row 2: a text that switches the bot off', () => {
  it('logs the bare puppet out and is an ordinary text for ours', async () => {
    expect(bare.killPhrase).toEqual({ logouts: 1, saved: false });
    const rig = await openRig();
    await rig.signIn();
    rig.web.say(ZHANG, KILL);
    rig.web.deliver({ FromUserName: rig.puppet.currentUserId, ToUserName: 'filehelper', Content: '退出wechat4u' });
    rig.web.say(ZHANG, '还在吗');
    await until(() => rig.texts().length === 3);
    expect(rig.texts()).toEqual(expect.arrayContaining([KILL, '还在吗']));
    expect(rig.web.count('webwxlogout')).toBe(0);
    expect(rig.puppet.isLoggedIn).toBe(true);
  });
});

describe('row 3: stopping', () => {
  it('logs the bare puppet out for good; ours keeps the session and needs no scan afterwards', async () => {
    expect(bare.stop).toEqual({ before: true, logouts: 1, saved: false });
    const rig = await openRig();
    await rig.signIn();
    await rig.stop();
    expect(rig.web.count('webwxlogout')).toBe(0);
    const again = await openRig({ web: rig.web, sessionFile: rig.sessionFile });
    await again.start();
    await until(() => again.puppet.isLoggedIn);
    expect(rig.web.codes).toBe(1);
    expect(again.events).not.toContain('scan');
  });

  it('ends our process at once, also while a poll is held', async () => {
    const { stdout } = await run('leave.ts');
    expect(Date.now() - Number(stdout)).toBeLessThan(700);
  });
});

describe('row 4: a login host that is dead', () => {
  it('is stormed by the bare puppet; ours asks ever more slowly, says so once, and never logs out', async () => {
    expect(bare.deadHost.requests).toBeGreaterThan(100);
    const rig = await openRig();
    rig.web.deadHosts.add('login.wx.qq.com');
    await rig.start();
    await sleep(1_000);
    // 50, 100, 200, 400, 400 ms between the tries.
    expect(rig.web.requests.length).toBeGreaterThanOrEqual(3);
    expect(rig.web.requests.length).toBeLessThanOrEqual(6);
    expect(rig.web.count('webwxlogout')).toBe(0);
    expect(rig.troubles.map(({ code }) => code)).toEqual(['unreachable']);
    rig.web.deadHosts.clear();
    await until(() => rig.events.includes('scan'));
    expect(rig.recovered).toEqual(['unreachable']);
  });

  it('sees at most one try in five seconds with the intervals of life', async () => {
    const rig = await openRig({ intervals: { loginMs: 5_000, mostLoginMs: 300_000 } });
    rig.web.deadHosts.add('login.wx.qq.com');
    await rig.start();
    await sleep(1_500);
    await rig.stop();
    await rig.start();
    await sleep(500);
    expect(rig.web.count('jslogin')).toBe(1);
  });
});

describe('row 5: a page in the place of an answer', () => {
  it('is polled in a storm by the bare puppet, slowly by ours, and work goes on afterwards', async () => {
    expect(bare.html.polls).toBeGreaterThan(100);
    const rig = await openRig();
    await rig.signIn();
    const since = rig.web.requests.length;
    rig.web.answerSyncWith('<html>系统维护</html>');
    await sleep(500);
    expect(rig.web.count('synccheck', since)).toBeLessThan(15);
    expect(rig.troubles.map(({ code }) => code)).toEqual(['odd-answer']);
    rig.web.answerSyncWith(undefined);
    rig.web.say(ZHANG, '好了吗');
    await until(() => rig.texts().includes('好了吗'));
    await until(() => rig.recovered.includes('odd-answer'));
  });
});

describe('row 6: a kick', () => {
  it('is noticed by the bare puppet only after several polls, by ours at the first, with a new code on show', async () => {
    expect(bare.kick.polls).toBeGreaterThanOrEqual(2);
    const rig = await openRig();
    await rig.signIn();
    const since = rig.web.requests.length;
    rig.web.kick(1101);
    await until(() => rig.events.includes('logout') && rig.web.codes === 2);
    expect(rig.web.count('synccheck', since)).toBeLessThanOrEqual(1);
    expect(rig.troubles.map(({ code, ret, retryable }) => ({ code, ret, retryable }))).toEqual([
      { code: 'ended-elsewhere', ret: 1101, retryable: true },
    ]);
    await rig.web.signIn();
    await until(() => rig.puppet.isLoggedIn);
    expect(rig.recovered).toEqual(['ended-elsewhere']);
  });

  it.each([
    [1100, 'ended-on-phone'],
    [1102, 'session-refused'],
  ] as const)('with %i means %s and leads to a new code, never to a loop', async (code, expected) => {
    const rig = await openRig();
    await rig.signIn();
    rig.web.kick(code);
    await until(() => rig.web.codes === 2);
    await sleep(200);
    expect(rig.troubles.map((trouble) => trouble.code)).toEqual([expected]);
    expect(rig.web.codes).toBe(2);
  });
});

describe('row 7: an outage', () => {
  it('costs the bare puppet the messages of the outage and an unhandled rejection; ours neither', async () => {
    expect(bare.outage).toEqual({ received: 0, unhandled: 1 });
    const rig = await openRig();
    await rig.signIn();
    await rig.web.goDark();
    await until(() => rig.troubles.length > 0);
    rig.web.deliver({ FromUserName: ZHANG, Content: '断网时说的', CreateTime: Math.floor(Date.now() / 1000) - 60 });
    await rig.web.comeBack();
    await until(() => rig.texts().length > 0);
    expect(rig.texts()).toEqual(['断网时说的']);
    expect(rig.events).not.toContain('logout');
    expect(rig.troubles.map(({ code }) => code)).toEqual(['unreachable']);
    await until(() => rig.recovered.includes('unreachable'));
  });

  it('that makes WeChat refuse the key opens the session anew, without a second login on the bot', async () => {
    const rig = await openRig();
    await rig.signIn();
    const odd = '{"BaseResponse":{"Ret":-1,"ErrMsg":""}}';
    rig.web.fail('webwxsync', (_request, response) => response.end(odd), 3);
    rig.web.say(ZHANG, '重开以后收到');
    await until(() => rig.texts().length > 0);
    expect(rig.web.count('webwxinit')).toBe(2);
    expect(rig.events.filter((event) => event === 'login')).toHaveLength(1);
    expect(rig.texts()).toEqual(['重开以后收到']);
  });
});

describe('row 8: messages from while the bot was down, and messages that come twice', () => {
  it('are lost and doubled by the bare puppet; ours hands on each once, also over a restart', async () => {
    expect(bare.late.texts).toEqual(['说一遍', '说一遍']);
    const rig = await openRig();
    await rig.signIn();
    const twice = rig.web.say(ZHANG, '说一遍');
    await until(() => rig.texts().length === 1);
    rig.web.deliverRaw(twice);
    await sleep(150);
    await rig.stop();
    rig.web.deliver({ FromUserName: ZHANG, Content: '关机时说的', CreateTime: Math.floor(Date.now() / 1000) - 30 });
    rig.web.deliverRaw(twice);
    const again = await openRig({ web: rig.web, sessionFile: rig.sessionFile });
    await again.start();
    await until(() => again.texts().length > 0);
    await sleep(150);
    expect([...rig.texts(), ...again.texts()]).toEqual(['说一遍', '关机时说的']);
  });

  it('are taken under the saved key even if WeChat would skip them at a new beginning', async () => {
    const rig = await openRig({ initKey: 'newest' });
    await rig.signIn();
    rig.web.say(ZHANG, '第一句');
    await until(() => rig.texts().length === 1);
    await rig.stop();
    rig.web.say(ZHANG, '关机时说的');
    const again = await openRig({ web: rig.web, sessionFile: rig.sessionFile });
    await again.start();
    await until(() => again.texts().length > 0);
    expect(again.texts()).toEqual(['关机时说的']);
  });
});

describe('row 9: somebody whom nobody knows', () => {
  it('waits 51 seconds with the bare puppet, a moment with ours; a group that cannot be fetched is heard too', async () => {
    expect(bare.strangers.seconds).toBeGreaterThan(30);
    expect(bare.strangers.texts).toEqual(['我是新来的']);
    const rig = await openRig({ answer: (message) => `收到：${message.text()}` });
    await rig.signIn();
    const limited = '{"BaseResponse":{"Ret":1205,"ErrMsg":""}}';
    rig.web.fail('webwxbatchgetcontact', (_request, response) => response.end(limited), 1_000);
    const started = Date.now();
    rig.web.say('@nobody000000', '我是新来的');
    rig.web.sayIn('@@strange0000', '@somebody0000', '群里说的');
    await until(() => rig.web.sent.length === 2);
    expect(Date.now() - started).toBeLessThan(1_500);
    expect(rig.web.sent).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ to: '@nobody000000', text: '收到：我是新来的' }),
        expect.objectContaining({ to: '@@strange0000', text: '收到：群里说的' }),
      ]),
    );
  });

  it('keeps the order of what one person says', async () => {
    const rig = await openRig();
    await rig.signIn();
    for (const text of ['一', '二', '三', '四']) rig.web.say('@nobody000000', text);
    await until(() => rig.texts().length === 4);
    expect(rig.texts()).toEqual(['一', '二', '三', '四']);
  });
});

describe('row 10: a refused login', () => {
  it('is "1100 == 0" and another code with the bare puppet; ours says why in Chinese and stops', async () => {
    expect(bare.refused.errors[0]).toBe('1100 == 0');
    expect(bare.refused.codes).toBeGreaterThan(1);
    const rig = await openRig();
    rig.web.refuseLogin(1203, REFUSAL);
    await rig.start();
    await until(() => rig.web.codes === 1);
    rig.web.scan();
    rig.web.confirm();
    await until(() => rig.troubles.length > 0);
    await sleep(200);
    expect(rig.troubles).toHaveLength(1);
    expect(rig.troubles[0]).toMatchObject({ code: 'login-refused', ret: 1203, retryable: false });
    expect(rig.troubles[0]?.sentence).toContain(`微信说：${REFUSAL}怎么办：`);
    expect(rig.puppet.halted).toBe(true);
    expect(rig.web.codes).toBe(1);
    expect(rig.web.count('webwxinit')).toBe(0);
  });
});

describe('row 11: a start with a saved session while WeChat is away', () => {
  it('makes a zombie of the bare puppet, which beats but never polls; ours polls as soon as WeChat is back', async () => {
    expect(bare.zombie).toEqual({ polls: 0, beats: expect.any(Number), loggedIn: false });
    expect(bare.zombie.beats).toBeGreaterThan(0);
    const rig = await openRig();
    await rig.signIn();
    await rig.stop();
    await rig.web.goDark();
    const again = await openRig({ web: rig.web, sessionFile: rig.sessionFile });
    await again.start();
    await until(() => again.troubles.length > 0);
    await rig.web.comeBack();
    rig.web.say(ZHANG, '回来了吗');
    await until(() => again.texts().length > 0);
    expect(again.puppet.isLoggedIn).toBe(true);
    expect(rig.web.codes).toBe(1);
  });

  it('begins anew when nothing happens any more although something should', async () => {
    const rig = await openRig({ intervals: { silentMs: 600, answerWithinMs: 60_000 } });
    await rig.signIn();
    const polls = rig.web.count('synccheck');
    rig.web.fail('synccheck', () => undefined);
    await until(() => rig.web.count('synccheck') > polls);
    rig.web.say(ZHANG, '卡住了吗');
    await until(() => rig.texts().length > 0, 3_000);
    expect(rig.lines.some((line) => line.includes('beginning anew'))).toBe(true);
    expect(rig.web.codes).toBe(1);
  });
});

describe('row 12: words', () => {
  it('are cut and left escaped by the bare puppet; ours gives what was typed', async () => {
    expect(bare.words.texts).toEqual(['骗子说', 'a &amp; b &quot;c&quot; &#39;d&#39;']);
    const rig = await openRig();
    await rig.signIn();
    const samples = [
      ['骗子说:<br/>你涉嫌洗钱:<br/>请转账', '骗子说:\n你涉嫌洗钱:\n请转账'],
      ['a &amp; b &quot;c&quot; &#39;d&#39; &lt;e&gt;', 'a & b "c" \'d\' <e>'],
      ['&amp;lt; &lt;br/&gt;', '&lt; <br/>'],
      [
        '哭<span class="emoji emoji1f62d"></span>赞<span class="emoji emoji1f44d1f3fb"></span>[捂脸]',
        '哭😭赞👍🏻[捂脸]',
      ],
      [`@反诈助手\u2005是骗子吗`, `@反诈助手\u2005是骗子吗`],
    ] as const;
    for (const [sent] of samples) rig.web.sayIn(GROUP, LI, sent);
    await until(() => rig.messages.length === samples.length);
    expect(rig.texts()).toEqual(samples.map(([, typed]) => typed));
    expect(rig.messages.map((message) => message.talker().id)).toEqual(samples.map(() => LI));
    rig.web.say(ZHANG, '转给:<br/>他 &amp; 她');
    await until(() => rig.messages.length > samples.length);
    expect(rig.texts().at(-1)).toBe('转给:\n他 & 她');
  });

  it('of a card in a group are whole, and escaped as XML wants it', async () => {
    const rig = await openRig();
    await rig.signIn();
    const card =
      '<msg><appmsg><title>骗术:\n一 &amp; 二</title><url>http://a.cn/?b=1&amp;c=2</url><type>5</type></appmsg></msg>';
    const sent = card
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('\n', '<br/>');
    rig.web.deliver({ FromUserName: GROUP, MsgType: 49, AppMsgType: 5, Content: `${LI}:<br/>${sent}` });
    await until(() => rig.messages.length === 1);
    expect(rig.messages[0]?.type()).toBe(types.Message.Url);
    expect(rig.messages[0]?.text()).toBe(card);
  });

  it('of a quote are the quote and the answer', async () => {
    const rig = await openRig();
    await rig.signIn();
    const refer = '<refermsg><type>1</type><displayname>李四</displayname><content>你中奖了</content></refermsg>';
    const card = `<msg><appmsg><title>是骗子吗</title><type>57</type>${refer}</appmsg></msg>`;
    const sent = card.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    rig.web.deliver({ FromUserName: ZHANG, MsgType: 49, AppMsgType: 57, Content: sent });
    await until(() => rig.texts().length === 1);
    expect(rig.texts()[0]).toMatch(/^「李四：你中奖了」\n[- ]+\n是骗子吗$/);
  });

  it('that name the bot at the end, or behind a second line, count as a mention', async () => {
    const rig = await openRig();
    rig.web.addGroup(GROUP, '西平反诈群', [rig.web.me, { ...rig.web.me, UserName: '@self10123456789abcdef' }]);
    await rig.signIn();
    for (const text of ['骗子说:<br/>转账 @反诈助手', '@反诈助手是谁', '@反诈助手\u2005在吗'])
      rig.web.sayIn(GROUP, LI, text);
    await until(() => rig.messages.length === 3);
    expect(await Promise.all(rig.messages.map((message) => message.mentionSelf()))).toEqual([true, false, true]);
  });
});

describe('row 13: being ready', () => {
  it('takes the bare puppet over 20 seconds, ours as long as logging in', async () => {
    expect(bare.ready.seconds).toBeGreaterThanOrEqual(20);
    const rig = await openRig();
    await rig.signIn();
    await until(() => rig.events.includes('ready'), 500);
    await rig.stop();
    await sleep(50);
    expect(rig.lines.filter((line) => line.includes('waitStable'))).toEqual([]);
  });
});

describe('row 14: logging out by the bot', () => {
  it('leaves the bare puppet polling and failing on every message; ours tells WeChat and falls silent', async () => {
    expect(bare.logout).toMatchObject({ serverTold: false, texts: [], errors: 1 });
    expect(bare.logout.polls).toBeGreaterThan(1);
    const rig = await openRig();
    await rig.signIn();
    await rig.puppet.logout();
    const since = rig.web.requests.length;
    rig.web.say(ZHANG, '还在吗');
    await sleep(300);
    expect(rig.web.requests.length).toBe(since);
    expect(rig.web.count('webwxlogout')).toBe(1);
    expect(rig.events.filter((event) => event.startsWith('error'))).toEqual([]);
    expect(JSON.parse(readFileSync(rig.sessionFile, 'utf8'))).not.toHaveProperty('bot');
  });
});

describe('row 15: a large group', () => {
  it('is fetched member by member by the bare puppet, and not at all by ours', async () => {
    expect(bare.members.batches).toBeGreaterThan(3);
    const rig = await openRig({ answer: () => '收到' });
    const many = Array.from({ length: 480 }, (_, i) => ({ UserName: `@member${i}`, NickName: `居民${i}` }));
    rig.web.addGroup('@@large00000000', '大群', many);
    await rig.signIn();
    rig.web.sayIn('@@large00000000', '@member479', '群里说的');
    await until(() => rig.web.sent.length === 1);
    expect(rig.messages[0]?.talker().name()).toBe('居民479');
    await sleep(200);
    expect(rig.web.count('webwxbatchgetcontact')).toBe(0);
  });
});
