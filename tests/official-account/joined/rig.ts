import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type AccountKind,
  type OfficialAccountNeeds,
  openOfficialAccountChannel,
  WEBHOOK_PATH,
} from '../../../src/channels/official-account/index.ts';
import { createConversation, createWaker, type Mind, type TalkStore } from '../../../src/conversation/index.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { createPump } from '../../../src/outbox/index.ts';
import { openStorage, type Storage } from '../../../src/storage/index.ts';
import { close, createServer, listen } from '../../../src/web/index.ts';
import { mind as ownMind } from '../../knowledge-base.ts';
import { memoryLog } from '../../quiet-log.ts';
import { wechatApi } from '../wechat-api.ts';
import { type Mode, type SideSettings, wechatSide } from '../wechat-side.ts';

export const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const TOKEN = 'spamtest';
const APP_ID = 'wx2c2769f8efd9abc2';
const SECRET = 'secret';

export interface JoinedOptions {
  readonly account?: AccountKind;
  readonly secure?: boolean;
  /** Milliseconds; four seconds at WeChat. */
  readonly answerWithinMs?: number;
  readonly joinWithin?: number;
  /** Five seconds outside tests. */
  readonly holdMs?: number;
  readonly mind?: Mind;
  /** Stands before each transaction of the talks; rejects or hangs for a storage that does. */
  readonly before?: () => Promise<void>;
  /** A second process over the storage of a first one. */
  readonly beside?: { readonly folder: string; readonly storage: Storage };
}

/** The whole way of a message in one process: webhook, conversation, storage on disk, outbox, WeChat's API. */
export async function joined(options: JoinedOptions = {}) {
  const {
    account = 'unverified',
    secure = false,
    answerWithinMs = 4_000,
    joinWithin = 120,
    holdMs = 5_000,
    beside,
  } = options;
  const { mind = ownMind, before } = options;
  const { log, lines } = memoryLog();
  const folder = beside?.folder ?? (await mkdtemp(join(tmpdir(), 'fanzha-official-')));
  const storage: Storage =
    beside?.storage ?? (await openStorage({ stateDir: folder, databaseUrl: undefined, now: systemClock, log }));
  const api = await wechatApi(systemClock, { appId: APP_ID, secret: SECRET });
  const talks: TalkStore = {
    ...storage.talks,
    transaction: async (work) => {
      await before?.();
      return storage.talks.transaction(work);
    },
  };
  const parts: { nudge?: (source: string, talker: string) => void; wake?: (at: number) => void } = {};
  const conversation = createConversation({
    mind: () => mind,
    store: talks,
    now: systemClock,
    log,
    joinWithin,
    onToSay: (source, talker) => parts.nudge?.(source, talker),
    onWakeAt: (at) => parts.wake?.(at),
    holdFor: () => channel.holdMs,
  });
  const needs: OfficialAccountNeeds = {
    options: {
      token: TOKEN,
      appId: APP_ID,
      aesKeys: secure ? [AES_KEY] : [],
      secret: SECRET,
      account,
      apiBase: api.base,
    },
    conversation,
    talks,
    passive: storage.passive,
    tokens: storage.cell('token'),
    now: systemClock,
    log,
    say: (key) => mind.say(key),
    shared: true,
    times: { answerWithinMs, holdMs },
  };
  const channel = openOfficialAccountChannel(needs);
  const pump = createPump({
    store: storage.outbox,
    channels: channel.outgoing ? [channel.outgoing] : [],
    now: systemClock,
    log,
    owner: randomUUID(),
    pollMs: 100,
  });
  parts.nudge = (source, talker) => {
    channel.nudge(talker);
    pump.nudge(source);
  };
  const waker = createWaker(conversation, storage.talks, systemClock, log);
  parts.wake = waker.wakeAt;
  const server = await createServer(log);
  await channel.route(server);
  const port = await listen(server, '127.0.0.1', 0, 'FANZHA_PUBLIC_PORT');
  const url = `http://127.0.0.1:${port}${WEBHOOK_PATH}`;
  onTestFinished(async () => {
    await close(server);
    await waker.stop();
    await pump.stop();
    await api.close();
    if (beside) return;
    await storage.close();
    await rm(folder, { recursive: true, force: true });
  });
  const side = (over: Partial<SideSettings> = {}, mode: Mode = secure ? 'secure' : 'plain') =>
    wechatSide({ url, token: TOKEN, appId: APP_ID, aesKey: AES_KEY, mode, now: systemClock, ...over });
  return {
    folder,
    storage,
    api,
    lines,
    channel,
    mind,
    side,
    /** What the resident's screen shows after a text; also opens the window of customer service at WeChat. */
    say: async (text: string, openId = 'oResident0001'): Promise<string> => {
      api.residentWrote(openId);
      const wechat = side();
      return (await wechat.deliver(wechat.text(text, openId))).screen;
    },
    /** Texts that were said by customer service. */
    said: (): readonly string[] =>
      api
        .callsTo('/cgi-bin/message/custom/send')
        .map(({ body }) => (body.text as { content?: string } | undefined)?.content ?? ''),
  };
}

export type Joined = Awaited<ReturnType<typeof joined>>;

export const SWINDLE = '我是公安局民警，你涉嫌洗钱，把钱转到安全账户';
/** Leads nowhere alone, so that it waits for its neighbours. */
export const FRAGMENT = '他让我这样弄';
