import type { Reply } from '../domain/index.ts';
import { type Clock, DAY } from '../lib/clock.ts';

/** A reply with its place in the order of all replies; the chat page resumes from it. */
export interface Said extends Reply {
  readonly sequence: number;
}

const KEPT_PER_TALKER = 200;
const MOST_TALKERS = 5_000;

/**
 * Replies of the last 24 hours per talker, so that a page that was away reads what it missed. Sequence numbers start at
 * the time of creation, hence they grow across restarts as well.
 */
export interface Transcript {
  add(reply: Reply): Said;
  /** Replies to a talker after `sequence`, oldest first. */
  since(talker: string, sequence: number): readonly Said[];
  forget(talker: string): void;
  /** Calls back for each reply to the talker from now on; returns the function that ends it. */
  listen(talker: string, said: (reply: Said) => void): () => void;
}

export function createTranscript(now: Clock): Transcript {
  const replies = new Map<string, Said[]>();
  const listeners = new Map<string, Set<(reply: Said) => void>>();
  let sequence = now();
  return {
    add(reply) {
      sequence += 1;
      const said = { ...reply, sequence };
      const kept = [...(replies.get(reply.talker) ?? []), said]
        .filter((one) => now() - one.at < DAY)
        .slice(-KEPT_PER_TALKER);
      replies.delete(reply.talker);
      replies.set(reply.talker, kept);
      const oldest = replies.keys().next().value;
      if (replies.size > MOST_TALKERS && oldest !== undefined) replies.delete(oldest);
      for (const listener of listeners.get(reply.talker) ?? []) listener(said);
      return said;
    },
    since: (talker, after) => (replies.get(talker) ?? []).filter((one) => one.sequence > after && now() - one.at < DAY),
    forget: (talker) => void replies.delete(talker),
    listen(talker, said) {
      const set = listeners.get(talker) ?? new Set();
      listeners.set(talker, set.add(said));
      return () => {
        set.delete(said);
        if (set.size === 0) listeners.delete(talker);
      };
    },
  };
}
