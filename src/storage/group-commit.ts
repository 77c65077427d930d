import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** A piece of work inside a transaction that has begun. */
export type Work<Result> = (trx: Kysely<Tables>) => Promise<Result>;

interface Waiting {
  readonly work: Work<unknown>;
  readonly since: number;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

interface Done {
  readonly waiting: Waiting;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** More in one commit would make the first of them wait too long. */
const TOGETHER = 48;

/**
 * Lets works that arrive while a commit is under way share the next one: the disk is asked once for all of them, which is
 * most of what a message costs. Each stands alone nevertheless: one that fails is undone to its savepoint, and none is told
 * of before the commit is on disk. A work that comes alone begins at once.
 *
 * `transaction`: runs a work in one transaction of its own; it may run it again from the beginning. `waited`: how many
 * milliseconds of its patience the first of them has spent in the queue.
 */
export function groupCommit(
  transaction: <Result>(work: Work<Result>, waited: number) => Promise<Result>,
): <Result>(work: Work<Result>) => Promise<Result> {
  const queue: Waiting[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    while (queue.length > 0) {
      const batch = queue.splice(0, TOGETHER);
      try {
        const waited = performance.now() - (batch[0]?.since ?? 0);
        for (const { waiting, result, error } of await transaction((trx) => all(trx, batch), waited))
          if (error === undefined) waiting.resolve(result);
          else waiting.reject(error);
      } catch (error) {
        for (const waiting of batch) waiting.reject(error);
      }
      // SQLite never waits for anything: without a pause new connections and answers would wait for the last of the queue.
      await nextTurn();
    }
    running = false;
  }

  return <Result>(work: Work<Result>) =>
    new Promise<Result>((resolve, reject) => {
      queue.push({ work, since: performance.now(), resolve: resolve as (result: unknown) => void, reject });
      if (!running) void run();
    });
}

async function all(trx: Kysely<Tables>, batch: readonly Waiting[]): Promise<readonly Done[]> {
  const [only, ...more] = batch;
  if (only && more.length === 0) return [{ waiting: only, result: await only.work(trx) }];
  const done: Done[] = [];
  for (const waiting of batch) {
    await sql`savepoint one`.execute(trx);
    try {
      const result = await waiting.work(trx);
      await sql`release one`.execute(trx);
      done.push({ waiting, result });
    } catch (error) {
      await undo(trx, error);
      done.push({ waiting, error: error ?? new Error('a work failed without telling why') });
    }
  }
  return done;
}

/** After some faults (a full disk) SQLite has undone the whole transaction itself: then the fault is that of all. */
async function undo(trx: Kysely<Tables>, fault: unknown): Promise<void> {
  try {
    await sql`rollback to one`.execute(trx);
    await sql`release one`.execute(trx);
  } catch {
    throw fault;
  }
}
