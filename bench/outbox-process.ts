import { readConfig } from '../src/config/index.ts';
import { createMind, LIMITS, type Mind } from '../src/conversation/index.ts';
import { createExchange } from '../src/exchange.ts';
import { loadKnowledge } from '../src/knowledge/index.ts';
import { systemClock } from '../src/lib/clock.ts';
import { createLog } from '../src/lib/log.ts';
import type { Manners } from '../src/outbox/index.ts';
import { openStorage } from '../src/storage/index.ts';
import { mixedMessagesOf } from './texts.ts';
import { summarise } from './timing.ts';

/** What one process of the bench is told: where its storage is, and how messages come. */
export interface Load {
  readonly stateDir: string;
  readonly databaseUrl: string | undefined;
  readonly connections: number;
  /** Names its talkers apart from those of other processes. */
  readonly name: string;
  readonly repeatable: boolean;
  readonly seconds: number;
  /** Messages a second whether or not earlier ones were answered; 0: so many at once, the next when one is answered. */
  readonly perSecond: number;
  readonly atOnce: number;
}

export interface Handled {
  readonly messages: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  readonly unanswered: number;
  readonly rssMib: number;
}

const TEXTS = 2_000;
const DRAIN_WITHIN = 20_000;

/** Runs one load on the whole way of a message: receive, judge, keep, claim, say, mark. Times run from receive to say. */
export async function handle(load: Load, mind: Mind, texts: readonly string[]): Promise<Handled> {
  const log = createLog('error');
  const { stateDir, databaseUrl, connections } = load;
  const storage = await openStorage({ stateDir, databaseUrl, now: systemClock, log, connections });
  const begun = new Map<string, number>();
  const times: number[] = [];
  const answered: (() => void)[] = [];
  const exchange = createExchange({
    mind: () => mind,
    storage,
    now: systemClock,
    log,
    limits: { ...LIMITS, allPerSecond: 1_000_000 },
    pump: { owner: load.name },
  });
  const { conversation } = exchange;
  const manners: Manners = { sendWithinMs: 5_000, repeatable: load.repeatable };
  const say = async ({ replyTo }: { readonly replyTo: readonly string[] }): Promise<void> => {
    for (const id of replyTo) {
      const at = begun.get(id);
      if (at === undefined) continue;
      begun.delete(id);
      times.push(performance.now() - at);
      answered.shift()?.();
    }
  };
  exchange.begin([{ source: load.name, manners, say }]);
  let count = 0;
  const receive = (): Promise<unknown> => {
    count += 1;
    const id = `${load.name}-${count}`;
    begun.set(id, performance.now());
    const text = texts[count % texts.length] ?? '';
    const at = Date.now();
    return conversation.receive({
      source: load.name,
      id,
      talker: id,
      mentioned: true,
      kind: 'text',
      text,
      at,
    });
  };

  const start = performance.now();
  const until = start + load.seconds * 1_000;
  if (load.perSecond > 0) await evenly(load.perSecond, until, receive);
  else await Promise.all(Array.from({ length: load.atOnce }, () => oneAfterOther(until, receive, answered)));
  const took = (performance.now() - start) / 1_000;
  const late = performance.now() + DRAIN_WITHIN;
  while (begun.size > 0 && performance.now() < late) await new Promise((resolve) => setTimeout(resolve, 20));
  await exchange.stop();
  await storage.close();
  const { p50, p99, most } = summarise(times);
  const rssMib = process.memoryUsage().rss / 1024 / 1024;
  return { messages: count, perSecond: count / took, p50, p99, most, unanswered: begun.size, rssMib };
}

/** Sends at a fixed pace, a few at each turn of the loop. */
async function evenly(perSecond: number, until: number, receive: () => Promise<unknown>): Promise<void> {
  const begin = performance.now();
  const taking: Promise<unknown>[] = [];
  let sent = 0;
  for (let now = begin; now < until; now = performance.now()) {
    const due = Math.floor(((now - begin) * perSecond) / 1_000);
    for (; sent < due; sent += 1) taking.push(receive());
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(taking);
}

async function oneAfterOther(until: number, receive: () => Promise<unknown>, answered: (() => void)[]): Promise<void> {
  while (performance.now() < until) {
    const answer = new Promise<void>((resolve) => answered.push(resolve));
    await receive();
    await answer;
  }
}

/** A mind, and texts that by themselves lead to an answer: what waits for its neighbours would only measure the wait. */
export async function prepare(): Promise<{ readonly mind: Mind; readonly texts: readonly string[] }> {
  const base = await loadKnowledge(readConfig(process.env).knowledgeDir);
  const mind = createMind(base, '西平县');
  const texts = mixedMessagesOf(base, 2 * TEXTS).filter((text) => mind.understand(text).verdict.kind === 'warning');
  return { mind, texts: texts.slice(0, TEXTS) };
}

if (process.send !== undefined && process.argv[2] === 'child') {
  const { mind, texts } = await prepare();
  process.on('message', (load: Load) => {
    void handle(load, mind, texts).then((handled) => process.send?.(handled, () => process.disconnect()));
  });
  process.send('ready');
}
