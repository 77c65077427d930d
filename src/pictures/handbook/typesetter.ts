import { type FontMetrics, metricsOf } from '../font.ts';
import { breakLines } from '../line-breaker.ts';
import type { Type } from './look.ts';

/** A part of a line and where it begins, from the left edge of the line. */
export interface Run {
  readonly text: string;
  readonly at: number;
}

/** A line that is set; `width` in points. */
export interface Line {
  readonly runs: readonly Run[];
  readonly width: number;
}

/** Knows how wide words are before they are printed. All lengths in points. */
export interface Typesetter {
  line(text: string, type: Type): Line;
  lines(text: string, type: Type, width: number): readonly Line[];
}

/** Their left or right half is blank: it is taken away beside another mark and at the edges of the column. */
const BLANK_BEHIND = new Set('，。、；：）》〉」』】〕”’');
const BLANK_BEFORE = new Set('（《〈「『【〔“‘');
const HALF = 0.5;

export async function createTypesetter(): Promise<Typesetter> {
  const metrics = { 400: await metricsOf(400), 700: await metricsOf(700) };
  const line = (text: string, type: Type): Line => setLine(text, type.size, metrics[type.weight]);
  return {
    line,
    lines(text, type, width) {
      const measure = (part: string): number => widthOf(part, metrics[type.weight]);
      const room = width / type.size;
      const parts = text !== '' && measure(text) <= room ? [text] : breakLines(text, room, measure);
      return parts.map((part) => line(part, type));
    },
  };
}

function setLine(text: string, size: number, { advances }: FontMetrics): Line {
  const runs: { text: string; at: number }[] = [];
  let x = 0;
  let before = '';
  for (const sign of text) {
    const pull = pullOf(before, sign);
    const run = runs.at(-1);
    if (run && pull === 0) run.text += sign;
    else runs.push({ text: sign, at: (x - pull) * size });
    x += (advances.get(sign.codePointAt(0) ?? 0) ?? 1) - pull;
    before = sign;
  }
  return { runs, width: (x - pullOf(before, '')) * size };
}

/** In shares of the type size. The same as the width of the line when it is set, and faster: most lines are only tried. */
function widthOf(text: string, { advances }: FontMetrics): number {
  let x = 0;
  let before = '';
  for (const sign of text) {
    x += (advances.get(sign.codePointAt(0) ?? 0) ?? 1) - pullOf(before, sign);
    before = sign;
  }
  return x - pullOf(before, '');
}

/** How far a sign moves towards the one before it; an empty one is the edge of the column. */
function pullOf(before: string, sign: string): number {
  if (BLANK_BEHIND.has(before)) return sign === '' || BLANK_BEHIND.has(sign) || BLANK_BEFORE.has(sign) ? HALF : 0;
  if (BLANK_BEFORE.has(sign)) return before === '' || BLANK_BEFORE.has(before) ? HALF : 0;
  return 0;
}
