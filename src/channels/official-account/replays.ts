import { createHash } from 'node:crypto';
import { MINUTE } from '../../lib/clock.ts';

/** Twice the timestamp window: from the earliest moment at which a request is taken to the latest. */
const REMEMBER_MS = 10 * MINUTE;
/** About 20 MB. Above it the oldest are forgotten; a real message is never refused because the memory is full. */
const MOST = 100_000;

export interface ReplayMemory {
  /**
   * Whether a request with this nonce and signature may be taken. It may the first time, and again with the same body:
   * WeChat asks again when an answer was lost. With another body it is a signature cut from an old request, because in
   * plain mode the signature does not cover the body.
   */
  admits(nonce: string, signature: string, body: string): boolean;
}

export function createReplayMemory(now: () => number, most: number = MOST): ReplayMemory {
  const seen = new Map<string, { readonly body: string; readonly until: number }>();

  const forget = (moment: number): void => {
    for (const [key, { until }] of seen) {
      if (until > moment && seen.size < most) return;
      seen.delete(key);
    }
  };

  return {
    admits(nonce, signature, body) {
      const moment = now();
      const key = digest(`${nonce}\n${signature}`);
      const before = seen.get(key);
      if (before !== undefined && before.until > moment) return before.body === digest(body);
      forget(moment);
      seen.delete(key);
      seen.set(key, { body: digest(body), until: moment + REMEMBER_MS });
      return true;
    },
  };
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
