import { setTimeout as pause } from 'node:timers/promises';
import { databaseBytes, KNOWN, person } from './known-talkers.ts';
import { ms, names, numbers, printTable, whole } from './report.ts';
import { FIRST_DAY, type MovedClock, type ScaleBot } from './scale-bot.ts';
import { summarise } from './timing.ts';
import { type Arrival, arrivalsOf, burstAt, busiestSecond, DAY_MS } from './traffic.ts';

/** Whose peak one process is given at real pace, everybody with the same habits. */
const PEAKS = [20_000_000, 100_000_000, 300_000_000, 1_000_000_000];
const PEAK_SECONDS = 5;
const SEED = 20_261_124;
const DRAIN_WITHIN = 30_000;

/** A whole day of the known talkers, one message after the other as fast as it goes, under the day's own clock. */
export async function replayDay(
  bot: ScaleBot,
  folder: string,
  clock: MovedClock,
  textOf: (one: Arrival) => string,
): Promise<void> {
  const midnight = FIRST_DAY + DAY_MS;
  const arrivals = arrivalsOf(KNOWN, 0, DAY_MS, SEED);
  const before = await databaseBytes(folder);
  const work: number[] = [];
  const bySecond = new Map<number, { messages: number; work: number }>();
  for (const arrival of arrivals) {
    const at = midnight + arrival.at;
    const started = performance.now();
    for (let due = bot.nextWake(); due <= at; due = bot.nextWake()) {
      clock.set(Math.max(clock.now(), due));
      await bot.wake();
    }
    clock.set(at);
    await bot.receive(`day-${arrival.message}`, person(arrival.person), textOf(arrival));
    await bot.drained();
    const took = performance.now() - started;
    work.push(took);
    const second = Math.floor(arrival.at / 1_000);
    const { messages, work: so } = bySecond.get(second) ?? { messages: 0, work: 0 };
    bySecond.set(second, { messages: messages + 1, work: so + took });
  }
  const answered = bot.takeTimes().length;
  const grown = (await databaseBytes(folder)) - before;
  clock.set(midnight + DAY_MS + DAY_MS);
  await bot.wake();
  await bot.drained();
  await bot.tidy();
  const stays = (await databaseBytes(folder)) - before;
  const all = work.reduce((sum, one) => sum + one, 0);
  const [busiest] = [...bySecond.values()].sort((a, b) => b.messages - a.messages || b.work - a.work);
  const { p50, p99 } = summarise(work);
  const million = (bytes: number): string => whole((bytes / arrivals.length) * (1_000_000 / 1024 / 1024));
  printTable(
    `a day of ${whole(KNOWN)} people, replayed in ${(all / 1_000).toFixed(0)} s`,
    [names('what'), numbers('figure')],
    [
      ['messages, repeats included', whole(arrivals.length)],
      ['answered at once', whole(answered)],
      ['most in one second', whole(busiest?.messages ?? 0)],
      ['work for a message, p50 ms', ms(p50)],
      ['work for a message, p99 ms', ms(p99)],
      ['one process busy, whole day, %', ((100 * all) / DAY_MS).toFixed(3)],
      ['one process busy, the second with most messages, %', ((busiest?.work ?? 0) / 10).toFixed(1)],
      ['database grows within the day by, MiB per million messages', million(grown)],
      ['of it there the day after (inbox, talks that grew, questions), MiB', million(stays)],
    ],
  );
}

/**
 * The first seconds of the evening's wave at their real pace, whether or not earlier messages were answered. True when
 * all of them were worked off in the end.
 */
export async function replayPeaks(
  bot: ScaleBot,
  clock: MovedClock,
  textOf: (one: Arrival) => string,
): Promise<boolean> {
  const rows: (readonly string[])[] = [];
  let lost = 0;
  for (const [i, people] of PEAKS.entries()) {
    const from = burstAt(0).begins;
    const arrivals = arrivalsOf(people, from, from + 1_000 * PEAK_SECONDS, SEED + i);
    const base = FIRST_DAY + (4 + i) * DAY_MS;
    const begin = performance.now();
    const before = performance.eventLoopUtilization();
    const taking: Promise<void>[] = [];
    let sent = 0;
    let waking: Promise<void> | undefined;
    const turn = (elapsed: number): void => {
      clock.set(base + from + elapsed);
      for (let one = arrivals[sent]; one && one.at - from <= elapsed; one = arrivals[sent]) {
        taking.push(bot.receive(`peak-${i}-${one.message}`, person(one.person % KNOWN), textOf(one)));
        sent += 1;
      }
      if (waking !== undefined || bot.nextWake() > clock.now()) return;
      waking = bot.wake().finally(() => {
        waking = undefined;
      });
    };
    for (let elapsed = 0; elapsed < 1_000 * PEAK_SECONDS; elapsed = performance.now() - begin) {
      turn(elapsed);
      await pause(2);
    }
    const busy = performance.eventLoopUtilization(before).utilization;
    turn(1_000 * PEAK_SECONDS);
    await waking;
    await Promise.all(taking);
    const late = performance.now() + DRAIN_WITHIN;
    await Promise.race([bot.drained(), pause(DRAIN_WITHIN)]);
    if (performance.now() >= late) lost += 1;
    const times = bot.takeTimes();
    const { p50, p99 } = summarise(times);
    const behind = performance.now() - begin - 1_000 * PEAK_SECONDS;
    rows.push([
      whole(people / 1_000_000),
      whole(sent / PEAK_SECONDS),
      whole(busiestSecond(arrivals)),
      (100 * busy).toFixed(0),
      ms(p50),
      ms(p99),
      (behind / 1_000).toFixed(1),
    ]);
  }
  const headings = [
    'people, millions',
    'a second',
    'most in one',
    'busy %',
    'p50 ms',
    'p99 ms',
    'behind at the end, s',
  ];
  printTable(`the peak at real pace, ${PEAK_SECONDS} s, one process`, headings.map(numbers), rows);
  if (lost > 0) console.error(`FAILED: ${lost} peaks were not worked off within ${DRAIN_WITHIN / 1_000} s.`);
  return lost === 0;
}
