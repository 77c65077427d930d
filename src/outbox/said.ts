import type { Reply } from '../domain/index.ts';
import { type Clock, DAY } from '../lib/clock.ts';
import type { OutboxStore, Said } from './store.ts';

/** What was said to people privately, for pages that read it themselves and may have been away. */
export interface Transcript {
  /** Replies of the last 24 hours to a talker after `sequence`, oldest first. */
  since(talker: string, sequence: number): Promise<readonly Said[]>;
  /**
   * Calls back whenever there may be something new for the talker, who then reads `since` his own place. Returns the
   * function that ends it.
   */
  listen(talker: string, heard: () => void): () => void;
  /** Something was said by this process. */
  said(reply: Reply): void;
  stop(): void;
}

export interface TranscriptNeeds {
  readonly store: Pick<OutboxStore, 'saidTo'>;
  readonly source: string;
  readonly now: Clock;
  /** Milliseconds. Where several processes share the outbox, a page is told this often that it might look. */
  readonly poll?: number;
}

export function createTranscript({ store, source, now, poll }: TranscriptNeeds): Transcript {
  const listeners = new Map<string, Set<() => void>>();
  const tell = (talker: string): void => {
    for (const heard of [...(listeners.get(talker) ?? [])]) heard();
  };
  const timer = poll === undefined ? undefined : setInterval(() => [...listeners.keys()].forEach(tell), poll);
  return {
    since: (talker, sequence) => store.saidTo(source, talker, sequence, now() - DAY),
    listen(talker, heard) {
      const call = (): void => heard();
      const calls = listeners.get(talker) ?? new Set();
      listeners.set(talker, calls.add(call));
      return () => {
        calls.delete(call);
        if (calls.size === 0 && listeners.get(talker) === calls) listeners.delete(talker);
      };
    },
    said(reply) {
      if (reply.source === source && reply.room === undefined) tell(reply.talker);
    },
    stop() {
      clearInterval(timer);
      listeners.clear();
    },
  };
}
