import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../src/config/index.ts';
import { createMind } from '../src/conversation/index.ts';
import { loadKnowledge } from '../src/knowledge/index.ts';
import { DAY, HOUR, MINUTE, SECOND, timeOfDay } from '../src/lib/clock.ts';
import { openStorage } from '../src/storage/index.ts';
import { DATABASE_FILE } from '../src/storage/sqlite.ts';
import { loadSqlite } from '../src/storage/sqlite-api.ts';
import { type RunningProgram, startProgram } from './program.ts';
import { ms, names, numbers, printMachine, printTable, whole } from './report.ts';
import { openTalker, type Sent, type Talker } from './talker.ts';
import { mixedMessagesOf } from './texts.ts';
import { summarise } from './timing.ts';

const SUBSCRIBERS = 10_000;
/** Subscriptions in one commit. */
const BATCH = 500;
const PER_MINUTE = 600;
/** Residents who ask meanwhile: so many, so often, for so long after the minute of the broadcast. */
const TALKERS = 300;
const PER_SECOND = 30;
const SECONDS = 45;
/** What the issue of the campaign asks for. Milliseconds. */
const QUEUED_WITHIN = 5_000;
const ANSWERED_WITHIN = 100;

/** True when it was queued in time and at the pace, and answers came in time. */
export async function benchBroadcast(): Promise<boolean> {
  printMachine();
  const stateDir = await mkdtemp(join(tmpdir(), 'fanzha-broadcast-'));
  try {
    await subscribeAll(stateDir);
    const slot = Math.ceil((Date.now() + 20 * SECOND) / MINUTE) * MINUTE;
    const ahead = untilMorning(slot);
    const program = await startProgram({
      FANZHA_STATE_DIR: stateDir,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(clockAhead(ahead))}`,
      FANZHA_TIP_TIME: cronOf(slot + ahead),
      FANZHA_BROADCAST_PER_MINUTE: String(PER_MINUTE),
    });
    try {
      return await measure(program, slot, stateDir);
    } finally {
      await program.stop();
    }
  } finally {
    await rm(stateDir, { recursive: true, force: true });
  }
}

async function measure(program: RunningProgram, slot: number, stateDir: string): Promise<boolean> {
  const talkers = await Promise.all(Array.from({ length: TALKERS }, (_, i) => openTalker(program.url, i)));
  const before = await ask(talkers, Date.now(), slot - 2 * SECOND);
  const during = await ask(talkers, slot, slot + SECONDS * SECOND);
  await pause(SECOND);
  const seconds = (Date.now() - slot) / SECOND;
  const sent = await sentSoFar(stateDir);
  await Promise.all(talkers.map((talker) => talker.close()));
  const line = program
    .output()
    .split('\n')
    .find((one) => one.includes('a broadcast is queued'));
  const queued = line === undefined ? undefined : (JSON.parse(line) as { count: number; ms: number });
  const rows = [rowOf('before', before), rowOf('meanwhile', during)];
  printTable(
    `\nanswers to residents, ${PER_SECOND} messages/s`,
    [names(''), ...['asked', 'p50 ms', 'p95 ms', 'p99 ms', 'longest ms', 'lost'].map(numbers)],
    rows,
  );
  console.log(`queued: ${queued ? `${whole(queued.count)} in ${ms(queued.ms)} ms` : 'never'}`);
  console.log(`said of it ${seconds.toFixed(0)} s after the minute: ${whole(sent)} (pace ${PER_MINUTE} a minute)`);
  const { p95 } = summarise(delaysOf(during));
  const paced = sent <= (seconds * PER_MINUTE) / 60 + 1 && sent >= ((seconds - 8) * PER_MINUTE) / 60;
  const lost = during.length - delaysOf(during).length;
  const good =
    queued?.count === SUBSCRIBERS && queued.ms < QUEUED_WITHIN && p95 < ANSWERED_WITHIN && paced && lost === 0;
  if (!good) console.error('FAILED: see above.');
  return good;
}

async function subscribeAll(stateDir: string): Promise<void> {
  const storage = await openStorage({ stateDir, databaseUrl: undefined, now: Date.now });
  for (let first = 0; first < SUBSCRIBERS; first += BATCH)
    await storage.talks.transaction(async (tx) => {
      for (let i = first; i < Math.min(SUBSCRIBERS, first + BATCH); i += 1)
        await tx.subscribe('weekly-tip', { source: 'local', talker: `subscriber-${i}` }, Date.now());
    });
  await storage.close();
}

/** At night nothing unasked is said: then the program's clock is set to the same minute of a morning. Milliseconds. */
function untilMorning(at: number): number {
  const hours = Math.floor(timeOfDay(at) / HOUR);
  return hours >= 8 && hours < 20 ? 0 : (10 - hours) * HOUR + (hours >= 20 ? DAY : 0);
}

function clockAhead(by: number): string {
  return `const now = Date.now; Date.now = () => now() + ${by};`;
}

/** The very minute as a cron pattern of Shanghai. */
function cronOf(at: number): string {
  const time = new Date(at + 8 * 60 * MINUTE);
  return `${time.getUTCMinutes()} ${time.getUTCHours()} * * ${time.getUTCDay()}`;
}

interface Asked {
  readonly talker: Talker;
  readonly sent: Sent;
}

/** Evenly from one time to another, whether or not earlier ones were answered. */
async function ask(talkers: readonly Talker[], from: number, until: number): Promise<readonly Asked[]> {
  const texts = await warnings(Math.ceil(((until - from) / SECOND) * PER_SECOND));
  const sending: Promise<Asked>[] = [];
  for (const [i, text] of texts.entries()) {
    const wait = from + (i * SECOND) / PER_SECOND - Date.now();
    if (wait > 0) await pause(wait);
    const talker = talkers[i % talkers.length];
    if (talker) sending.push(talker.send(text).then((sent) => ({ talker, sent })));
  }
  const asked = await Promise.all(sending);
  for (let i = 0; i < 60 && delaysOf(asked).length < asked.length; i += 1) await pause(50);
  return asked;
}

let told: readonly string[] | undefined;

/** Messages that are answered at once: half a sentence would wait for the rest. */
async function warnings(count: number): Promise<readonly string[]> {
  const base = await loadKnowledge(readConfig(process.env).knowledgeDir);
  const mind = createMind(base, '西平县');
  told ??= mixedMessagesOf(base, 4_000).filter((text) => mind.understand(text).verdict.kind === 'warning');
  const texts = told;
  return Array.from({ length: count }, (_, i) => texts[i % texts.length] ?? '');
}

function delaysOf(asked: readonly Asked[]): readonly number[] {
  return asked.flatMap(({ talker, sent }) => {
    const at = sent.id === undefined ? undefined : talker.replyAt(sent.id);
    return at === undefined ? [] : [at - sent.started];
  });
}

function rowOf(name: string, asked: readonly Asked[]): readonly string[] {
  const delays = delaysOf(asked);
  const { p50, p95, p99, most } = summarise(delays);
  return [name, whole(asked.length), ms(p50), ms(p95), ms(p99), ms(most), whole(asked.length - delays.length)];
}

async function sentSoFar(stateDir: string): Promise<number> {
  const { DatabaseSync } = await loadSqlite();
  const database = new DatabaseSync(join(stateDir, DATABASE_FILE), { readOnly: true, timeout: 5_000 });
  const row = database.prepare("select count(*) as n from outbox where state = 'sent' and urgency = 2").get();
  database.close();
  return Number((row as { n: number }).n);
}
