import { join } from 'node:path';
import type { Conversation } from '../../conversation/index.ts';
import type { Incoming } from '../../domain/index.ts';
import { SECOND } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { WECHAT4U as MANNERS, SendFault as NotSent, type OutgoingChannel } from '../../outbox/index.ts';
import { startBot } from './bot.ts';
import { type GuardedWechat4uOptions, openGuardedWechat4u, SendFault } from './guarded-wechat4u/index.ts';
import { atMost, GrowingWait, wait } from './guarded-wechat4u/pace.ts';
import { createSignIn, type SignIn } from './sign-in.ts';

export const WECHAT4U = 'wechat4u';
const SESSION_FILE = 'wechat4u.json';
/** What is being kept when it stops may still take as long, milliseconds. */
const LAST_ONES_WITHIN = 3_000;

export interface Wechat4uNeeds extends Pick<GuardedWechat4uOptions, 'route' | 'intervals'> {
  readonly conversation: Conversation;
  readonly log: Log;
  /** The session is kept in it; it opens the account. */
  readonly stateDir: string;
  welcome(): string;
  /** Shows the operator something to scan, at the terminal. */
  print(text: string): void;
  /** Milliseconds before a message that could not be kept is tried again: the first time, and at most. */
  readonly retry?: readonly [first: number, most: number];
}

/** A personal account over WeChat's web protocol. */
export interface Wechat4uChannel {
  readonly outgoing: OutgoingChannel;
  readonly signIn: SignIn;
  stop(): Promise<void>;
}

/** Resolves before anybody is logged in. */
export async function openWechat4uChannel(needs: Wechat4uNeeds): Promise<Wechat4uChannel> {
  const { conversation, log, route, intervals } = needs;
  const stopping = new AbortController();
  const signIn = createSignIn({
    log,
    name: WECHAT4U,
    title: '微信个人号登录',
    print: needs.print,
    halted: () => puppet.halted,
  });
  const puppet = await openGuardedWechat4u({
    sessionFile: join(needs.stateDir, SESSION_FILE),
    log,
    onTrouble: signIn.trouble,
    onRecovered: signIn.recovered,
    ...(route && { route }),
    ...(intervals && { intervals }),
  });
  signIn.watch(puppet);
  const take = untilTaken(needs, stopping.signal);
  const underWay = new Set<Promise<void>>();
  const bot = await startBot({
    puppet,
    source: WECHAT4U,
    log,
    welcome: (address) => conversation.greet(address, needs.welcome()),
    take,
    handling(id, done) {
      const settled = done.catch(() => undefined).finally(() => underWay.delete(settled));
      underWay.add(settled);
      puppet.taking(id, settled);
    },
  });
  return {
    signIn,
    outgoing: {
      source: WECHAT4U,
      manners: MANNERS,
      // Past Wechaty, which knows nobody before a login: that would look as if the answer had been lost.
      say: ({ room, talker, text }) =>
        puppet.messageSendText(room ?? talker, text).then(
          () => undefined,
          (error: unknown) => Promise.reject(notSent(error)),
        ),
    },
    async stop() {
      await bot.stop();
      stopping.abort();
      await atMost(LAST_ONES_WITHIN, Promise.all(underWay));
    },
  };
}

/**
 * Takes a message into the conversation, and tries again for as long as the storage is away. It returns without having
 * done so only when the program stops: the puppet then counts the message as not taken, and the next start gets it again.
 */
function untilTaken({ conversation, log, retry = [SECOND, 30 * SECOND] }: Wechat4uNeeds, stopping: AbortSignal) {
  return async (incoming: Incoming): Promise<void> => {
    const pause = new GrowingWait(...retry);
    for (let tries = 1; !stopping.aborted; tries += 1) {
      try {
        const outcome = await conversation.receive(incoming);
        if (outcome.kind !== 'busy') {
          log.info({ channel: WECHAT4U, ...outcome, tries }, outcome.kind === 'reply' ? 'answered' : 'silent');
          return;
        }
      } catch (error) {
        if (tries === 1) log.error({ err: error, channel: WECHAT4U }, '微信来的消息存不下来，程序会一直再试');
      }
      await wait(pause.next(), stopping).catch(() => undefined);
    }
  };
}

/** The puppet's words for a failure in those of the outbox; they happen to be the same. */
function notSent(error: unknown): unknown {
  if (!(error instanceof SendFault)) return error;
  const { outcome, againAfterMs } = error;
  return new NotSent(outcome, { cause: error, ...(againAfterMs !== undefined && { retryAfterMs: againAfterMs }) });
}
