import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/config/index.ts';
import { createMind, type Talk } from '../src/conversation/index.ts';
import { loadKnowledge } from '../src/knowledge/index.ts';
import { databaseBytes, insertKnown, KNOWN, person } from './known-talkers.ts';
import { mib, ms, names, numbers, printMachine, printTable, whole } from './report.ts';
import { FIRST_DAY, type MovedClock, openScaleBot, type ScaleBot } from './scale-bot.ts';
import { replayDay, replayPeaks } from './scale-replay.ts';
import { mixedMessagesOf } from './texts.ts';
import { summarise } from './timing.ts';
import { type Arrival, HABITS } from './traffic.ts';

const TEXTS = 3_000;
const ONE_BY_ONE = 300;
/** What goes round in a wave, word for word. */
const STORY = '刚才有人打电话自称公安局，说我名下的卡涉嫌洗钱，让我把钱转到安全账户，还不能告诉家里人，这是真的吗';
/** Every tenth message answers the bot: digits, thanks. */
const SHORT = ['1', '2', '谢谢', '我已经转了五千了'];

/** True when every peak was worked off in the end. */
export async function benchScale(): Promise<boolean> {
  printMachine();
  const base = await loadKnowledge(readConfig(process.env).knowledgeDir);
  const mind = createMind(base, '西平县');
  const texts = mixedMessagesOf(base, TEXTS);
  console.log(
    `assumed: ${HABITS.perPersonAndDay} messages a person and day, ${HABITS.bursts} waves of one story a day ` +
      `(${100 * HABITS.burstShare} % of the day in ${HABITS.burstMinutes} minutes each), ${100 * HABITS.repeated} % repeats`,
  );
  const folder = await mkdtemp(join(tmpdir(), 'fanzha-scale-'));
  let now = FIRST_DAY;
  const clock = { now: () => now, set: (at: number) => (now = at) };
  const bot = await openScaleBot(mind, folder, clock.now);
  const textOf = ({ message, burst }: Arrival): string =>
    burst !== undefined
      ? STORY
      : message % 10 === 0
        ? (SHORT[(message / 10) % SHORT.length] ?? '')
        : (texts[message % texts.length] ?? '');
  try {
    await oneByOne(bot, clock, 'warm', (i) => `warm-${i}`, texts);
    const alone = await oneByOne(bot, clock, 'alone', (i) => `alone-${i}`, texts);
    const resident = process.memoryUsage().rss;
    const full = await fill(bot, folder, clock.now());
    const among = await oneByOne(bot, clock, 'known', (i) => person((i * 7_919_003) % KNOWN), texts);
    const strangers = await oneByOne(bot, clock, 'new', (i) => `new-${i}`, texts);
    printTable(
      '\none message at a time, from receive until its reply is said and marked',
      [names('who writes'), numbers('p50 ms'), numbers('p99 ms'), numbers('a second')],
      [
        timesRow('somebody new, empty database', alone),
        timesRow(`one of ${whole(KNOWN)} known talkers`, among),
        timesRow(`somebody new beside ${whole(KNOWN)} known`, strangers),
      ],
    );
    console.log(
      `${whole(KNOWN)} known talkers: ${full}; ` +
        `process ${mib(resident)} MiB resident before, ${mib(process.memoryUsage().rss)} MiB now\n`,
    );
    await replayDay(bot, folder, clock, textOf);
    return await replayPeaks(bot, clock, textOf);
  } finally {
    await bot.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function oneByOne(
  bot: ScaleBot,
  clock: MovedClock,
  name: string,
  talkerOf: (i: number) => string,
  texts: readonly string[],
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < ONE_BY_ONE; i += 1) {
    clock.set(clock.now() + 100);
    const started = performance.now();
    await bot.receive(`${name}-${i}`, talkerOf(i), texts[(i * 37) % texts.length] ?? '');
    await bot.drained();
    times.push(performance.now() - started);
  }
  bot.takeTimes();
  return times;
}

function timesRow(name: string, times: readonly number[]): readonly string[] {
  const { p50, p99, perSecond } = summarise(times);
  return [name, ms(p50), ms(p99), whole(perSecond)];
}

/** The talks of the first talkers, as they really became, are given to everybody. */
async function fill(bot: ScaleBot, folder: string, at: number): Promise<string> {
  const talks: Talk[] = [];
  for (let i = 0; i < ONE_BY_ONE; i += 1) {
    const talk = await bot.talkOf(`warm-${i}`);
    if (talk) talks.push({ ...talk, story: undefined });
  }
  const before = await databaseBytes(folder);
  const started = performance.now();
  await insertKnown(folder, bot.source, KNOWN, person, talks, at);
  const bytes = (await databaseBytes(folder)) - before;
  const seconds = (performance.now() - started) / 1_000;
  return `${mib(bytes)} MiB of database, ${whole(bytes / KNOWN)} bytes each, written in ${seconds.toFixed(0)} s`;
}
