import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { INTAKE_POINTS } from '../../src/conversation/index.ts';
import { PUMP_POINTS } from '../../src/outbox/index.ts';
import { seededRandom } from '../seeded-random.ts';
import { kill, type Workshop } from './workers.ts';
import { World } from './world.ts';

/** What a series of kills came to. `lost` and `refused` must be zero. */
export interface KillReport {
  readonly rounds: number;
  readonly killed: number;
  readonly taken: number;
  /** Taken and never answered. */
  readonly lost: number;
  /** Sent again to the end and not taken. */
  readonly refused: number;
  readonly doubled: number;
  /** The slowest start after a kill, milliseconds, with reading the knowledge base. */
  readonly slowestStart: number;
}

export interface KillOptions {
  readonly workshop: Workshop;
  readonly databaseUrl?: string | undefined;
  readonly processes: number;
  readonly rounds: number;
  /** Makes the moments of the kills repeatable. */
  readonly seed: number;
  progress?(round: number): void;
}

const MESSAGES_AT_ONCE = 25;
/** People stop writing when nothing is taken any more; else the backlog, and not the bot, would be measured. */
const MOST_UNCONFIRMED = 300;
const SHORTEST_LIFE = 20;
const LONGEST_LIFE = 250;
/** Turns of 50 ms. */
const REPEAT_EVERY = 60;
const ANSWERED_WITHIN_MS = 30_000;

/** Kills all processes at a random moment under load, starts them again, and at the end waits for every reply. */
export async function killRounds(options: KillOptions): Promise<KillReport> {
  const { workshop, databaseUrl, processes, rounds, seed } = options;
  const random = seededRandom(seed);
  const world = new World();
  const hear = world.listen.bind(world);
  const stateDir = join(workshop.folder, `state-${seed}-${processes}`);
  let killed = 0;
  let slowestStart = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const began = performance.now();
    const workers = await Promise.all(
      Array.from({ length: processes }, () => workshop.start({ stateDir, databaseUrl }, hear)),
    );
    slowestStart = Math.max(slowestStart, performance.now() - began);
    const [first] = workers;
    if (first) world.repeat(first);
    const until = performance.now() + SHORTEST_LIFE + random() * (LONGEST_LIFE - SHORTEST_LIFE);
    while (performance.now() < until) {
      if (world.unconfirmed < MOST_UNCONFIRMED) for (const worker of workers) world.write(worker, MESSAGES_AT_ONCE);
      await pause(20);
    }
    await Promise.all(workers.map(kill));
    killed += workers.length;
    options.progress?.(round);
  }
  const last = await workshop.start({ stateDir, databaseUrl }, hear);
  await answerAll(world, last);
  await kill(last);
  return {
    rounds,
    killed,
    taken: world.taken,
    lost: world.unanswered.length,
    refused: world.unconfirmed,
    doubled: world.doubled,
    slowestStart,
  };
}

/** What came of a process that ended at one labelled point. */
export interface PointReport {
  readonly point: string;
  /** The process was ended there, and nowhere else. */
  readonly reached: boolean;
  readonly taken: number;
  readonly lost: number;
  readonly doubled: number;
}

export const POINTS: readonly string[] = [...INTAKE_POINTS, ...PUMP_POINTS];

/** Ends a process at a labelled point under load, starts another one, and waits for every reply. */
export async function crashAt(
  point: string,
  { workshop, databaseUrl, seed }: Pick<KillOptions, 'workshop' | 'databaseUrl' | 'seed'>,
): Promise<PointReport> {
  const world = new World();
  const hear = world.listen.bind(world);
  const stateDir = join(workshop.folder, `state-${seed}-${point}`);
  const nth = 1 + Math.floor(seededRandom(seed)() * 5);
  const worker = await workshop.start({ stateDir, databaseUrl, crash: { at: point, nth } }, hear);
  const ended = new Promise<NodeJS.Signals | null>((resolve) => worker.once('close', (_, signal) => resolve(signal)));
  world.write(worker, 2 * MESSAGES_AT_ONCE);
  const signal = await Promise.race([ended, pause(ANSWERED_WITHIN_MS).then(() => null)]);
  await kill(worker);
  const next = await workshop.start({ stateDir, databaseUrl }, hear);
  await answerAll(world, next);
  await kill(next);
  return {
    point,
    reached: signal === 'SIGKILL',
    taken: world.taken,
    lost: world.unanswered.length + world.unconfirmed,
    doubled: world.doubled,
  };
}

async function answerAll(world: World, worker: ChildProcess): Promise<void> {
  const until = performance.now() + ANSWERED_WITHIN_MS;
  // Whoever is told that too much comes at once tries again later.
  for (let turn = 0; performance.now() < until && (world.unconfirmed > 0 || world.unanswered.length > 0); turn += 1) {
    if (turn % REPEAT_EVERY === 0) world.repeat(worker);
    await pause(50);
  }
  // Whoever would still be answered twice, is now.
  await pause(300);
}
