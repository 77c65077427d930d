import { createBell } from '../../lib/bell.ts';

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
      const bell = createBell();
      const ring = (): void => bell.ring();
      const rings = listening.get(talker) ?? new Set();
      listening.set(talker, rings.add(ring));
      return {
        wait: bell.sleep,
        end() {
          rings.delete(ring);
          if (rings.size === 0 && listening.get(talker) === rings) listening.delete(talker);
        },
      };
    },
  };
}
