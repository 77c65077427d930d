/**
 * A row of the outbox is always in exactly one of these states.
 *
 * **due.** It waits to be said: from its time on any process may claim it. A row is born due, and comes back to due when
 * it could not be said this time (the channel was busy, the pace forbids it, it was claimed but never begun). It is sent
 * without a lease where the request that brought the message takes it back as its answer (passive.ts).
 *
 * **leased.** One process has claimed it and alone may say it, until the lease runs out. A row whose lease ran out, because
 * its process died, counts as due.
 *
 * **sent.** The channel took it. Final.
 *
 * **failed.** The channel will not take it, or was asked too often in vain. Final; an operator is told.
 *
 * **expired.** Its time passed before it could be said. Final; it is never said.
 *
 * **unknown.** It was handed to the channel, and the channel's answer was lost. It may have arrived, hence it is never said
 * again by itself. Final; an operator is told.
 */
export const STATES = ['due', 'leased', 'sent', 'failed', 'expired', 'unknown'] as const;

export type State = (typeof STATES)[number];

const ALLOWED: Readonly<Record<State, readonly State[]>> = {
  due: ['leased', 'sent'],
  leased: ['due', 'sent', 'failed', 'expired', 'unknown'],
  sent: [],
  failed: [],
  expired: [],
  unknown: [],
};

export function isFinal(state: State): boolean {
  return ALLOWED[state].length === 0;
}

/** Throws when no row may go this way; then the program is wrong, not the channel. */
export function assertTransition(from: State, to: State): void {
  if (!ALLOWED[from].includes(to)) throw new Error(`A row of the outbox cannot go from ${from} to ${to}.`);
}
