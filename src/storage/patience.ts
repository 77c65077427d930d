import { setTimeout as sleep } from 'node:timers/promises';
import { StorageFault, toFault } from './faults.ts';

/** Long enough for another process to erase somebody or to end a transaction, in milliseconds. */
const LONGEST_WAIT = 5_000;
const LONGEST_STEP = 100;

/**
 * Runs `work` again while another process is in the way: the file is locked, or PostgreSQL gave up one of two
 * transactions (deadlock 40P01, serialization 40001). The waiting is done here and not inside SQLite, which would hold
 * up everything else in this process. What remains comes out as a StorageFault.
 */
export async function patiently<Result>(
  where: string,
  work: () => Promise<Result>,
  longest = LONGEST_WAIT,
): Promise<Result> {
  const start = performance.now();
  for (let step = 1; ; step = Math.min(step * 2, LONGEST_STEP)) {
    try {
      return await work();
    } catch (error) {
      const fault = toFault(error, where);
      const waited = performance.now() - start;
      if (!(fault instanceof StorageFault) || fault.code !== 'locked' || waited > longest) throw fault;
      if (isTimeout(fault.cause)) throw fault;
      await sleep(step * (0.5 + Math.random()));
    }
  }
}

/** The server has already waited as long as it may. */
function isTimeout(cause: unknown): boolean {
  return ['57014', '55P03'].includes((cause as { code?: string }).code ?? '');
}
