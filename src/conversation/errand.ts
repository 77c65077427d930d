import type { Address, Incoming } from '../domain/index.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { TalkTransaction } from './store.ts';
import type { Talk } from './talk.ts';
import { type Saying, say, type Turn } from './turn.ts';
import type { Mind } from './understand.ts';

/** What an errand is answered with. */
export interface Errand {
  readonly text: string;
  /** What it was about, as it is counted. */
  readonly about: string;
  /** Messages of their own behind it, each ready to be passed on as it is. */
  readonly more?: readonly string[] | undefined;
}

/**
 * What people have the bot do besides judging a message. It is asked first; a message that is no errand of its own is
 * judged. All of it happens in the transaction of the message.
 */
export interface Errands<Tx extends TalkTransaction = TalkTransaction> {
  /** Undefined: a message like any other. `command`: the command that the whole message was found to be. */
  run(tx: Tx, incoming: Incoming, talk: Talk, command?: string): Promise<Errand | undefined>;
  /** Further messages to what was said to an enrolled talker: a deputy gets words to pass on. */
  beside(tx: Tx, address: Address, said: Saying): Promise<readonly string[]>;
}

/** Makes turns of errands. */
export interface ErrandRunner<Tx extends TalkTransaction> {
  /** Undefined: nothing was carried out, the message is to be judged. */
  run(tx: Tx, incoming: Incoming, talk: Talk, command?: string): Promise<Turn | undefined>;
  /** A turn of the talk, with what is to be said besides. */
  withMore(tx: Tx, address: Address, turn: Turn): Promise<Turn>;
}

export function createErrandRunner<Tx extends TalkTransaction>(needs: {
  readonly errands?: Errands<Tx> | undefined;
  mind(): Mind;
  readonly now: Clock;
  readonly log: Log;
}): ErrandRunner<Tx> {
  const { errands, now, log } = needs;

  /** A fault of our own beside the talk leaves the message to be judged. One of the store ends the transaction all the same. */
  async function ours<Result>(work: () => Promise<Result> | undefined): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      log.error({ err: error }, 'an errand could not be carried out');
      return undefined;
    }
  }

  return {
    async run(tx, incoming, talk, command) {
      const errand = await ours(() => errands?.run(tx, incoming, talk, command));
      if (!errand) return undefined;
      const to = { text: incoming.text, heardAt: now(), leadsNowhere: false, private: incoming.room === undefined };
      const saying = { ...errand, replyTo: [incoming.id], verdict: 'command' as const };
      const turn = say(talk, saying, to, needs.mind(), now());
      return { ...turn, talk: { ...turn.talk, enrolled: true } };
    },
    async withMore(tx, address, turn) {
      const { said, talk } = turn;
      if (!said || !talk.enrolled || address.room !== undefined) return turn;
      const more = (await ours(() => errands?.beside(tx, address, said))) ?? [];
      return more.length > 0 ? { ...turn, said: { ...said, more } } : turn;
    },
  };
}
