import { createHash, randomUUID } from 'node:crypto';
import type { Conversation, Outcome } from '../../conversation/index.ts';
import type { Incoming } from '../../domain/index.ts';
import type { Log } from '../../lib/log.ts';
import { LOCAL as MANNERS, type OutgoingChannel } from '../../outbox/index.ts';
import { startBot } from './bot.ts';
import { LocalPuppet } from './local-puppet.ts';

export const LOCAL = 'local';

/** The way in and out for the chat page and the terminal: through a real Wechaty bot over the local puppet. */
export interface LocalChannel {
  /**
   * Takes what a talker wrote. Resolves when it is kept and cannot be lost any more; rejects when it could not be taken.
   * Naming the message by a name of one's own makes sending it again harmless.
   */
  receive(talker: string, text: string, ownName?: string): Promise<Taken>;
  /** Where the outbox sends what is for this channel. */
  readonly outgoing: OutgoingChannel;
  readonly puppet: LocalPuppet;
  stop(): Promise<void>;
}

/** The message's id, or that more arrives than can be judged. */
export type Taken = { readonly id: string } | 'busy';

export interface LocalChannelNeeds {
  readonly conversation: Conversation;
  readonly log: Log;
  welcome(): string;
}

/** A message that Wechaty swallowed is given back to its sender after this time. Milliseconds. */
const TAKEN_WITHIN = 10_000;

interface Pending {
  readonly taken: Promise<Outcome>;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

export async function openLocalChannel({ conversation, log, welcome }: LocalChannelNeeds): Promise<LocalChannel> {
  const pending = new Map<string, Pending>();
  const puppet = new LocalPuppet();
  const bot = await startBot({
    puppet,
    source: LOCAL,
    log,
    welcome: (address) => conversation.greet(address, welcome()),
    take,
  });

  async function take(incoming: Incoming): Promise<void> {
    const started = performance.now();
    try {
      const outcome = await conversation.receive(incoming);
      const ms = Math.round((performance.now() - started) * 100) / 100;
      log.info({ channel: LOCAL, ...outcome, ms }, outcome.kind === 'reply' ? 'answered' : 'silent');
      pending.get(incoming.id)?.resolve(outcome);
    } catch (error) {
      const waiting = pending.get(incoming.id);
      if (!waiting) throw error;
      waiting.reject(error);
    }
  }

  /** The wait for one message, shared by all requests that bring it. */
  function expect(id: string): Pending {
    let resolve: Pending['resolve'] = () => {};
    let reject: Pending['reject'] = () => {};
    const taken = new Promise<Outcome>((yes, no) => {
      resolve = yes;
      reject = no;
    });
    const late = setTimeout(() => reject(new Error('the bot did not take the message in time')), TAKEN_WITHIN);
    const one = { taken, resolve, reject };
    pending.set(id, one);
    taken
      .catch(() => {})
      .finally(() => {
        clearTimeout(late);
        pending.delete(id);
      });
    return one;
  }

  return {
    puppet,
    outgoing: { source: LOCAL, manners: MANNERS, say: (claimed) => bot.say(claimed, claimed.text) },
    async receive(talker, text, ownName) {
      const id = ownName === undefined ? randomUUID() : idOf(talker, ownName);
      const known = pending.get(id);
      const { taken } = known ?? expect(id);
      if (!known) puppet.receive(talker, text, { id });
      const outcome = await taken;
      return outcome.kind === 'busy' ? 'busy' : { id };
    },
    stop: () => bot.stop(),
  };
}

/** Two people may choose the same name at the same moment: it is unique for one talker only. */
function idOf(talker: string, ownName: string): string {
  return createHash('sha256').update(`${talker}\0${ownName}`).digest('base64url').slice(0, 32);
}
