import { assertTransition } from './states.ts';
import type { Claimed, Settlement } from './store.ts';

/** Rows whose leases end in the same way, hence in one commit. */
export interface Outcome {
  readonly settlement: Settlement;
  readonly rows: readonly Claimed[];
}

/**
 * What has come of the rows this lane holds, until the store has taken note of it. As long as something stands here the
 * rows stay ours: a row that was said is not said again because the store was away when it was to be marked.
 */
export interface Outcomes {
  add(row: Claimed, settlement: Settlement): void;
  /** The next ones to mark; `undefined` when the store knows everything. */
  next(): Outcome | undefined;
  /** The store has taken note of them. */
  marked(outcome: Outcome): void;
}

export function createOutcomes(): Outcomes {
  const byKind = new Map<string, { readonly settlement: Settlement; readonly rows: Claimed[] }>();
  return {
    add(row, settlement) {
      assertTransition('leased', settlement.state);
      const kind = JSON.stringify(settlement);
      const same = byKind.get(kind);
      if (same) same.rows.push(row);
      else byKind.set(kind, { settlement, rows: [row] });
    },
    next: () => byKind.get(SENT) ?? byKind.values().next().value,
    marked: ({ settlement }) => void byKind.delete(JSON.stringify(settlement)),
  };
}

/** What was said is marked first: only there does a killed process make a double. */
const SENT = JSON.stringify({ state: 'sent' } satisfies Settlement);
