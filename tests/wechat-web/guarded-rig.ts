import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Message, types, WechatyBuilder } from 'wechaty';
import {
  type GuardedIntervals,
  type GuardedWechat4u,
  openGuardedWechat4u,
} from '../../src/channels/wechaty/guarded-wechat4u/open.ts';
import type { Trouble } from '../../src/channels/wechaty/guarded-wechat4u/troubles.ts';
import { quietWechatyLogs } from '../../src/channels/wechaty/quiet-logs.ts';
import { memoryLog } from '../quiet-log.ts';
import { type EmulatorOptions, WechatWeb } from './emulator.ts';

/** Everything a hundred times as fast as in life, so that a test waits milliseconds. */
export const SHORT: Partial<GuardedIntervals> = {
  loginMs: 50,
  mostLoginMs: 400,
  pollMs: 20,
  retryMs: 20,
  mostRetryMs: 100,
  answerWithinMs: 3_000,
  patienceMs: 150,
  contactsMs: 50,
  sendPauseMs: 200,
  pulseMs: 100,
};

export const ZHANG = '@zhang0000000000';
export const LI = '@li00000000000000';
export const GROUP = '@@group000000000';

export interface Rig {
  readonly web: WechatWeb;
  readonly puppet: GuardedWechat4u;
  readonly messages: Message[];
  /** Names of what happened on the bot, in order: `scan`, `login`, `logout`, `ready`, `error`. */
  readonly events: string[];
  readonly troubles: Trouble[];
  readonly recovered: string[];
  readonly lines: string[];
  readonly sessionFile: string;
  texts(): string[];
  start(): Promise<void>;
  signIn(): Promise<void>;
  stop(): Promise<void>;
}

export interface RigOptions extends EmulatorOptions {
  readonly web?: WechatWeb;
  readonly sessionFile?: string;
  readonly intervals?: Partial<GuardedIntervals>;
  readonly answer?: (message: Message) => string | undefined;
  readonly now?: () => number;
}

const folders: string[] = [];
const rigs: Rig[] = [];

/** A Wechaty bot over the guarded puppet, led to an emulator. */
export async function openRig({ answer, intervals, now, ...options }: RigOptions = {}): Promise<Rig> {
  const { log, lines } = memoryLog();
  const web = options.web ?? (await new WechatWeb(options).start());
  if (!options.web) {
    const people = [web.addPerson(ZHANG, '张三'), web.addPerson(LI, '李四')];
    web.addGroup(GROUP, '西平反诈群', [web.me, ...people]);
  }
  const sessionFile = options.sessionFile ?? join(folder(), 'wechat4u.json');
  const troubles: Trouble[] = [];
  const recovered: string[] = [];
  const puppet = await openGuardedWechat4u({
    sessionFile,
    log,
    ...(now ? { now } : {}),
    onTrouble: (one) => void troubles.push(one),
    onRecovered: (code) => void recovered.push(code),
    route: web.route,
    intervals: { ...SHORT, ...intervals },
  });
  quietWechatyLogs(log);
  const bot = WechatyBuilder.build({ puppet });
  const messages: Message[] = [];
  const events: string[] = [];
  for (const name of ['scan', 'login', 'logout', 'ready', 'friendship'] as const)
    bot.on(name, () => void events.push(name));
  bot.on('error', (error) => void events.push(`error: ${error.message}`));
  bot.on('message', (message) => {
    messages.push(message);
    const said = message.self() ? undefined : answer?.(message);
    if (said !== undefined) message.say(said).catch((error: unknown) => void events.push(`say: ${String(error)}`));
  });
  const rig: Rig = {
    web,
    puppet,
    messages,
    events,
    troubles,
    recovered,
    lines,
    sessionFile,
    texts: () => messages.filter((one) => one.type() === types.Message.Text).map((one) => one.text()),
    start: () => bot.start(),
    async signIn() {
      await bot.start();
      await web.signIn();
      await until(() => bot.isLoggedIn);
    },
    stop: () => bot.stop(),
  };
  rigs.push(rig);
  return rig;
}

/** Stops whatever a test opened. Fails when anything tried to leave for a host that is not WeChat's. */
export async function closeRigs(): Promise<void> {
  const open = rigs.splice(0);
  for (const { stop } of open) await stop();
  for (const web of new Set(open.map((rig) => rig.web))) await web.stop();
  for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true });
}

export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'wechat4u-'));
  folders.push(made);
  return made;
}

export async function until(holds: () => boolean, ms = 5_000): Promise<void> {
  const end = Date.now() + ms;
  while (!holds()) {
    if (Date.now() > end) throw new Error('what was waited for did not happen');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
