import type { Address, Incoming } from '../domain/index.ts';
import type { TalkTransaction } from './store.ts';
import type { Talk } from './talk.ts';
import type { Saying } from './turn.ts';

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
