import type { Fraud } from '../domain/index.ts';
import { DAY, dayOf, startOfDay } from '../lib/clock.ts';
import { isReviewed } from './reviewed.ts';
import type { Visit } from './visit.ts';

const WEEK = 7 * DAY;

/** The Monday of the week of `at` (Asia/Shanghai), as 2026-11-23. */
export function mondayOf(at: number): string {
  const day = new Date(`${dayOf(at)}T00:00:00Z`);
  return new Date(day.getTime() - ((day.getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10);
}

/** What this week is about: what the office chose, else what was sent, else one of the frauds in turn. */
export async function tipOfTheWeek({ tx, mind, now }: Pick<Visit, 'tx' | 'mind' | 'now'>): Promise<Fraud | undefined> {
  const frauds = mind.base.frauds.filter((fraud) => isReviewed(fraud, now));
  const chosen = await tx.chosenTip(mondayOf(now));
  const sent = await tx.latestBroadcast('weekly-tip', now);
  const about = chosen ?? (sent && now - sent.slot < WEEK ? sent.about : undefined);
  return frauds.find((fraud) => fraud.id === about) ?? inTurn(frauds, now);
}

/** Kinds of answers to somebody who met a fraud or asked about it; a digit or a tip is not another question. */
export const ANSWERS_ABOUT_FRAUD: ReadonlySet<string> = new Set(['warning', 'first-aid', 'fraud-answer']);

/** What was asked most in the days before; where nothing was asked, one in turn. */
export function mostAsked(
  frauds: readonly Fraud[],
  asked: ReadonlyMap<string, number>,
  now: number,
): Fraud | undefined {
  const counted = frauds.filter((fraud) => (asked.get(fraud.id) ?? 0) > 0);
  const [most] = [...counted].sort(
    (a, b) =>
      (asked.get(b.id) ?? 0) - (asked.get(a.id) ?? 0) || Number(b.core) - Number(a.core) || (a.id < b.id ? -1 : 1),
  );
  return most ?? inTurn(frauds, now);
}

/** First the three that everybody must know, then all others. */
function inTurn(frauds: readonly Fraud[], now: number): Fraud | undefined {
  const ordered = [...frauds].sort((a, b) => Number(b.core) - Number(a.core) || (a.id < b.id ? -1 : 1));
  return ordered[Math.floor(startOfDay(now) / WEEK) % ordered.length];
}
