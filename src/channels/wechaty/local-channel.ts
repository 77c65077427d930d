import type { Conversation, Transcript } from '../../conversation/index.ts';
import type { Reply, Role } from '../../domain/index.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { startBot } from './bot.ts';
import { LocalPuppet, type Outgoing } from './local-puppet.ts';

export const LOCAL = 'local';

/** The way in and out for the chat page and the terminal: through a real Wechaty bot over the local puppet. */
export interface LocalChannel {
  /** Takes what a talker wrote and returns its message id; the reply comes through the transcript. */
  receive(talker: string, text: string, role: Role): string;
  readonly puppet: LocalPuppet;
  stop(): Promise<void>;
}

export interface LocalChannelNeeds {
  readonly conversation: Conversation;
  readonly transcript: Transcript;
  readonly now: Clock;
  readonly log: Log;
  welcome(): string;
  /** What is said when our own program failed on a message: silence would look like "nothing wrong". */
  failed(): string;
}

const MOST_ROLES = 20_000;

export async function openLocalChannel(needs: LocalChannelNeeds): Promise<LocalChannel> {
  const { conversation, transcript, now, log } = needs;
  const expected = new Map<string, Reply[]>();
  const roles = new Map<string, Role>();

  const deliver = async (outgoing: Outgoing): Promise<void> => {
    const waiting = expected.get(outgoing.to) ?? [];
    const at = waiting.findIndex((reply) => reply.text === outgoing.text);
    const [reply] = at < 0 ? [] : waiting.splice(at, 1);
    if (waiting.length === 0) expected.delete(outgoing.to);
    transcript.add(reply ?? { source: LOCAL, talker: outgoing.to, replyTo: [], text: outgoing.text, at: now() });
  };
  const puppet = new LocalPuppet(deliver);
  const bot = await startBot({
    puppet,
    source: LOCAL,
    log,
    welcome: needs.welcome,
    role: (talker) => roles.get(talker) ?? 'resident',
    saying(reply) {
      const to = reply.room ?? reply.talker;
      expected.set(to, [...(expected.get(to) ?? []), reply]);
    },
    receive(incoming) {
      const started = performance.now();
      try {
        const outcome = conversation.receive(incoming);
        const ms = Math.round((performance.now() - started) * 100) / 100;
        if (outcome.kind === 'silence') {
          log.info({ channel: LOCAL, why: outcome.why, ms }, 'silent');
          return undefined;
        }
        log.info({ channel: LOCAL, verdict: outcome.verdict, ms }, 'answered');
        return outcome.reply;
      } catch (error) {
        log.error({ err: error, channel: LOCAL }, 'a message could not be answered');
        const { source, talker, room, id } = incoming;
        return { source, talker, room, replyTo: [id], text: needs.failed(), at: now() };
      }
    },
  });

  return {
    puppet,
    receive(talker, text, role) {
      roles.delete(talker);
      roles.set(talker, role);
      const oldest = roles.keys().next().value;
      if (roles.size > MOST_ROLES && oldest !== undefined) roles.delete(oldest);
      return puppet.receive(talker, text);
    },
    stop: () => bot.stop(),
  };
}
