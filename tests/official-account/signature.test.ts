import { describe, expect, test } from 'vitest';
import { createReplayMemory } from '../../src/channels/official-account/replays.ts';
import { isFresh, isSignature, sign } from '../../src/channels/official-account/signature.ts';
import { MINUTE, SECOND } from '../../src/lib/clock.ts';

const SIGNATURE = '899cf89e464efb63f54ddac96b0a0a235f53aa78';
const PARTS = ['AAAAA', '1714037059', '486452656'];

describe('a signature', () => {
  test('is the one that WeChat gives in its documents, in any order of the parts', () => {
    expect(sign(...PARTS)).toBe(SIGNATURE);
    expect(isSignature(SIGNATURE, ...PARTS.toReversed())).toBe(true);
  });
  test.each([
    ['one digit off', `${SIGNATURE.slice(0, -1)}9`],
    ['capitals', SIGNATURE.toUpperCase()],
    ['shorter', SIGNATURE.slice(1)],
    ['longer', `${SIGNATURE}0`],
    ['empty', ''],
    ['forty characters that take more bytes', '签'.repeat(40)],
  ])('is refused: %s', (_name, claimed) => {
    expect(isSignature(claimed, ...PARTS)).toBe(false);
  });
});

describe('the timestamp', () => {
  const now = 1_714_037_059 * SECOND;
  test('may be five minutes off, before or after', () => {
    const seconds = (shift: number): string => String((now + shift) / SECOND);
    expect([0, 5 * MINUTE, -5 * MINUTE].map((shift) => isFresh(seconds(shift), now))).toEqual([true, true, true]);
    expect([5 * MINUTE + SECOND, -5 * MINUTE - SECOND].map((shift) => isFresh(seconds(shift), now))).toEqual([
      false,
      false,
    ]);
  });
  test.each(['', 'now', '1e9', '-1714037059', ' 1714037059', '17140370590000000'])('is refused as %j', (text) => {
    expect(isFresh(text, now)).toBe(false);
  });
});

describe('the memory of signatures', () => {
  test('lets a repeated request pass and refuses its signature on another body', () => {
    const memory = createReplayMemory(() => 0);
    expect(memory.admits('n', 's', 'body')).toBe(true);
    expect(memory.admits('n', 's', 'body')).toBe(true);
    expect(memory.admits('n', 's', 'other')).toBe(false);
    expect(memory.admits('n', 's', 'body')).toBe(true);
    expect(memory.admits('n2', 's', 'other')).toBe(true);
  });
  test('keeps ten minutes, when the timestamp has long been too old', () => {
    let now = 0;
    const memory = createReplayMemory(() => now);
    memory.admits('n', 's', 'body');
    now = 10 * MINUTE - 1;
    expect(memory.admits('n', 's', 'other')).toBe(false);
    now = 10 * MINUTE;
    expect(memory.admits('n', 's', 'other')).toBe(true);
  });
  test('is bounded: the oldest go, the newest stay', () => {
    const memory = createReplayMemory(() => 0, 3);
    for (const nonce of ['1', '2', '3', '4']) memory.admits(nonce, 's', 'body');
    expect(memory.admits('4', 's', 'other')).toBe(false);
    expect(memory.admits('1', 's', 'other')).toBe(true);
  });
});
