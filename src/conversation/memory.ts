import { DAY } from '../lib/clock.ts';
import type { Case } from './case.ts';

/** What is remembered of one talker: nothing that he wrote. */
export interface Remembered {
  readonly open: Case | undefined;
  /** Our own last reply, for 再说一遍. */
  readonly lastReply: string | undefined;
  readonly at: number;
}

/** Digits stay valid this long. */
export const CASE_VALID = DAY;
const MOST_TALKERS = 20_000;

/** Remembers talkers for a day, at most 20,000 of them; the one silent longest is forgotten first. */
export interface Memory {
  recall(talker: string, now: number): Remembered | undefined;
  keep(talker: string, remembered: Remembered): void;
  forget(talker: string): void;
}

export function createMemory(): Memory {
  const talkers = new Map<string, Remembered>();
  return {
    recall(talker, now) {
      const remembered = talkers.get(talker);
      return remembered && now - remembered.at < CASE_VALID ? remembered : undefined;
    },
    keep(talker, remembered) {
      talkers.delete(talker);
      talkers.set(talker, remembered);
      const oldest = talkers.keys().next().value;
      if (talkers.size > MOST_TALKERS && oldest !== undefined) talkers.delete(oldest);
    },
    forget: (talker) => void talkers.delete(talker),
  };
}
