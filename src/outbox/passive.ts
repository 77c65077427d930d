import type { Address } from '../domain/index.ts';

/** A message whose sender's own request carries the answer back, so that a channel need not be asked to say it. */
export interface Asked extends Pick<Address, 'source' | 'talker'> {
  /** The message's id, as the conversation received it. */
  readonly id: string;
  readonly now: number;
  /** A reply is left for this long to the message that asked for it. Milliseconds, as in ConversationNeeds. */
  readonly holdMs: number;
  /** Given when there is no more time: what the reply to this message is from now on if there is no other. */
  readonly holding?: string | undefined;
  /** What is said now of all that waits, most pressing first, and what must be left for later; empty for nothing. */
  fit(texts: readonly string[]): readonly [now: string, later: string];
  /** How many messages beside the reply the sender's act allows, and until when (epoch milliseconds). */
  readonly allowance?: { readonly most: number; readonly until: number } | undefined;
}

/** What is answered to the message. `waits`: nothing yet, its story is not told to its end. */
export type Taken = { readonly kind: 'says'; readonly text: string } | { readonly kind: 'waits' | 'nothing' };

/**
 * Replies that leave with the request that brought the message. A row goes to one message of its story, whichever asks
 * first in whichever process; the others get silence. What one message was answered stays its answer for a day.
 */
export interface PassiveStore {
  /**
   * Takes what waits for the sender out of the outbox, as said, and notes it as the reply to this message. `within`: an
   * open transaction of the same storage, as the conversation hands it out; then it becomes durable with that.
   */
  take(asked: Asked, within?: object): Promise<Taken>;
  /** The reply to this message is this text, whatever stood there. */
  stand(asked: Pick<Asked, 'source' | 'talker' | 'id' | 'now'>, text: string): Promise<void>;
  /** Pays for one message beside the replies. False: the person must write first. */
  spend(address: Pick<Address, 'source' | 'talker'>, now: number): Promise<boolean>;
}
