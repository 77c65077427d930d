import { type Edit, edits } from './trail.ts';

/** Letters that stand in for digits: 2oooo元, l0万, 5OOO块. Only in a run that a unit of money follows or a digit opens. */
const LOOSE_NUMBER = /(?<![a-z0-9])[0-9oil]{2,}(?=元|块|万|千|百|圆)|(?<![a-z0-9])[1-9](?:[oil0-9]{2,}|o)(?![a-z0-9])/g;

export function restoreDigits(text: string): readonly Edit[] {
  return edits(text, LOOSE_NUMBER, ([run]) =>
    /[oil]/.test(run) ? run.replaceAll('o', '0').replace(/[il]/g, '1') : undefined,
  );
}
