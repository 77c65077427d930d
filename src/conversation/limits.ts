import { MINUTE, SECOND } from '../lib/clock.ts';

/** A token bucket. Plain data; times in epoch milliseconds. */
export interface Bucket {
  readonly tokens: number;
  readonly at: number;
  /** Nothing is answered until then. */
  readonly quietUntil?: number | undefined;
  /** First aid was given in this pause. */
  readonly aided?: boolean | undefined;
  /** So much came that it is not even read. */
  readonly unread?: boolean | undefined;
}

/** Replies a minute: to one talker, and into one group by all who ask there. Messages a second: of all, in one process. */
export interface Limits {
  readonly talkerPerMinute: number;
  readonly groupPerMinute: number;
  readonly allPerSecond: number;
}

export const LIMITS: Limits = { talkerPerMinute: 10, groupPerMinute: 20, allPerSecond: 1_000 };

/** After the one sentence that asks for a pause, the pause lasts this long. */
const PAUSE = MINUTE;

/** What may be said now: the answer, the one kind sentence instead, or nothing. */
export type Allowance = 'answer' | 'ask-to-pause' | 'nothing';

/**
 * Pays for one reply. The bucket holds a minute's worth and fills evenly; its last token buys the sentence that asks for
 * a pause, so that nobody ever reads more than `perMinute` replies in a burst.
 */
export function payForReply(
  bucket: Bucket | undefined,
  perMinute: number,
  now: number,
): { readonly allowance: Allowance; readonly bucket: Bucket } {
  const before = bucket ?? { tokens: perMinute, at: now };
  if (isQuiet(before, now)) return { allowance: 'nothing', bucket: before };
  const tokens = Math.min(perMinute, before.tokens + (Math.max(0, now - before.at) / MINUTE) * perMinute);
  if (tokens >= 2) return { allowance: 'answer', bucket: { tokens: tokens - 1, at: now } };
  return { allowance: 'ask-to-pause', bucket: { tokens: 0, at: now, quietUntil: now + PAUSE } };
}

/** Messages that are read for each reply that may be said: forwarded one by one, a story has many and gets few replies. */
const READ_PER_REPLY = 6;

/** Pays for reading one message. False: so much comes at once that it is a program, or nobody means it. */
export function payForReading(
  bucket: Bucket | undefined,
  repliesPerMinute: number,
  now: number,
): { readonly read: boolean; readonly bucket: Bucket } {
  const paid = payForReply(bucket && { tokens: bucket.tokens, at: bucket.at }, READ_PER_REPLY * repliesPerMinute, now);
  return { read: paid.allowance === 'answer', bucket: { tokens: paid.bucket.tokens, at: now } };
}

/** The pause itself, for who was not read any more. */
export function pausedUntil(now: number): Bucket {
  return { tokens: 0, at: now, quietUntil: now + PAUSE, unread: true };
}

export function isQuiet(bucket: Bucket | undefined, now: number): boolean {
  // A clock that was set back must not make the pause longer.
  return bucket?.quietUntil !== undefined && now < bucket.quietUntil && bucket.quietUntil <= now + PAUSE;
}

/** Lets `perSecond` messages in, and a burst of twice as many. False: this one is too many. */
export function createGate(perSecond: number, now: () => number): () => boolean {
  const most = 2 * perSecond;
  let tokens = most;
  let at = now();
  return () => {
    tokens = Math.min(most, tokens + (Math.max(0, now() - at) / SECOND) * perSecond);
    at = now();
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

/** Remembers who was asked to pause, so that a flood is stopped before it costs a transaction. At most 10,000 talkers. */
export interface Quiet {
  has(talker: string, now: number): boolean;
  add(talker: string, until: number): void;
}

const MOST_QUIET = 10_000;

export function createQuiet(): Quiet {
  const until = new Map<string, number>();
  return {
    has: (talker, now) => now < (until.get(talker) ?? 0),
    add(talker, time) {
      until.delete(talker);
      until.set(talker, time);
      const oldest = until.keys().next().value;
      if (until.size > MOST_QUIET && oldest !== undefined) until.delete(oldest);
    },
  };
}
