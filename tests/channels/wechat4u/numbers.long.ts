import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding } from '../../faults/flood.ts';
import { WechatWeb } from '../../wechat-web/emulator.ts';
import { startWechat4uProgram } from '../../wechat-web/program.ts';
import { openProxyFront } from '../../wechat-web/proxy-front.ts';
import { runOutages } from './outages.long.ts';

const MOST_CPU = 3;
const MOST_REQUESTS = 20;
const MINUTE = 60_000;
/** As WeChat holds a poll. */
const LIFE_SIZE_POLL = 25_000;
/** Loading and logging in are not idling. */
const SETTLE = 10_000;
const START_WITHIN = 30_000;
const DEAD = ['wx.qq.com', 'wx2.qq.com', 'login.wx.qq.com', 'login.wx2.qq.com', 'login.weixin.qq.com'];

/** What the channel to WeChat costs and does to WeChat, with the intervals of life; and outages of three seconds. About 80 s. */
export async function wechat4uNumbers(): Promise<readonly Finding[]> {
  return (await Promise.all([idle(), deadLogin(), outages()])).flat();
}

/** A program that is logged in and to which nobody says anything. */
async function idle(): Promise<readonly Finding[]> {
  return withProgram(async ({ web, pid }) => {
    await web.until(() => web.codes > 0, START_WITHIN);
    await web.signIn();
    await web.until(() => web.count('synccheck') > 0, START_WITHIN);
    await sleep(SETTLE);
    const [before, since, asked] = [await cpuSeconds(pid), performance.now(), web.requests.length];
    await sleep(MINUTE / 2);
    const seconds = (performance.now() - since) / 1_000;
    const percent = ((await cpuSeconds(pid)) - before) * (100 / seconds);
    const requests = web.requests.length - asked;
    return [
      {
        what: `wechat4u, logged in and idle for ${Math.round(seconds)} s: ${percent.toFixed(2)} % of one core, ${requests} requests`,
        good: percent < MOST_CPU,
      },
    ];
  });
}

/** A program that cannot reach the host on which one logs in, from its very first try. */
async function deadLogin(): Promise<readonly Finding[]> {
  return withProgram(async ({ web, front }) => {
    const end = Date.now() + START_WITHIN;
    while (front.asked.length === 0 && Date.now() < end) await sleep(50);
    await sleep(MINUTE);
    const requests = front.asked.length;
    return [
      {
        what: `wechat4u, login host dead: ${requests} requests in a minute, ${web.requests.length} got through`,
        good: requests > 0 && requests < MOST_REQUESTS && web.requests.length === 0,
      },
    ];
  }, DEAD);
}

async function outages(): Promise<readonly Finding[]> {
  const { said, answered, lost, doubled, requestsInTheDark, seconds } = await runOutages();
  return [
    {
      what:
        `wechat4u, 10 outages of 3 s in traffic: ${said} said, ${answered} answered, ${lost.length} lost, ` +
        `${doubled.length} doubled, ${requestsInTheDark} requests in the dark, ${seconds} s`,
      good: lost.length === 0 && doubled.length === 0 && answered === said,
    },
  ];
}

interface Running {
  readonly web: WechatWeb;
  readonly front: Awaited<ReturnType<typeof openProxyFront>>;
  readonly pid: number;
}

async function withProgram<Result>(measure: (running: Running) => Promise<Result>, dead: readonly string[] = []) {
  const folder = await mkdtemp(join(tmpdir(), 'fanzha-wechat4u-'));
  const web = await new WechatWeb({ pollMs: LIFE_SIZE_POLL }).start();
  for (const host of dead) web.deadHosts.add(host);
  const front = await openProxyFront(web);
  const program = startWechat4uProgram(front, join(folder, 'data'), { FANZHA_LOG_LEVEL: 'error' });
  try {
    return await measure({ web, front, pid: program.child.pid ?? 0 });
  } finally {
    await program.stop();
    await front.stop();
    await web.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** CPU time that a process has used, user and system together. Reads /proc, so on Linux only. */
async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return (user + system) / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
}
