import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breakInto, breakLines, withoutCommas } from '../../src/pictures/line-breaker.ts';
import { knowledge } from '../knowledge-base.ts';

const wide = (text: string): number => [...text].reduce((sum, sign) => sum + (sign < '\u0100' ? 0.6 : 1), 0);
const texts = knowledge.frauds.flatMap((one) => [...one.what, ...one.seeThrough, ...one.now, one.tip.led, one.name]);

describe('where a line ends', () => {
  test('behind punctuation before anywhere else', () => {
    expect(breakLines('公安不会在电话里办案，更不会叫你转钱。', 14, wide)).toEqual([
      '公安不会在电话里办案，',
      '更不会叫你转钱。',
    ]);
  });

  test('so that the lines are even, not one full and one nearly empty', () => {
    const [first = '', second = ''] = breakLines('银行和金店的人多问你几句其实是在护着你', 16, wide);
    expect(Math.abs(wide(first) - wide(second))).toBeLessThanOrEqual(4);
  });

  test('never inside a figure with what it counts, a word in Latin letters or a short quoted word', () => {
    const text = '他被骗走479万余元，又叫他把APP里的钱转到“安全账户”去，拨打96110和110都不接';
    for (let width = 8; width < 24; width += 1) {
      const lines = breakLines(text, width, wide).join('\n');
      for (const whole of ['479万余元', 'APP', '“安全账户”', '96110', '110']) expect(lines).toContain(whole);
    }
  });

  test('never before a closing sign, behind an opening one, or with a single character left over', () => {
    for (const text of texts)
      for (const width of [8, 11, 14, 18]) {
        const lines = breakLines(text, width, wide);
        for (const line of lines) {
          expect(line).not.toMatch(/^[，。、；：！？”）》]/u);
          expect(line).not.toMatch(/[“（《]$/u);
          if (lines.length > 1) expect([...line.replace(/[^\p{L}\p{N}]/gu, '')].length).toBeGreaterThan(1);
        }
      }
  });

  test('before the width is full, whatever the text, and no sign is lost', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.constantFrom(...texts),
          fc.string({ maxLength: 60 }),
          fc.string({ unit: 'grapheme', maxLength: 60 }),
        ),
        fc.integer({ min: 4, max: 30 }),
        (text, width) => {
          const lines = breakLines(text, width, wide);
          for (const line of lines) expect(wide(line)).toBeLessThanOrEqual(width);
          expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        },
      ),
      { numRuns: 300 },
    );
  });
});

test('a run of a thousand Latin letters is cut in a moment', () => {
  const began = performance.now();
  expect(breakLines('a'.repeat(1_000), 14, wide).every((line) => wide(line) <= 14)).toBe(true);
  expect(performance.now() - began).toBeLessThan(2_000);
});

describe('large type', () => {
  test('is set in sense units, and a comma at a line end is left out', () => {
    const broken = breakInto('银行卡电话卡，不租不借不卖，帮人过账违法', 3, wide);
    expect(withoutCommas(broken?.lines ?? [])).toEqual(['银行卡电话卡', '不租不借不卖', '帮人过账违法']);
  });

  test('tells how much its worst line end hurts', () => {
    const [good, bad] = ['领导微信要钱，先打老号码问清楚！', '征信不能花钱修复的'].map((text) =>
      breakInto(text, 2, wide),
    );
    expect(good?.pain).toBeLessThan(5);
    expect(bad?.pain).toBeGreaterThan(5);
  });

  test('does not make more lines than it has units', () => {
    expect(breakInto('骗局', 3, wide)).toBeUndefined();
  });
});
