/** A sleep that can be ended early. */
export interface Bell {
  /** Ends the sleep; rung while nobody sleeps, it ends the next sleep at once. */
  ring(): void;
  /** It was rung, and nobody has slept since. */
  rung(): boolean;
  /** Sleeps until it is rung, `ms` milliseconds at most. */
  sleep(ms: number): Promise<void>;
}

export function createBell(): Bell {
  let pending = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      pending = true;
      wake?.();
    },
    rung: () => pending,
    async sleep(ms) {
      if (!pending) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      wake = undefined;
      pending = false;
    },
  };
}
