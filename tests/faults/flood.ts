import { summarise } from '../../bench/timing.ts';
import { mind } from '../knowledge-base.ts';
import { openBot } from './bot-in-process.ts';

/** One finding of a run, and whether it is as it must be. */
export interface Finding {
  readonly what: string;
  readonly good: boolean;
}

const FLOOD = 1_000;
const FLOOD_SECONDS = 10;
const OTHERS_PER_SECOND = 20;
const MOST_REPLIES = 10;
const MOST_SLOWER = 1.2;
const SCAM = '刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户';

/** One talker sends a thousand messages in ten seconds; others, who write meanwhile, must not feel it. */
export async function flood(): Promise<readonly Finding[]> {
  const quiet = await others(false);
  const flooded = await others(true);
  const ratio = flooded.p99 / quiet.p99;
  return [
    {
      what: `flood: ${FLOOD} messages of one talker in ${FLOOD_SECONDS} s got ${flooded.replies} replies`,
      good: flooded.replies <= MOST_REPLIES && flooded.replies > 0,
    },
    {
      what: `flood: p99 of the others ${quiet.p99.toFixed(2)} ms alone, ${flooded.p99.toFixed(2)} ms beside it (${ratio.toFixed(2)} times)`,
      good: ratio <= MOST_SLOWER,
    },
  ];
}

async function others(flooding: boolean): Promise<{ readonly p99: number; readonly replies: number }> {
  const bot = await openBot({ mind, now: Date.now });
  const begin = performance.now();
  let flooded = 0;
  let written = 0;
  for (let elapsed = 0; elapsed < FLOOD_SECONDS * 1_000; elapsed = performance.now() - begin) {
    const dueFlood = flooding ? Math.floor((elapsed / 1_000) * (FLOOD / FLOOD_SECONDS)) : 0;
    for (; flooded < dueFlood; flooded += 1) void bot.receive('flood', `${SCAM}${flooded}`);
    const dueOthers = Math.floor((elapsed / 1_000) * OTHERS_PER_SECOND);
    for (; written < dueOthers; written += 1) void bot.receive(`other-${written}`, SCAM);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await bot.drained();
  // The first second of a program warms it up.
  const times = bot.answered.filter((one) => one.talker.startsWith('other')).slice(OTHERS_PER_SECOND);
  const replies = bot.answered.filter((one) => one.talker === 'flood').length;
  await bot.close();
  return { p99: summarise(times.map((one) => one.ms)).p99, replies };
}
