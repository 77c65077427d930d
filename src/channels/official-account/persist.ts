import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 200;

/**
 * Does it again while the storage says that its fault may pass, as long as `mayWait` (asked with the pause in
 * milliseconds). Rejects with the last fault.
 */
export async function persist<Result>(
  work: () => Promise<Result>,
  mayWait: (pauseMs: number) => boolean,
): Promise<Result> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!mayPass(error) || !mayWait(PAUSE_MS)) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

function mayPass(error: unknown): boolean {
  return error instanceof Error && 'retryable' in error && error.retryable === true;
}
