import { type SenseUnit, senseUnits } from './sense-units.ts';

/** How wide a text is, in any unit. */
export type Measure = (text: string) => number;

/** A text set in lines. */
export interface Broken {
  readonly lines: readonly string[];
  /** How much the worst line end hurts: 0 behind a sentence, about 4 in an enumeration, 30 and more between words. */
  readonly pain: number;
}

/** A crowded or a short line costs the square of how far it is from the mean, as a share of the width, times this. */
const UNEVEN = 160;
/** What the last line lacks hurts less. */
const LAST = 0.5;
/** A comma in the middle of a line, though there are line ends elsewhere. */
const INNER_COMMA = 12;

/**
 * Breaks a text into as few lines as the width allows, at sense units: behind punctuation first, evenly, never a lonely
 * sign at the beginning of a line, never inside a figure or a short quoted word. Every line fits the width; a word that is
 * wider than a line is cut between signs.
 */
export function breakLines(text: string, width: number, measure: Measure): readonly string[] {
  const units = fitting(senseUnits(text.trim()), width, measure);
  const ends = possibleLines(units, width, measure);
  for (let count = 1; count <= units.length; count += 1) {
    const broken = bestBreak(units, ends, count, width, measure);
    if (broken) return broken.lines;
  }
  return units.map((unit) => unit.text.trim());
}

/** Breaks a text into exactly so many lines, whatever their width, as evenly as the sense allows; undefined: it cannot be. */
export function breakInto(text: string, count: number, measure: Measure): Broken | undefined {
  const units = senseUnits(text.trim());
  const width = Number.POSITIVE_INFINITY;
  return bestBreak(units, possibleLines(units, width, measure), count, width, measure);
}

/** Cuts the units that are wider than a line. */
function fitting(units: readonly SenseUnit[], width: number, measure: Measure): readonly SenseUnit[] {
  return units.flatMap((unit) => {
    if (measure(unit.text.trim()) <= width) return [unit];
    return [...unit.text].map((sign, i, all) => ({ text: sign, pain: i === all.length - 1 ? unit.pain : 200 }));
  });
}

/** A line that fits the width: the unit it begins with, and what does not hang on its place among the lines. */
interface Line {
  readonly from: number;
  readonly wide: number;
  readonly lonely: boolean;
  readonly commas: number;
}

/** By the unit behind the line. A longer line is a wider one, so the first that is too wide ends the search. */
function possibleLines(units: readonly SenseUnit[], width: number, measure: Measure): readonly (readonly Line[])[] {
  return Array.from({ length: units.length + 1 }, (_, to) => {
    const lines: Line[] = [];
    for (let from = to - 1; from >= 0; from -= 1) {
      const text = lineOf(units, from, to);
      const wide = measure(text);
      if (wide > width) break;
      lines.push({ from, wide, lonely: isLonely(text), commas: innerCommas(text) });
    }
    return lines;
  });
}

function lineOf(units: readonly SenseUnit[], from: number, to: number): string {
  return units
    .slice(from, to)
    .map((unit) => unit.text)
    .join('')
    .trim();
}

interface State {
  readonly cost: number;
  readonly from: number;
}

/** Shortest path over the line ends: `best[k][i]` is the cheapest way to set the first i units in k lines. */
function bestBreak(
  units: readonly SenseUnit[],
  ends: readonly (readonly Line[])[],
  count: number,
  width: number,
  measure: Measure,
): Broken | undefined {
  if (units.length < count || units.length === 0) return undefined;
  const mean = measure(lineOf(units, 0, units.length)) / count;
  const scale = Number.isFinite(width) ? width : mean;
  const best: (State | undefined)[][] = [[{ cost: 0, from: 0 }]];
  for (let line = 1; line <= count; line += 1) {
    const row: (State | undefined)[] = [];
    for (let to = line; to <= units.length; to += 1)
      for (const { from, wide, lonely, commas } of ends[to] ?? []) {
        const before = best[line - 1]?.[from];
        if (!before || (count > 1 && lonely)) continue;
        const uneven = ((wide - mean) / scale) ** 2 * UNEVEN * (line === count && wide < mean ? LAST : 1);
        const torn = count > 1 ? commas * INNER_COMMA : 0;
        const cost = before.cost + uneven + torn + (to === units.length ? 0 : (units[to - 1]?.pain ?? 0));
        // Of two that cost the same the longer last line.
        if (cost <= (row[to]?.cost ?? Number.POSITIVE_INFINITY)) row[to] = { cost, from };
      }
    best.push(row);
  }
  const lines: string[] = [];
  let pain = 0;
  for (let line = count, to = units.length; line > 0; line -= 1) {
    const state = best[line]?.[to];
    if (!state) return undefined;
    lines.unshift(lineOf(units, state.from, to));
    if (to < units.length) pain = Math.max(pain, units[to - 1]?.pain ?? 0);
    to = state.from;
  }
  return { lines, pain };
}

/** Commas and full stops that do not end the line. */
export function innerCommas(line: string): number {
  return line.slice(0, -1).split(/[，。；！？]/).length - 1;
}

/** A single character, punctuation not counted. */
function isLonely(text: string): boolean {
  return [...text.replace(/[^\p{L}\p{N}]/gu, '')].length < 2;
}

/** A comma or a full stop that ends a line of large type is left out: the line end already says it. */
export function withoutCommas(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replace(/[，、。；,;]$/, ''));
}
