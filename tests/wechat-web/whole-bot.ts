import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { openWechat4uChannel, type Wechat4uChannel, type Wechat4uNeeds } from '../../src/channels/wechaty/index.ts';
import { createExchange } from '../../src/exchange.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { openStorage } from '../../src/storage/index.ts';
import { mind } from '../knowledge-base.ts';
import { memoryLog } from '../quiet-log.ts';
import type { WechatWeb } from './emulator.ts';
import { folder, SHORT, until } from './guarded-rig.ts';

/** The whole bot without its listeners: knowledge, storage on disk, conversation, outbox, and the channel to WeChat. */
export interface WholeBot {
  readonly channel: Wechat4uChannel;
  readonly stateDir: string;
  /** Lines of the log, and what was printed for the operator. */
  readonly lines: string[];
  readonly printed: string[];
  /** Resolves when messages come in. */
  signIn(): Promise<void>;
  stop(): Promise<void>;
}

export interface WholeBotOptions extends Pick<Wechat4uNeeds, 'intervals'> {
  readonly stateDir?: string;
  /** Stands in front of the conversation. */
  readonly before?: (receive: Receive) => Receive;
}

type Receive = Wechat4uNeeds['conversation']['receive'];

export async function openWholeBot(web: WechatWeb, options: WholeBotOptions = {}): Promise<WholeBot> {
  const { stateDir = join(folder(), 'data'), before = (receive) => receive, intervals } = options;
  const { log, lines } = memoryLog();
  const printed: string[] = [];
  const storage = await openStorage({ stateDir, databaseUrl: undefined, now: systemClock, log });
  const { conversation, begin, stop } = createExchange({
    mind: () => mind,
    storage,
    now: systemClock,
    log,
    joinWithin: 100,
    pump: { owner: randomUUID() },
  });
  const channel = await openWechat4uChannel({
    conversation: { ...conversation, receive: before(conversation.receive) },
    log,
    stateDir,
    welcome: () => mind.say('greeting'),
    print: (text) => void printed.push(text),
    route: web.route,
    intervals: { ...SHORT, ...intervals },
    retry: [20, 200],
  });
  begin([channel.outgoing]);
  return {
    channel,
    stateDir,
    lines,
    printed,
    async signIn() {
      await web.signIn();
      await until(() => channel.signIn.state().sentence.startsWith('已经登录'));
    },
    async stop() {
      await stop(channel.stop);
      await storage.close();
    },
  };
}
