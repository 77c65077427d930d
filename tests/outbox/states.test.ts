import { describe, expect, test } from 'vitest';
import { assertTransition, isFinal, STATES } from '../../src/outbox/index.ts';

const ALLOWED = [
  'due → leased',
  'due → sent',
  'leased → due',
  'leased → sent',
  'leased → failed',
  'leased → expired',
  'leased → unknown',
];

describe('the states of a row', () => {
  test.each(STATES.flatMap((from) => STATES.map((to) => `${from} → ${to}`)))('%s', (way) => {
    const [from, to] = way.split(' → ') as [(typeof STATES)[number], (typeof STATES)[number]];
    const go = () => assertTransition(from, to);
    if (ALLOWED.includes(way)) expect(go).not.toThrow();
    else expect(go).toThrow(`A row of the outbox cannot go from ${from} to ${to}.`);
  });
  test('nothing leads out of sent, failed, expired and unknown', () =>
    expect(STATES.filter(isFinal)).toEqual(['sent', 'failed', 'expired', 'unknown']));
});
