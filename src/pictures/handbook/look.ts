import { PALETTE } from '../palette.ts';

/** A5 upright, in points (1/72 inch): it goes into a pocket, and two pages side by side fill a sheet of A4. */
export const PAGE = { width: 419.53, height: 595.28 } as const;

export const LEFT = 38;
export const TOP = 32;
/** Width of the text. */
export const COLUMN = PAGE.width - 2 * LEFT;
/** Height of the text; below it stands the foot of the page. */
export const DEPTH = PAGE.height - TOP - 44;
/** Baseline of the foot of the page. */
export const FOOT = PAGE.height - 24;

const { ink, moss, pine, brick, wheat, paper, white } = PALETTE;

/** Green leads through the book; red stands only where something must be done at once. */
export const COLOURS = {
  ink,
  quiet: moss,
  accent: pine,
  urgent: brick,
  /** Words on the accent that shine. */
  bright: wheat,
  tint: paper,
  white,
  /** For rules and leaders; no words are set in it. */
  hairline: '#c9bb98',
} as const;

/** Every colour of words with every ground that it stands on: each has a contrast of at least 7 : 1. */
export const WORDS_ON_GROUNDS: readonly (readonly [words: string, ground: string])[] = [
  ...[ink, moss, pine, brick].map((words) => [words, white] as const),
  ...[ink, pine].map((words) => [words, paper] as const),
  ...[white, wheat].map((words) => [words, pine] as const),
  [white, brick],
];

/** How words look: weight of the font, size in points, colour, distance of the lines as a multiple of the size. */
export interface Type {
  readonly weight: 400 | 700;
  readonly size: number;
  readonly colour: string;
  readonly leading: number;
}

const LEADING = 1.5;

export function plain(size: number, colour: string = COLOURS.ink): Type {
  return { weight: 400, size, colour, leading: LEADING };
}

export function bold(size: number, colour: string = COLOURS.ink): Type {
  return { weight: 700, size, colour, leading: LEADING };
}
