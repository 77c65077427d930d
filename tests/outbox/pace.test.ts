import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, startOfDay } from '../../src/lib/clock.ts';
import { LOCAL, WECHAT4U } from '../../src/outbox/channel.ts';
import { whenToSay } from '../../src/outbox/pace.ts';

const at = (time: string): number => Date.parse(`2026-11-24T${time}+08:00`);
const NOON = at('12:00:00');
const row = (urgency: 'urgent' | 'answer' | 'unasked' = 'answer', dueAt = NOON - 10_000) => ({ urgency, dueAt });
const never = () => {
  throw new Error('no number was to be drawn');
};

describe('the pace within a conversation', () => {
  test('is none on the local channel', () =>
    expect(whenToSay(row(), LOCAL, { lastSentTo: NOON }, NOON, never)).toBe(NOON));
  test('lets the first row go at once', () => expect(whenToSay(row(), WECHAT4U, {}, NOON, never)).toBe(NOON));
  test.each([
    [0, 1_500],
    [0.5, 2_750],
    [0.999_999_9, 4_000],
  ])('draws the pause: %d gives %d ms', (drawn, ms) =>
    expect(whenToSay(row(), WECHAT4U, { lastSentTo: NOON }, NOON, () => drawn)).toBe(NOON + ms),
  );
  test('does not draw again for a row that was put off already', () =>
    expect(whenToSay(row('answer', NOON), WECHAT4U, { lastSentTo: NOON - 1_600 }, NOON, never)).toBe(NOON));
  test('is over after the longest pause', () =>
    expect(whenToSay(row(), WECHAT4U, { lastSentTo: NOON - 4_000 }, NOON, never)).toBe(NOON));
  test('is not fooled by another machine whose clock is a day ahead', () =>
    expect(whenToSay(row(), WECHAT4U, { lastSentTo: NOON + DAY }, NOON, () => 0.5)).toBe(NOON + 4_000));
  test('never lets two follow each other sooner than the least, nor waits longer than the most', () => {
    const draw = fc.double({ min: 0, max: 0.999_999, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), draw, (gone, drawn) => {
        const said = whenToSay(row(), WECHAT4U, { lastSentTo: NOON - gone }, NOON, () => drawn);
        expect(said - (NOON - gone)).toBeGreaterThanOrEqual(1_500);
        expect(said - NOON).toBeLessThanOrEqual(4_000);
      }),
    );
  });
});

describe('the daily cap', () => {
  const full = { sentToday: 400 };
  test('lets the 400th go', () => expect(whenToSay(row(), WECHAT4U, { sentToday: 399 }, NOON, never)).toBe(NOON));
  test('puts the 401st off until the next day in Shanghai', () =>
    expect(whenToSay(row(), WECHAT4U, full, NOON, never)).toBe(at('00:00:00') + DAY));
  test('does not hold first aid up', () => expect(whenToSay(row('urgent'), WECHAT4U, full, NOON, never)).toBe(NOON));
  test('counts a day from midnight to midnight in Shanghai', () => {
    expect(startOfDay(at('00:00:00'))).toBe(at('00:00:00'));
    expect(startOfDay(at('23:59:59'))).toBe(at('00:00:00'));
    expect(startOfDay(at('07:59:59'))).toBe(at('00:00:00'));
  });
});

describe('the night', () => {
  test.each([
    ['21:29:59', '21:29:59', 0],
    ['21:30:00', '07:30:00', DAY],
    ['23:59:59', '07:30:00', DAY],
    ['00:00:00', '07:30:00', 0],
    ['07:29:59', '07:30:00', 0],
    ['07:30:00', '07:30:00', 0],
  ])('at %s what nobody asked for is said at %s', (now, said, later) => {
    for (const manners of [LOCAL, WECHAT4U])
      expect(whenToSay(row('unasked'), manners, {}, at(now), never)).toBe(at(said) + later);
  });
  test.each(['answer', 'urgent'] as const)('does not hold up what is %s', (urgency) =>
    expect(whenToSay(row(urgency), LOCAL, {}, at('03:00:00'), never)).toBe(at('03:00:00')),
  );
  test('is minded as well when the cap puts it off to midnight', () =>
    expect(whenToSay(row('unasked'), WECHAT4U, { sentToday: 400 }, NOON, never)).toBe(at('07:30:00') + DAY));
  test('never lets something unasked go between half past nine and half past seven', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000 * DAY }), (now) => {
        const said = whenToSay(row('unasked'), LOCAL, {}, now, never);
        const time = said - startOfDay(said);
        expect(time >= 7.5 * HOUR && time < 21.5 * HOUR).toBe(true);
        expect(said - now).toBeGreaterThanOrEqual(0);
        expect(said - now).toBeLessThanOrEqual(10 * HOUR);
      }),
    );
  });
});
