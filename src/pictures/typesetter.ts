import { box, type Piece, type Style, textLine } from './box.ts';
import { type FontWeight, metricsOf } from './font.ts';
import { breakInto, breakLines, innerCommas, withoutCommas } from './line-breaker.ts';

/** How a text is set. Sizes and widths in pixels. */
export interface Setting {
  readonly size: number;
  readonly weight: FontWeight;
  readonly colour: string;
  readonly width: number;
  /** Line height as a share of the size. */
  readonly leading?: number;
}

/** The space that large type may fill. */
export interface Space {
  readonly width: number;
  readonly height: number;
  readonly mostLines: number;
  readonly mostSize: number;
  readonly leading: number;
}

export interface Display {
  readonly size: number;
  readonly lines: readonly string[];
}

/** Sets text by the widths of the font, so that what it returns fits. */
export interface Typesetter {
  /** Width as a share of the type size. */
  measure(text: string, weight: FontWeight): number;
  /** As many lines as it takes. */
  paragraph(text: string, setting: Setting): Piece;
  /** Large type: line ends and size that fill the space best. */
  display(text: string, weight: FontWeight, space: Space): Display;
}

/** Kerning, and rounding to whole pixels, may add so much to a line. */
const SLACK = 1.01;
const BODY_LEADING = 1.45;
/** An opening sign at the beginning of a line hangs half out, since its left half is empty. */
const HANGING = /^[“‘「『（《【]/;
const HANGS_BY = 0.45;
/** What a line end that hurts more than so much takes from the worth of the size. */
const WORTH: readonly (readonly [pain: number, worth: number])[] = [
  [4, 1],
  [24, 0.85],
  [30, 0.75],
  [Number.POSITIVE_INFINITY, 0.5],
];
const TORN_CLAUSE = 0.7;

export async function createTypesetter(): Promise<Typesetter> {
  const [regular, bold, black] = await Promise.all(([400, 700, 900] as const).map(metricsOf));
  const advances = { 400: regular?.advances, 700: bold?.advances, 900: black?.advances };
  const measure = (text: string, weight: FontWeight): number => {
    let width = 0;
    for (const sign of text) width += advances[weight]?.get(sign.codePointAt(0) ?? 0) ?? 1;
    return width;
  };
  const paragraph = (text: string, setting: Setting): Piece =>
    setLines(
      breakLines(text, setting.width / setting.size / SLACK, (part) => measure(part, setting.weight)),
      setting,
    );
  const display = (text: string, weight: FontWeight, space: Space): Display => {
    const { width, height, mostLines, mostSize, leading } = space;
    let best: (Display & { readonly worth: number }) | undefined;
    for (let count = 1; count <= mostLines; count += 1) {
      const broken = breakInto(text, count, (part) => measure(part, weight));
      if (!broken) break;
      const lines = withoutCommas(broken.lines);
      const widest = Math.max(...lines.map((line) => measure(line, weight))) * SLACK;
      const size = Math.floor(Math.min(mostSize, width / widest, height / (count * leading)));
      const torn = broken.pain > 4 && lines.some((line) => innerCommas(line) > 0) ? TORN_CLAUSE : 1;
      const worth = size * torn * (WORTH.find(([pain]) => broken.pain <= pain)?.[1] ?? 0);
      if (!best || worth > best.worth) best = { size, lines, worth };
    }
    return best ?? { size: mostSize, lines: [] };
  };
  return { measure, paragraph, display };
}

/** Between two signs that turn their empty halves to each other, the halves are taken out. */
const EMPTY_HALVES = /(?<=[，。、；：！？”’」』）】》])(?=[，。、；：”’」』）】》“‘「『（【《])/u;
const HALF_EM = 0.5;
/** Large type is moved into its margin by the space that its glyphs carry at their left. */
const LARGE = 100;
const BEARING = 0.035;

/** Lines one below the other. */
export function setLines(lines: readonly string[], { size, weight, colour, leading = BODY_LEADING }: Setting): Piece {
  const high = Math.round(size * leading);
  const style: Style = { fontSize: size, fontWeight: weight, color: colour, height: high, lineHeight: `${high}px` };
  const nodes = lines.map((line) => {
    const hangs = HANGING.test(line) ? HANGS_BY : size >= LARGE ? BEARING : 0;
    const at = hangs === 0 ? style : { ...style, marginLeft: -Math.round(size * hangs) };
    const [first = '', ...rest] = line.split(EMPTY_HALVES);
    if (rest.length === 0) return textLine(line, at);
    const closer = { ...style, marginLeft: -Math.round(size * HALF_EM) };
    return box({ flexDirection: 'row' }, textLine(first, at), ...rest.map((part) => textLine(part, closer)));
  });
  return { node: box({ alignItems: 'flex-start' }, ...nodes), height: high * lines.length };
}

/** The largest of the steps at which what is built is not higher than the space; the smallest when none is. */
export function fitted<Step, Built extends { readonly height: number }>(
  steps: readonly Step[],
  height: number,
  build: (step: Step) => Built,
): { readonly built: Built; readonly fits: boolean } {
  let built: Built | undefined;
  for (const step of steps) {
    built = build(step);
    if (built.height <= height) return { built, fits: true };
  }
  if (!built) throw new Error('there is no step to build at');
  return { built, fits: false };
}
