import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../src/lib/clock.ts';
import { faultFrom, type SendCode, SendFault } from '../../src/outbox/channel.ts';
import { afterFault, channelPause } from '../../src/outbox/retry.ts';

/** The pauses in seconds until it fails for good, and how it ends. */
function course(code: SendCode, most = 40): readonly (number | string)[] {
  const steps: (number | string)[] = [];
  for (let attempts = 1; attempts <= most; attempts += 1) {
    const next = afterFault(new SendFault(code), attempts, 0);
    if (next.state !== 'due') return [...steps, next.state];
    steps.push(next.dueAt / SECOND);
  }
  return steps;
}

describe('a row that could not be said', () => {
  test('is tried once more when it was refused', () => expect(course('refused')).toEqual([10, 'failed']));
  test('waits minutes, and ever more of them, when the channel says: too fast', () =>
    expect(course('rate-limited')).toEqual([60, 120, 240, 480, 900, 900, 900, 'failed']));
  test('is tried for half an hour when the channel cannot be reached', () => {
    const pauses = course('unreachable');
    expect(pauses).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 'failed']);
  });
  test('has failed at once when the window has closed', () => expect(course('window-closed')).toEqual(['failed']));
  test('is unknown at once, and not tried again, when the answer was lost', () =>
    expect(course('unknown')).toEqual(['unknown']));
  test('waits for a login for ever, and no try is counted', () => {
    expect(course('logged-out', 1_000)).toHaveLength(1_000);
    expect(afterFault(new SendFault('logged-out'), 1, 0)).toEqual({
      state: 'due',
      dueAt: 5 * SECOND,
      code: 'logged-out',
      countsAsTry: false,
    });
  });
  test('waits as long as the channel asks', () => {
    const fault = new SendFault('rate-limited', { retryAfterMs: 3 * MINUTE });
    expect(afterFault(fault, 1, 0)).toMatchObject({ state: 'due', dueAt: 3 * MINUTE, countsAsTry: true });
    expect(channelPause(fault)).toBe(3 * MINUTE);
  });
  test.each([
    [Number.NaN, MINUTE],
    [-5, MINUTE],
    [0, MINUTE],
    [Number.POSITIVE_INFINITY, HOUR],
    [1e300, HOUR],
  ])('is not fooled by a wish of %d ms', (retryAfterMs, ms) =>
    expect(afterFault(new SendFault('rate-limited', { retryAfterMs }), 1, 0)).toMatchObject({ dueAt: ms }),
  );
});

describe('what a channel throws', () => {
  test('keeps its code when it is a SendFault', () => expect(faultFrom(new SendFault('refused')).code).toBe('refused'));
  test.each([
    ['an error', new TypeError('x')],
    ['nothing', undefined],
    ['an invented code', new SendFault('constructor' as SendCode)],
    ['a look-alike', { code: 'refused' }],
  ])('counts as unknown when it is %s', (_what, thrown) => expect(faultFrom(thrown).code).toBe('unknown'));
});

describe('the whole channel', () => {
  test.each([
    ['refused', 0],
    ['window-closed', 0],
    ['unknown', 0],
    ['rate-limited', MINUTE],
    ['logged-out', 5 * SECOND],
    ['unreachable', SECOND],
  ] as const)('rests after %s for %d ms', (code, ms) => expect(channelPause(new SendFault(code))).toBe(ms));
});
