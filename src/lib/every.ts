import type { Log } from './log.ts';

/** Does `work` every `ms` milliseconds, never twice at once; a fault is logged and the next turn comes all the same. */
export function every(ms: number, what: string, work: () => Promise<void>, log: Log): { stop(): Promise<void> } {
  let running = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = work()
      .catch((error: unknown) => log.error({ reason: error instanceof Error ? error.message : String(error) }, what))
      .finally(() => {
        busy = false;
      });
  }, ms);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
