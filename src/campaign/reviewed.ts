import type { Fraud } from '../domain/index.ts';
import { dayOf } from '../lib/clock.ts';

/** Only what somebody has answered for, by now, is passed on or sent. */
export function isReviewed({ reviewed }: Fraud, now: number): boolean {
  return reviewed.by.trim() !== '' && reviewed.date <= dayOf(now);
}
