/**
 * Shows the defects of the real puppet, unrepaired, in a process of its own, since some of them poison the process they
 * run in. Prints what happened as one line of JSON. Timers of the program under test run THIRTY times as fast; the
 * emulator keeps to real time.
 */
import { setTimeout as later } from 'node:timers/promises';
import { log as brolog } from 'brolog';
import { WechatyBuilder, log as wechatyLog } from 'wechaty';
import type { UpstreamPuppet, Wechat4u } from '../../src/channels/wechaty/guarded-wechat4u/upstream.ts';
import { WechatWeb } from './emulator.ts';

const FASTER = 30;
const ZHANG = '@zhang0000000000';
const LI = '@li00000000000000';
const GROUP = '@@group000000000';
const KILL = '🌚 🌚🌚 🌚🌚 🌚';
const SLOT = 'PUPPET-WECHAT4U';

const listeners = process.listenerCount('uncaughtException');
const { PuppetWechat4u } = await import('wechaty-puppet-wechat4u');
const swallowers = process.listenerCount('uncaughtException') - listeners;
const Upstream = PuppetWechat4u as unknown as new () => UpstreamPuppet;

const { setTimeout: timeout, setInterval: interval } = globalThis;
const quick = ((act: () => void, ms = 0, ...rest: []) => timeout(act, ms / FASTER, ...rest)) as typeof setTimeout;
globalThis.setTimeout = Object.assign(quick, timeout);
globalThis.setInterval = ((act: () => void, ms = 0) => interval(act, ms / FASTER)) as typeof setInterval;

for (const logger of [wechatyLog, brolog]) logger.level('silent');
console.log = () => undefined;
const unhandled: string[] = [];
process.on('unhandledRejection', (reason) => void unhandled.push(String(reason)));

class Bare extends Upstream {
  readonly web: WechatWeb;

  constructor(web: WechatWeb) {
    super();
    this.web = web;
  }

  override initHookEvents(inner: Wechat4u): void {
    const native = inner.request;
    inner.request = (asked) => native({ ...asked, url: this.web.route(asked.url) });
    super.initHookEvents(inner);
  }
}

async function begin(prepare: (web: WechatWeb) => void = () => undefined) {
  const web = await new WechatWeb({ pollMs: 100 }).start();
  const people = [web.addPerson(ZHANG, '张三'), web.addPerson(LI, '李四')];
  web.addGroup(GROUP, '西平反诈群', people);
  prepare(web);
  const puppet = new Bare(web);
  const bot = WechatyBuilder.build({ puppet });
  const ids: string[] = [];
  const texts: string[] = [];
  const errors: string[] = [];
  puppet.on('message', ({ messageId }) => void ids.push(messageId));
  bot.on('message', (message) => void texts.push(message.text()));
  bot.on('error', (error) => void errors.push(error.message));
  await bot.start();
  const signIn = async () => {
    await web.signIn();
    for (let i = 0; i < 200 && !puppet.isLoggedIn; i += 1) await later(5);
    await later(30);
  };
  return { web, puppet, bot, ids, texts, errors, signIn };
}

async function holds(check: () => boolean, ms = 4_000): Promise<number> {
  const started = performance.now();
  while (!check() && performance.now() - started < ms) await later(5);
  return Math.round(performance.now() - started);
}

const SCENARIOS = {
  async killPhrase() {
    const { web, puppet, signIn } = await begin();
    await signIn();
    web.say(ZHANG, KILL);
    await holds(() => web.count('webwxlogout') > 0);
    await later(50);
    return { logouts: web.count('webwxlogout'), saved: (await puppet.memory.get(SLOT)) !== undefined };
  },

  async stop() {
    const { web, puppet, signIn } = await begin();
    await signIn();
    const before = (await puppet.memory.get(SLOT)) !== undefined;
    await puppet.stop();
    await later(200);
    return { before, logouts: web.count('webwxlogout'), saved: (await puppet.memory.get(SLOT)) !== undefined };
  },

  async kick() {
    const { web, puppet, signIn } = await begin();
    await signIn();
    await later(120);
    const since = web.requests.length;
    web.kick(1101);
    await holds(() => !puppet.isLoggedIn);
    return { polls: web.count('synccheck', since) };
  },

  async outage() {
    const { web, ids, signIn } = await begin();
    await signIn();
    // The real puppet leaves out what is older than its last login, in whole seconds: a new second must begin in between.
    await holds(() => Date.now() % 1000 > 650 && Date.now() % 1000 < 700);
    const polls = web.count('synccheck');
    web.fail('synccheck', (_request, response) => response.writeHead(502).end(), 3);
    await holds(() => web.count('synccheck') > polls);
    web.say(ZHANG, '断网时说的');
    const inits = web.count('webwxinit');
    await holds(() => web.count('webwxinit') > inits && web.count('webwxsync') > 0);
    await later(400);
    return { received: ids.length, unhandled: unhandled.filter((one) => one.includes('must logout first')).length };
  },

  async late() {
    const { web, ids, texts, signIn } = await begin();
    await signIn();
    web.deliver({ FromUserName: ZHANG, Content: '关机时说的', CreateTime: Math.floor(Date.now() / 1000) - 30 });
    const twice = web.say(ZHANG, '说一遍');
    await later(250);
    web.deliverRaw(twice);
    await holds(() => ids.length >= 2, 1_000);
    await later(100);
    return { texts };
  },

  async strangers() {
    const { web, texts, signIn } = await begin();
    await signIn();
    web.say('@nobody000000', '我是新来的');
    const ms = await holds(() => texts.length > 0);
    web.fail(
      'webwxbatchgetcontact',
      (_q, response) => response.end('{"BaseResponse":{"Ret":1205,"ErrMsg":""}}'),
      1_000,
    );
    web.sayIn('@@strange0000', '@somebody0000', '群里说的');
    await later(500);
    return { seconds: Math.round((ms * FASTER) / 1_000), texts };
  },

  async refused() {
    const { web, errors } = await begin((one) =>
      one.refuseLogin(1203, '为了你的帐号安全，此微信号已不允许登录网页微信。'),
    );
    await web.until(() => web.codes > 0, 1_000);
    web.scan();
    web.confirm();
    await holds(() => web.codes > 1);
    return { errors: errors.slice(0, 3), codes: web.codes, dead: web.count('webwxinit') };
  },

  async zombie() {
    const first = await begin();
    await first.signIn();
    const bot: unknown = JSON.parse(JSON.stringify(first.puppet.wechat4u?.botData));
    const web = await new WechatWeb({ pollMs: 100 }).start();
    Object.assign(web, { sid: 'SID1', logins: 1 });
    await web.goDark();
    const puppet = new Bare(web);
    let beats = 0;
    puppet.on('heartbeat', () => {
      beats += 1;
    });
    puppet.on('error', () => undefined);
    await puppet.memory.load();
    await (puppet.memory as { set(slot: string, value: unknown): Promise<void> }).set(SLOT, bot);
    await puppet.start();
    await later(100);
    await web.comeBack();
    const inits = web.count('webwxinit');
    await holds(() => web.count('webwxinit') > inits);
    const before = beats;
    await later(700);
    return { polls: web.count('synccheck'), beats: beats - before, loggedIn: puppet.isLoggedIn };
  },

  async words() {
    const { web, puppet, ids, signIn } = await begin();
    await signIn();
    web.sayIn(GROUP, LI, '骗子说:<br/>你涉嫌洗钱:<br/>请转账');
    await holds(() => ids.length === 1);
    web.say(ZHANG, 'a &amp; b &quot;c&quot; &#39;d&#39;');
    await holds(() => ids.length === 2);
    return { texts: await Promise.all(ids.map(async (id) => (await puppet.messagePayload(id)).text)) };
  },

  async ready() {
    const { puppet, signIn } = await begin();
    let ready = false;
    puppet.on('ready', () => {
      ready = true;
    });
    await signIn();
    const ms = await holds(() => ready);
    return { seconds: Math.round((ms * FASTER) / 1_000) };
  },

  async logout() {
    const { web, puppet, bot, texts, errors, signIn } = await begin();
    await signIn();
    await bot.logout().catch(() => undefined);
    await holds(() => !puppet.isLoggedIn);
    const since = web.requests.length;
    web.sayIn(GROUP, LI, '@反诈助手\u2005还在吗');
    await later(500);
    const polls = web.count('synccheck', since);
    return { polls, serverTold: web.count('webwxlogout') > 0, texts, errors: errors.length };
  },

  async members() {
    const { web, signIn } = await begin((one) => {
      const many = Array.from({ length: 480 }, (_, i) => ({ UserName: `@member${i}`, NickName: `居民${i}` }));
      one.addGroup('@@large00000000', '大群', many);
    });
    await signIn();
    await later(500);
    return { batches: web.count('webwxbatchgetcontact') };
  },
};

const calm = Object.entries(SCENARIOS).map(async ([name, run]) => [name, await run()] as const);
const facts: Record<string, unknown> = { swallowers, ...Object.fromEntries(await Promise.all(calm)) };

const storm = await begin();
await storm.signIn();
let since = storm.web.requests.length;
storm.web.answerSyncWith('<html>系统维护</html>');
await later(500);
facts.html = { polls: storm.web.count('synccheck', since) };
storm.web.answerSyncWith(undefined);

const dead = await begin((web) => web.deadHosts.add('login.wx.qq.com'));
since = 0;
await later(500);
facts.deadHost = { requests: dead.web.count('jslogin', since) + dead.web.count('webwxlogout', since) };

process.stdout.write(`${JSON.stringify(facts)}\n`, () => process.exit(0));
