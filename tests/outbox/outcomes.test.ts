import { describe, expect, test } from 'vitest';
import { createOutcomes } from '../../src/outbox/outcomes.ts';
import { words } from './stage.ts';

const row = (id: number) => ({ ...words(''), id, attempts: 1 });

describe('what has come of the rows of a lane', () => {
  test('is marked together where it is the same, and what was said first of all', () => {
    const outcomes = createOutcomes();
    outcomes.add(row(1), { state: 'failed', code: 'refused' });
    outcomes.add(row(2), { state: 'sent' });
    outcomes.add(row(3), { state: 'sent' });
    outcomes.add(row(4), { state: 'failed', code: 'window-closed' });
    const order: (readonly number[])[] = [];
    for (let next = outcomes.next(); next; next = outcomes.next()) {
      order.push(next.rows.map(({ id }) => id));
      outcomes.marked(next);
    }
    expect(order).toEqual([[2, 3], [1], [4]]);
  });
  test('stays until the store has taken note of it', () => {
    const outcomes = createOutcomes();
    outcomes.add(row(1), { state: 'sent' });
    expect(outcomes.next()).toEqual(outcomes.next());
  });
  test('is never that a row stays leased', () => {
    const stays = { state: 'leased' } as never;
    expect(() => createOutcomes().add(row(1), stays)).toThrow('cannot go from leased to leased');
  });
});
