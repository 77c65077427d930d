/** Where a process may die, as seen by the tests that kill it. */
export const PUMP_POINTS = [
  'before-claim',
  'after-claim',
  'before-send',
  'after-send',
  'before-settle',
  'after-settle',
] as const;

export type PumpPoint = (typeof PUMP_POINTS)[number];
