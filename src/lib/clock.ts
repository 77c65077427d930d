/** The time, handed in wherever it is needed, so that a test can hold it still. Epoch milliseconds. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Asia/Shanghai has had no summer time since 1991. */
const SHANGHAI = 8 * HOUR;

/** Milliseconds since the day began in Asia/Shanghai. */
export function timeOfDay(at: number): number {
  return (((at + SHANGHAI) % DAY) + DAY) % DAY;
}

/** When the day of `at` began in Asia/Shanghai. */
export function startOfDay(at: number): number {
  return at - timeOfDay(at);
}

/** The day in Asia/Shanghai, as 2026-11-24. */
export function dayOf(at: number): string {
  return new Date(at + SHANGHAI).toISOString().slice(0, 10);
}
