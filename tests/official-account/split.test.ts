import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PART_LIMITS, splitText } from '../../src/channels/official-account/split.ts';

const bare = (text: string): string => text.replace(/\s+/g, '');
const small = { characters: 12, bytes: 60 };

describe('a long text', () => {
  test('is cut behind sentences', () => {
    const sentence = `${'先挂断电话，再自己拨打一一〇'.repeat(5)}。`;
    const parts = splitText(sentence.repeat(30));
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.every((part) => part.endsWith('。'))).toBe(true);
  });
  test('keeps closing marks with their sentence', () => {
    expect(splitText('他说：“快转钱！”我没有听他的。', small)).toEqual(['他说：“快转钱！”', '我没有听他的。']);
  });
  test('is cut at lines, and loses only the blanks there', () => {
    expect(splitText('一二三四五六\n七八九十一二三', small)).toEqual(['一二三四五六', '七八九十一二三']);
  });
  test('is cut at a pause where no sentence ends, and between characters where nothing pauses', () => {
    expect(splitText('一二三四，五六七八九十一二三四', small)).toEqual(['一二三四，', '五六七八九十一二三四']);
    expect(splitText('一二三四五六七八九十一二三', small)).toEqual(['一二三四五六七八九十一二', '三']);
  });
  test('does not cut an address at its question mark', () => {
    expect(splitText('好。http://a.cn/b?c=d', { characters: 18, bytes: 99 })).toEqual(['好。', 'http://a.cn/b?c=d']);
  });
  test('does not tear apart what readers see as one character', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(splitText(family.repeat(3), small)).toEqual([family, family, family]);
  });
  test('of blanks only has no parts', () => {
    expect([splitText(''), splitText(' \n ')]).toEqual([[], []]);
  });
});

describe('any text', () => {
  const text = fc.array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('。', '\n', '，', '…', '”', '骗子', '😀', 'e\u0301', ' ')),
    { maxLength: 60 },
  );
  test('comes through whole, in parts that fit', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 40 }), (pieces, characters) => {
        const whole = pieces.join('');
        const parts = splitText(whole, { characters, bytes: 4 * characters });
        expect(bare(parts.join(''))).toBe(bare(whole));
        for (const part of parts) {
          expect([...part].length).toBeLessThanOrEqual(characters);
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(4 * characters);
          expect(part.trim()).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
  });
  test('fits WeChat’s limit in bytes even where characters are long', () => {
    const parts = splitText('😀'.repeat(1_500));
    expect(parts.map((part) => Buffer.byteLength(part)).every((size) => size <= PART_LIMITS.bytes)).toBe(true);
    expect(parts.join('')).toBe('😀'.repeat(1_500));
  });
});
