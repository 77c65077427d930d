import { seededRandom } from '../tests/seeded-random.ts';
/** What is assumed of people, not measured: the whole simulation stands on it. docs/scale.md tells it to the reader. */
export interface Habits {
  /** Messages of one person and day. */
  readonly perPersonAndDay: number;
  /** Waves in which one story goes round, each day. */
  readonly bursts: number;
  /** Of a day's messages so many come in each wave, within `burstMinutes`, and tell that story. */
  readonly burstShare: number;
  readonly burstMinutes: number;
  /** Of the messages so many are sent a second time by WeChat, which got no answer in time. */
  readonly repeated: number;
}

export const HABITS: Habits = {
  perPersonAndDay: 0.01,
  bursts: 2,
  burstShare: 0.05,
  burstMinutes: 10,
  repeated: 0.02,
};

/** WeChat asks again after this long. Milliseconds. */
const REPEAT_AFTER = 5_000;
const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** How the messages of a day fall on its hours: little at night, most in the morning and in the evening. */
const HOURS = [4, 2, 1, 1, 2, 6, 18, 40, 62, 70, 66, 56, 48, 44, 48, 52, 54, 56, 62, 76, 80, 58, 30, 12];
/** The hours into which the waves fall: the busiest ones, so that the peak is the worst that the habits allow. */
const BURST_HOURS = [20, 9];

/** One message on its way to the bot. */
export interface Arrival {
  /** Milliseconds since midnight. */
  readonly at: number;
  /** The same for a repeat as for what it repeats. */
  readonly message: number;
  readonly person: number;
  /** Of a wave; absent: a story of one's own. */
  readonly burst?: number;
}

/**
 * What `people` people send between two times of a day, in order of time. The same seed gives the same. Each minute is
 * drawn for itself, so that a window costs no more than what falls into it.
 */
export function arrivalsOf(people: number, from: number, to: number, seed: number, habits = HABITS): Arrival[] {
  const perDay = people * habits.perPersonAndDay;
  const ordinary = perDay * (1 - habits.bursts * habits.burstShare);
  const weights = HOURS.reduce((sum, one) => sum + one, 0);
  const arrivals: Arrival[] = [];
  let message = 0;
  const random = seededRandom(seed);
  const add = (at: number, burst?: number): void => {
    const person = Math.floor(random() * people);
    const arrival = { at, message, person, ...(burst === undefined ? {} : { burst }) };
    message += 1;
    arrivals.push(arrival);
    if (random() < habits.repeated && at + REPEAT_AFTER < to) arrivals.push({ ...arrival, at: at + REPEAT_AFTER });
  };
  for (let hour = 0; hour < 24; hour += 1) {
    const rate = (ordinary * (HOURS[hour] ?? 0)) / weights / HOUR_MS;
    spread(rate, Math.max(from, hour * HOUR_MS), Math.min(to, (hour + 1) * HOUR_MS), random, add);
  }
  for (let burst = 0; burst < habits.bursts; burst += 1) {
    const { begins, ends } = burstAt(burst, habits);
    const rate = (perDay * habits.burstShare) / (ends - begins);
    spread(rate, Math.max(from, begins), Math.min(to, ends), random, (at) => add(at, burst));
  }
  return arrivals.sort((a, b) => a.at - b.at);
}

/** When a wave goes round, milliseconds since midnight. */
export function burstAt(burst: number, { burstMinutes }: Habits = HABITS): { begins: number; ends: number } {
  const begins = ((BURST_HOURS[burst % BURST_HOURS.length] ?? 0) + 0.5) * HOUR_MS;
  return { begins, ends: begins + burstMinutes * 60_000 };
}

/** The most that fall into one second. */
export function busiestSecond(arrivals: readonly Arrival[]): number {
  const counts = new Map<number, number>();
  for (const { at } of arrivals) counts.set(Math.floor(at / 1_000), (counts.get(Math.floor(at / 1_000)) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

/** Draws times at which something happens by chance, `rate` times a millisecond on average. */
function spread(rate: number, from: number, to: number, random: () => number, add: (at: number) => void): void {
  if (rate <= 0) return;
  const wait = (): number => -Math.log(1 - random()) / rate;
  let at = from + wait();
  while (at < to) {
    add(at);
    at += wait();
  }
}
