import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DAY, HOUR, MINUTE } from '../../src/lib/clock.ts';
import { mind } from '../knowledge-base.ts';
import { openBot } from './bot-in-process.ts';
import type { Finding } from './flood.ts';

const MESSAGES = 20_000;
const DAYS = 7;
/** What is kept longest is kept a week: the second one must not make the database bigger than the first left it. */
const WEEKS = 2;
const TALKERS = 1_500;
/** The first part of the first week fills caches; from there on no memory may grow. */
const WARM_UP = 0.3;
const MOST_GROWTH_MIB = 20;
const STABLE = 1.1;

const TEXTS = [
  '刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户',
  '恭喜您中了一等奖20万元，请先交手续费2000元到指定账户才能领奖',
  '我已经转了五千了',
  '你好',
  '1',
  '楼下老张种的黄瓜结了一大筐',
  '96110是什么电话',
  '谢谢',
];

/** A week in minutes: the clock is moved by hand, everything else is real. */
export async function soak(): Promise<readonly Finding[]> {
  const start = Date.UTC(2026, 10, 23);
  let now = start;
  const step = (DAYS * DAY) / MESSAGES;
  const handlesBefore = handles();
  const bot = await openBot({ mind, now: () => now });
  const file = join(bot.folder, 'fanzha.db');
  let warmHeap = 0;
  const sizes: number[] = [];
  let tidied = now;
  for (let i = 1; i <= WEEKS * MESSAGES; i += 1) {
    now += step;
    await bot.receive(`t${(i * 7919) % TALKERS}`, TEXTS[i % TEXTS.length] ?? '');
    if (i % 10 === 0) await bot.wake();
    if (now - tidied > HOUR) {
      tidied = now;
      await bot.storage.tidy(now);
      await bot.drained();
    }
    if (i === Math.floor(MESSAGES * WARM_UP)) warmHeap = heapMib();
    if (i % MESSAGES === 0) sizes.push((await stat(file)).size);
  }
  now += MINUTE;
  await bot.wake();
  await bot.drained();
  const growth = heapMib() - warmHeap;
  const [first = 0, last = 0] = sizes;
  const answered = bot.answered.length;
  await bot.close();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const left = handles().filter((name) => !handlesBefore.includes(name));
  return [
    {
      what: `soak: ${WEEKS} weeks of ${MESSAGES} messages, by the clock, ${answered} replies, heap grew by ${growth.toFixed(1)} MiB after warm-up`,
      good: growth < MOST_GROWTH_MIB && answered > MESSAGES / 2,
    },
    {
      what: `soak: database ${mib(first)} MiB after the first week, ${mib(last)} MiB after the second`,
      good: last <= first * STABLE,
    },
    { what: `soak: handles left at stop: ${left.length === 0 ? 'none' : left.join(', ')}`, good: left.length === 0 },
  ];
}

function heapMib(): number {
  global.gc?.();
  return process.memoryUsage().heapUsed / 1024 / 1024;
}

function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

/** What keeps the process alive, by kind. */
function handles(): readonly string[] {
  return process.getActiveResourcesInfo().filter((name) => !/^(TTY|Pipe|Immediate)/.test(name));
}
