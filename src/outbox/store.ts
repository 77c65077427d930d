import type { Address, ToSay } from '../domain/index.ts';

/** A row that this process holds a lease on, and alone may say. */
export interface Claimed extends ToSay {
  /** Grows with every row of the outbox, also over a new database; a page resumes from it. */
  readonly id: number;
  /** How often it has been tried, this time included. */
  readonly attempts: number;
}

/** A reply that was said; what a page that was away reads. */
export interface Said {
  readonly sequence: number;
  readonly replyTo: readonly string[];
  readonly text: string;
  /** Epoch milliseconds when it was written. */
  readonly at: number;
}

/** How a lease ends. `due`: it is tried again from `dueAt` on. */
export type Settlement =
  | { readonly state: 'sent' }
  | { readonly state: 'due'; readonly dueAt: number; readonly code: string; readonly countsAsTry: boolean }
  | { readonly state: 'failed' | 'expired' | 'unknown'; readonly code: string };

export interface ClaimOptions {
  readonly source: string;
  /** Names this process among all that share the queue. */
  readonly owner: string;
  readonly now: number;
  readonly leaseUntil: number;
  readonly limit: number;
}

/**
 * The queue of what must still be said. Rows of one conversation are claimed in order: none while an earlier one is due or
 * leased, except that an `unasked` one never holds up an answer. `urgent` goes before `answer`, that before `unasked`; the
 * first two by age, `unasked` by the time it is due.
 */
export interface OutboxStore {
  /** Leases rows that are due, or whose lease ran out because their process died. No row goes to two callers. */
  claim(options: ClaimOptions): Promise<readonly Claimed[]>;
  /** Ends leases. Only of rows that `owner` still holds; returns the ids that were. All in one commit. */
  settle(owner: string, ids: readonly number[], settlement: Settlement, now: number): Promise<readonly number[]>;
  /** When something was last sent to this person or group, epoch milliseconds; `undefined`: never, or long ago. */
  lastSentTo(address: Address): Promise<number | undefined>;
  /** How many rows of a source were sent since then. */
  sentSince(source: string, since: number): Promise<number>;
  /** The earliest time at which a row of this source can be claimed; `undefined` when none waits. */
  nextDue(source: string): Promise<number | undefined>;
  /** Replies that were sent to a talker privately, after `sequence` and not older than `since`, oldest first. */
  saidTo(source: string, talker: string, sequence: number, since: number): Promise<readonly Said[]>;
  /** Rows by state, for the operator. */
  tally(): Promise<Readonly<Record<string, number>>>;
}
