import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PAIRS, PALETTE } from '../../src/pictures/palette.ts';

/** WCAG 2: relative luminance of sRGB. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe('colours', () => {
  test('black on white is 21, so the measure is right', () => {
    expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21);
  });

  test.each(PAIRS)('%s can be read on %s by weak eyes: at least 7', (text, ground) => {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(7);
  });

  test('come only from the palette', () => {
    const folder = new URL('../../src/pictures/', import.meta.url);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'palette.ts'))
      expect(readFileSync(new URL(file, folder), 'utf8'), file).not.toMatch(/#[0-9a-f]{6}\b|rgba?\(/i);
    expect(new Set(Object.values(PALETTE)).size).toBe(Object.keys(PALETTE).length);
  });
});
