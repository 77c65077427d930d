import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { closeRigs, folder, GROUP, LI, openRig, sleep, until, ZHANG } from '../../wechat-web/guarded-rig.ts';
import { runOutages } from './outages.long.ts';

afterEach(closeRigs);

describe('the guarded WeChat puppet in talk', () => {
  it('goes from a scan over a message to its reply in less than three seconds', async () => {
    const rig = await openRig({ answer: (message) => `收到：${message.text()}` });
    const started = Date.now();
    await rig.signIn();
    rig.web.say(ZHANG, '有人冒充公检法');
    await until(() => rig.web.sent.length === 1);
    expect(rig.web.sent[0]).toMatchObject({ to: ZHANG, text: '收到：有人冒充公检法' });
    expect(Date.now() - started).toBeLessThan(3_000);
    expect(rig.events).toEqual(expect.arrayContaining(['scan', 'login', 'ready']));
    expect(rig.events.filter((event) => event.startsWith('error'))).toEqual([]);
    expect(rig.troubles).toEqual([]);
  });

  it('hands on 200 messages in any order of their times, some of them twice, each exactly once', async () => {
    const rig = await openRig({ answer: (message) => message.text() });
    await rig.signIn();
    const now = Math.floor(Date.now() / 1000);
    const texts = Array.from({ length: 200 }, (_, i) => `第 ${i} 条`);
    for (const [i, text] of texts.entries()) {
      const FromUserName = [ZHANG, LI, '@nobody000000'][i % 3] ?? ZHANG;
      const message = rig.web.deliver({ FromUserName, Content: text, CreateTime: now - ((i * 37) % 200) });
      if (i % 7 === 0) rig.web.deliverRaw(message);
      if (i % 20 === 0) await sleep(5);
    }
    await until(() => rig.web.sent.length >= 200);
    await sleep(150);
    expect(rig.web.sent.map(({ text }) => text).sort()).toEqual(texts.sort());
  });

  it('loses and doubles nothing when the answer to a poll is lost on the way', async () => {
    const rig = await openRig({ answer: (message) => message.text() });
    await rig.signIn();
    rig.web.fail('webwxsync', (_request, response) => response.destroy(), 2);
    rig.web.say(ZHANG, '一');
    rig.web.say(ZHANG, '二');
    await until(() => rig.web.sent.length === 2);
    await sleep(100);
    expect(rig.web.sent.map(({ text }) => text)).toEqual(['一', '二']);
  });

  it('answers everything said around short outages exactly once', async () => {
    const { lost, doubled, answered } = await runOutages({ outages: 3, outageMs: 150, messagesEach: 4 });
    expect({ lost, doubled, answered }).toEqual({ lost: [], doubled: [], answered: 15 });
  });

  it('shows a new code when nobody scans in time', async () => {
    const rig = await openRig();
    await rig.start();
    await until(() => rig.web.codes === 1);
    rig.web.expireCode();
    await until(() => rig.web.codes === 2);
    await rig.web.signIn();
    await until(() => rig.puppet.isLoggedIn);
    expect(rig.troubles).toEqual([]);
  });

  it('hears a friend request of somebody unknown at once and accepts it', async () => {
    const rig = await openRig();
    await rig.signIn();
    const accepted = new Promise<void>((resolve, reject) => {
      rig.puppet.once('friendship', ({ friendshipId }) => {
        rig.puppet.friendshipAccept(friendshipId).then(resolve, reject);
      });
    });
    const asked = Date.now();
    rig.web.askFriendship('@newbie000000', '新居民', '我是西平居民');
    await accepted;
    expect(Date.now() - asked).toBeLessThan(1_500);
    expect(rig.web.verified).toEqual(['@newbie000000']);
    expect(rig.events).toContain('friendship');
  });

  it('takes the greeting after a new friendship for a text, too', async () => {
    const rig = await openRig();
    await rig.signIn();
    rig.web.say(ZHANG, '我通过了你的朋友验证请求，现在我们可以开始聊天了');
    await until(() => rig.texts().length > 0);
    expect(rig.events.filter((event) => event.startsWith('error'))).toEqual([]);
  });

  it('lives on after messages and people that are none', async () => {
    const rig = await openRig();
    rig.web.addPerson('__proto__', '污染');
    await rig.signIn();
    const sound = rig.web.deliver({ FromUserName: ZHANG, MsgType: 10000, Content: '你撤回了一条消息' });
    const hostile: unknown[] = [
      null,
      '字',
      {},
      { ...sound, MsgId: { toString: null } },
      { ...sound, MsgId: '71', Content: { a: 1 } },
      { ...sound, MsgId: '72', CreateTime: 'x' },
      { ...sound, MsgId: '73', FromUserName: '__proto__', Content: '原型' },
      { ...sound, MsgId: '74', FromUserName: '@@nowhere', MsgType: 10000, Content: '有人加入' },
      { ...sound, MsgId: '75', MsgType: 49, Content: '&lt;msg&gt;&lt;appmsg&gt;&lt;title&gt;a & b' },
      { ...sound, MsgId: '76', MsgType: 999, Content: `@${'a'.repeat(50_000)}` },
      {
        ...sound,
        MsgId: '77',
        MsgType: 37,
        RecommendInfo: null,
        Content: '&lt;!DOCTYPE a [&lt;!ENTITY b "c"&gt;]&gt;',
      },
    ];
    for (const one of hostile) rig.web.deliverRaw(one);
    rig.web.say(ZHANG, '还在吗');
    await until(() => rig.texts().includes('还在吗'));
    expect(rig.puppet.isLoggedIn).toBe(true);
    expect(rig.lines.join('\n')).not.toContain('原型');
    expect(({} as { NickName?: string }).NickName).toBeUndefined();
  });
});

describe('the session of the guarded puppet', () => {
  it('is kept for its owner only, and over a restart without a new scan', async () => {
    const rig = await openRig();
    await rig.signIn();
    await rig.stop();
    expect(statSync(rig.sessionFile).mode & 0o777).toBe(0o600);
    const again = await openRig({ web: rig.web, sessionFile: rig.sessionFile });
    await again.start();
    await until(() => again.puppet.isLoggedIn);
    again.web.say(ZHANG, '回来了');
    await until(() => again.texts().length === 1);
    expect(rig.web.codes).toBe(1);
  });

  it('is kept when the process is killed without being stopped', async () => {
    const rig = await openRig();
    await rig.signIn();
    rig.web.say(ZHANG, '死前说的');
    await until(() => rig.texts().length === 1);
    await until(() => readFileSync(rig.sessionFile, 'utf8').includes(rig.messages[0]?.id ?? '没有'), 2_000);
    const copy = join(folder(), 'copy.json');
    writeFileSync(copy, readFileSync(rig.sessionFile), { mode: 0o600 });
    await rig.stop();
    const again = await openRig({ web: rig.web, sessionFile: copy });
    await again.start();
    await until(() => again.puppet.isLoggedIn);
    await sleep(100);
    expect(again.texts()).toEqual([]);
  });

  it.each(['', '{', '[]', '{"version":1}', '{"version":1,"seen":[],"bot":{"stop":{}}}', '{"version":1,"seen":[1]}'])(
    'that is broken (%j) counts as none and is said to be',
    async (content) => {
      const file = join(folder(), 'wechat4u.json');
      writeFileSync(file, content);
      const rig = await openRig({ sessionFile: file });
      await rig.signIn();
      expect(rig.troubles.map(({ code }) => code)).toEqual(['session-file-corrupt']);
      expect(rig.web.codes).toBe(1);
      expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveProperty('bot.PROP.sid', 'SID1');
      expect(statSync(file).mode & 0o777).toBe(0o600);
    },
  );

  it('that cannot be written is said to be, and talk goes on', async () => {
    const file = join(folder(), 'a-file');
    writeFileSync(file, '');
    const rig = await openRig({ sessionFile: join(file, 'wechat4u.json') });
    await rig.signIn();
    rig.web.say(ZHANG, '还在吗');
    await until(() => rig.texts().length === 1);
    expect(rig.troubles.map(({ code }) => code)).toContain('session-file-unwritable');
    expect(dirname(rig.sessionFile)).toBe(file);
  });

  it('knows what a stop kept from being handed on, and hands it on afterwards', async () => {
    const rig = await openRig({ intervals: { patienceMs: 3_000 }, initKey: 'newest' });
    await rig.signIn();
    rig.web.fail('webwxbatchgetcontact', () => undefined);
    rig.web.say(ZHANG, '先说的');
    rig.web.say('@nobody000000', '我是新来的');
    await until(() => rig.texts().length === 1 && rig.web.count('webwxbatchgetcontact') > 0);
    await rig.stop();
    const again = await openRig({ web: rig.web, sessionFile: rig.sessionFile });
    await again.start();
    await until(() => again.texts().length > 0);
    await sleep(50);
    expect([...rig.texts(), ...again.texts()]).toEqual(['先说的', '我是新来的']);
  });

  it('is given up when WeChat no longer knows it', async () => {
    const rig = await openRig();
    await rig.signIn();
    await rig.stop();
    rig.web.kick(1102);
    const again = await openRig({ web: rig.web, sessionFile: rig.sessionFile });
    await again.start();
    await until(() => rig.web.codes === 2);
    expect(again.troubles.map(({ code }) => code)).toEqual(['session-refused']);
    expect(JSON.parse(readFileSync(rig.sessionFile, 'utf8'))).not.toHaveProperty('bot');
    expect(again.web.groups.has(GROUP)).toBe(true);
  });
});
