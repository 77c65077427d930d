import type { FastifyInstance } from 'fastify';
import {
  type Answer,
  type OfficialAccountSettings,
  type OfficialIncoming,
  routeOfficialAccount,
  type Unsaid,
  WEBHOOK_PATH,
} from '../../src/channels/official-account/index.ts';
import { close, createServer, listen } from '../../src/web/index.ts';
import { memoryLog } from '../quiet-log.ts';
import { type Mode, type SideSettings, wechatSide } from './wechat-side.ts';

export const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
export const OLDER_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
export const HOLDING = '正在看，请稍等，回1取结果。';
export const TROUBLE = '这会儿没看成，请再发一次。';
const TOKEN = 'spamtest';
const APP_ID = 'wx2c2769f8efd9abc2';

export interface RigOptions {
  readonly aesKeys?: readonly string[];
  readonly receive?: (incoming: OfficialIncoming, within: { answerBy: number; signal: AbortSignal }) => Promise<Answer>;
  readonly late?: (incoming: OfficialIncoming, unsaid: Unsaid) => void;
  readonly answerWithinMs?: number;
  readonly rememberMs?: number;
  readonly mostWaiting?: number;
}

/** A webhook on a real listener, behind everything that all our pages stand behind, and WeChat's side of it. */
export async function webhookRig(options: RigOptions = {}) {
  const { log, lines } = memoryLog();
  const clock = { now: 1_790_000_000_000 };
  const received: OfficialIncoming[] = [];
  const held: OfficialIncoming[] = [];
  const late: { incoming: OfficialIncoming; unsaid: Unsaid }[] = [];
  const server: FastifyInstance = await createServer(log);
  const settings: OfficialAccountSettings = {
    token: TOKEN,
    appId: APP_ID,
    aesKeys: options.aesKeys ?? [],
    account: 'unverified',
  };
  const { answerWithinMs = 4_000, rememberMs = 60_000, mostWaiting = 5_000 } = options;
  await routeOfficialAccount(server, {
    settings,
    now: () => clock.now,
    log,
    receive: async (incoming, within) => {
      received.push(incoming);
      if (options.receive) return options.receive(incoming, within);
      return { text: incoming.kind === 'text' ? `看过了：${incoming.text}` : `收到${incoming.kind}` };
    },
    held: (incoming) => void held.push(incoming),
    late: (incoming, unsaid) => {
      late.push({ incoming, unsaid });
      options.late?.(incoming, unsaid);
    },
    sentences: { holding: HOLDING, trouble: TROUBLE },
    times: { answerWithinMs, rememberMs, mostWaiting },
  });
  const port = await listen(server, '127.0.0.1', 0, 'FANZHA_PUBLIC_PORT');
  const url = `http://127.0.0.1:${port}${WEBHOOK_PATH}`;
  return {
    url,
    clock,
    lines,
    received,
    held,
    late,
    side: (mode: Mode, over: Partial<SideSettings> = {}) =>
      wechatSide({ url, token: TOKEN, appId: APP_ID, aesKey: AES_KEY, mode, now: () => clock.now, ...over }),
    close: () => close(server),
  };
}

export type Rig = Awaited<ReturnType<typeof webhookRig>>;
