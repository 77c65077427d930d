import type { Urgency } from '../domain/index.ts';
import { DAY, HOUR, MINUTE, startOfDay, timeOfDay } from '../lib/clock.ts';
import type { Manners } from './channel.ts';

/** What was said before; only what the manners ask for need be known. */
export interface Past {
  /** When something was last said in this conversation, epoch milliseconds. */
  readonly lastSentTo?: number | undefined;
  /** How much this channel said since the day began. */
  readonly sentToday?: number | undefined;
}

/** Nobody is woken by what he did not ask for. */
const NIGHT_BEGINS = 21 * HOUR + 30 * MINUTE;
const NIGHT_ENDS = 7 * HOUR + 30 * MINUTE;

/** When a row may be said: `now`, or a later time. `random` gives numbers from 0 up to 1. */
export function whenToSay(
  row: { readonly urgency: Urgency; readonly dueAt: number },
  manners: Manners,
  past: Past,
  now: number,
  random: () => number,
): number {
  const spaced = afterSpacing(row.dueAt, manners.spacingMs, past.lastSentTo, now, random);
  const capped = row.urgency === 'urgent' ? now : afterCap(manners.dailyCap, past.sentToday, now);
  const at = Math.max(spaced, capped);
  return row.urgency === 'unasked' ? afterNight(at) : at;
}

/**
 * A row that was put off already since something was last said is not put off again, else the pauses would be drawn again
 * and again and grow towards the longest. A last time that lies in the future (another machine's clock) holds nobody up
 * longer than the longest pause.
 */
function afterSpacing(
  dueAt: number,
  spacing: Manners['spacingMs'],
  last: number | undefined,
  now: number,
  random: () => number,
): number {
  if (spacing === undefined || last === undefined) return now;
  const [least, most] = spacing;
  if (now - last >= most || (now - last >= least && dueAt - last >= least)) return now;
  const drawn = Math.ceil(last + least + random() * (most - least));
  return Math.max(now, Math.min(drawn, now + most));
}

function afterCap(cap: number | undefined, sentToday: number | undefined, now: number): number {
  return cap === undefined || sentToday === undefined || sentToday < cap ? now : startOfDay(now) + DAY;
}

function afterNight(at: number): number {
  const time = timeOfDay(at);
  if (time >= NIGHT_BEGINS) return startOfDay(at) + DAY + NIGHT_ENDS;
  return time < NIGHT_ENDS ? startOfDay(at) + NIGHT_ENDS : at;
}
