import type { Case } from './case.ts';
import type { Bucket } from './limits.ts';
import type { Story } from './story.ts';
import type { Turns } from './turns.ts';

/** What is remembered of one talker in one place. Plain data: it is kept as JSON, sealed. */
export interface Talk {
  /** He has read the one line about privacy. */
  readonly noticed: boolean;
  /** Cases that offered digits, the latest first. */
  readonly cases: readonly Case[];
  /** Our own last reply, for 再说一遍. */
  readonly lastReply: string | undefined;
  /** What he is telling right now. */
  readonly story: Story | undefined;
  /** Pays for replies. */
  readonly bucket: Bucket | undefined;
  /** Pays for reading. */
  readonly reading: Bucket | undefined;
  readonly turns: Turns | undefined;
  /** The campaign keeps something of him (see `Errands`). */
  readonly enrolled?: boolean | undefined;
}

export const NEW_TALK: Talk = {
  noticed: false,
  cases: [],
  lastReply: undefined,
  story: undefined,
  bucket: undefined,
  reading: undefined,
  turns: undefined,
};
