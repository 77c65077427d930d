import { createHash, timingSafeEqual } from 'node:crypto';
import { MINUTE, SECOND } from '../../lib/clock.ts';

/** How far WeChat's clock and ours may differ, and so how long a signed request stays good. */
export const TIMESTAMP_WINDOW_MS = 5 * MINUTE;

const SIGNATURE = /^[0-9a-f]{40}$/;
const TIMESTAMP = /^\d{1,12}$/;

/** WeChat's signature: SHA-1 in hex over the parts (token, timestamp, nonce, and the ciphertext where there is one), sorted. */
export function sign(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');
}

/** Takes the same time wherever the first difference stands. */
export function isSignature(claimed: string, ...parts: readonly string[]): boolean {
  return SIGNATURE.test(claimed) && timingSafeEqual(Buffer.from(claimed), Buffer.from(sign(...parts)));
}

/** `timestamp` in seconds as WeChat writes it, `now` in epoch milliseconds. */
export function isFresh(timestamp: string, now: number): boolean {
  return TIMESTAMP.test(timestamp) && Math.abs(now - Number(timestamp) * SECOND) <= TIMESTAMP_WINDOW_MS;
}
