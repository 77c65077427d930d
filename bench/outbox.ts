import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONNECTIONS } from '../src/storage/index.ts';
import { NO_POSTGRES, startCluster } from '../tests/storage/cluster.ts';
import type { Handled, Load } from './outbox-process.ts';
import { ms, names, numbers, printMachine, printTable, whole } from './report.ts';

/** The goals of the issue that this bench belongs to. */
const MESSAGES_PER_SECOND = 1_000;
const P99_BELOW_MS = 50;
const TWO_PROCESSES_GAIN = 1.6;
const SECONDS = 15;
/** Messages under way in one process when it is loaded as much as it can take. */
const AT_ONCE = 32;

/** True when nothing was lost; the goals are told, reached or not. */
export async function benchOutbox(): Promise<boolean> {
  printMachine();
  const folder = await mkdtemp(join(tmpdir(), 'fanzha-outbox-'));
  const all: Handled[] = [];
  try {
    const common = { seconds: SECONDS, connections: CONNECTIONS, perSecond: 0, atOnce: AT_ONCE };
    const sqlite = (name: string, over: Partial<Load> = {}): Load => ({
      ...common,
      name,
      stateDir: join(folder, name),
      databaseUrl: undefined,
      repeatable: true,
      ...over,
    });
    const paced = await run([sqlite('paced', { perSecond: MESSAGES_PER_SECOND })]);
    const full = await run([sqlite('full')]);
    const careful = await run([sqlite('careful', { repeatable: false })]);
    printTable(
      `\nSQLite, synchronous=FULL, one process, ${SECONDS} s: from receive to say, every reply durable before it is said`,
      [names('load'), ...HEADINGS.map(numbers)],
      [
        row(`${whole(MESSAGES_PER_SECOND)}/s`, paced),
        row('as much as it takes', full),
        row('the same, marked one by one', careful),
      ],
    );
    all.push(...paced, ...full, ...careful);
    const [only] = paced;
    told(
      `at least ${whole(MESSAGES_PER_SECOND)}/s with p99 below ${P99_BELOW_MS} ms`,
      only !== undefined && only.perSecond >= 0.99 * MESSAGES_PER_SECOND && only.p99 < P99_BELOW_MS,
    );
    all.push(...(await benchPostgres(folder, common)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const lost = all.reduce((sum, one) => sum + one.unanswered, 0);
  if (lost > 0) console.error(`FAILED: ${lost} messages were not answered; there must be none.`);
  return lost === 0;
}

async function benchPostgres(
  folder: string,
  common: Pick<Load, 'seconds' | 'connections' | 'perSecond' | 'atOnce'>,
): Promise<readonly Handled[]> {
  if (NO_POSTGRES !== undefined) {
    console.log(`PostgreSQL was not measured: ${NO_POSTGRES}`);
    return [];
  }
  const cluster = await startCluster();
  try {
    const rows: (readonly string[])[] = [];
    const all: Handled[] = [];
    let gain = 0;
    for (const connections of [CONNECTIONS, 2 * CONNECTIONS, 4 * CONNECTIONS]) {
      const load = (name: string): Load => ({
        ...common,
        connections,
        name: `${name}-${connections}`,
        stateDir: join(folder, 'shared'),
        databaseUrl: cluster.url,
        repeatable: true,
      });
      const one = await run([load('one')]);
      const two = await run([load('first'), load('second')]);
      const ratio = sum(two) / sum(one);
      if (connections === CONNECTIONS) gain = ratio;
      rows.push(row(`1 with ${connections}`, one), row(`2 with ${connections}, ${ratio.toFixed(2)} times`, two));
      all.push(...one, ...two);
    }
    printTable(
      `\nPostgreSQL, fsync on, ${SECONDS} s, as much as it takes (the server shares the cores)`,
      [names('processes and their connections'), ...HEADINGS.map(numbers)],
      rows,
    );
    told(
      `two processes with ${CONNECTIONS} connection each, as they are shipped, handle at least ${TWO_PROCESSES_GAIN} ` +
        `times what one does: ${gain.toFixed(2)}`,
      gain >= TWO_PROCESSES_GAIN,
    );
    return all;
  } finally {
    await cluster.stop();
  }
}

const HEADINGS = ['messages', 'per second', 'p50 ms', 'p99 ms', 'longest ms', 'unanswered', 'MiB each'];

/** Times of several processes are those of the slowest. */
function row(name: string, parts: readonly Handled[]): readonly string[] {
  const most = (pick: (one: Handled) => number): number => Math.max(...parts.map(pick));
  return [
    name,
    whole(parts.reduce((all, one) => all + one.messages, 0)),
    whole(sum(parts)),
    ms(most((one) => one.p50)),
    ms(most((one) => one.p99)),
    ms(most((one) => one.most)),
    whole(parts.reduce((all, one) => all + one.unanswered, 0)),
    whole(most((one) => one.rssMib)),
  ];
}

function sum(parts: readonly Handled[]): number {
  return parts.reduce((all, one) => all + one.perSecond, 0);
}

function told(goal: string, reached: boolean): void {
  console.log(`${reached ? 'reached' : 'NOT REACHED'}: ${goal}`);
}

/** One process for each load, all begun at the same time. */
async function run(loads: readonly Load[]): Promise<readonly Handled[]> {
  const children = await Promise.all(loads.map(() => startChild()));
  return Promise.all(
    children.map(async (child, i) => {
      const handled = new Promise<Handled>((resolve, reject) => {
        child.once('message', (words) => resolve(words as Handled));
        child.once('exit', (code) => reject(new Error(`a process of the bench ended with ${code}`)));
      });
      child.send(loads[i] as Load);
      return handled;
    }),
  );
}

function startChild(): Promise<ChildProcess> {
  const file = fileURLToPath(new URL('./outbox-process.ts', import.meta.url));
  const child = fork(file, ['child'], { execArgv: ['--import', 'tsx'] });
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child));
    child.once('exit', (code) => reject(new Error(`a process of the bench ended with ${code}`)));
  });
}
