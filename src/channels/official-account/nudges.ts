/** Wakes the requests of one resident when there may be something for him. */
export interface Nudges {
  nudge(talker: string): void;
  /** Hears from now on, also what comes between two waits. */
  listen(talker: string): Listening;
}

export interface Listening {
  /** Until a nudge, `ms` milliseconds at most. */
  wait(ms: number): Promise<void>;
  end(): void;
}

export function createNudges(): Nudges {
  const listening = new Map<string, Set<() => void>>();
  return {
    nudge(talker) {
      for (const ring of listening.get(talker) ?? []) ring();
    },
    listen(talker) {
      let rung = false;
      let wake: (() => void) | undefined;
      const ring = (): void => {
        rung = true;
        wake?.();
      };
      const rings = listening.get(talker) ?? new Set();
      listening.set(talker, rings.add(ring));
      return {
        async wait(ms) {
          if (!rung) {
            await new Promise<void>((resolve) => {
              const timer = setTimeout(resolve, ms);
              wake = () => {
                clearTimeout(timer);
                resolve();
              };
            });
          }
          wake = undefined;
          rung = false;
        },
        end() {
          rings.delete(ring);
          if (rings.size === 0 && listening.get(talker) === rings) listening.delete(talker);
        },
      };
    },
  };
}
