import { type Clock, MINUTE } from './clock.ts';
import type { Log } from './log.ts';

/** Tells of something that fails many times over: once when it begins, once a minute while it lasts, once at its end. */
export interface Outage {
  failed(error: unknown): void;
  went(): void;
}

/** What is logged. Sentences for the operator. */
export interface OutageWords {
  readonly began: string;
  readonly lasts: string;
  readonly ended: string;
}

const REMIND_EVERY = MINUTE;

export function createOutage(log: Log, words: OutageWords, now: Clock): Outage {
  /** Failures since it began; 0: there is no outage. */
  let count = 0;
  let toldAt = 0;
  return {
    failed(error) {
      const reason = error instanceof Error ? error.message : String(error);
      count += 1;
      if (count === 1) log.error(`${words.began}：${reason}`);
      else if (now() - toldAt >= REMIND_EVERY) log.warn({ count }, `${words.lasts}：${reason}`);
      else return;
      toldAt = now();
    },
    went() {
      if (count > 0) log.info({ count }, words.ended);
      count = 0;
    },
  };
}
