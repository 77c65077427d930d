import { type Edit, edits } from './trail.ts';

/** What is put between the characters of a word so that no filter finds it: 安.全.账.户, 转💰账, 安 全 账 户. */
const BETWEEN_HAN =
  /(?<=\p{Script=Han})[\s·•・.*_~|\\^`=#&@﹒°¤\-/∕⁄\p{Extended_Pictographic}\p{So}\p{Sk}]{1,4}(?=\p{Script=Han})/gu;
const BLANK_BESIDE_LATIN = /(?<=\p{Script=Han})[ \t]+(?=[a-z0-9])|(?<=[a-z0-9])[ \t]+(?=\p{Script=Han})/gu;

/** A line break ends a sentence, unless every character stands on a line of its own. */
const KEEPS_LINES = /\n/;

export function removeFillers(text: string): readonly Edit[] {
  const lineless = columnText(text);
  const between = edits(text, BETWEEN_HAN, ([filler]) => (KEEPS_LINES.test(filler) && !lineless ? undefined : ''));
  const beside = edits(text, BLANK_BESIDE_LATIN, () => '');
  return [...between, ...beside].sort((a, b) => a.start - b.start);
}

/** True for text written downwards, one or two characters a line. */
function columnText(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length >= 4 && lines.every((line) => line.trim().length <= 2);
}
