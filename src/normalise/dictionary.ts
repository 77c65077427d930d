/** A stretch of text, end exclusive. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Which words of two and more characters the platform's dictionary sees in a running text. */
export interface Words {
  /** The stretch is one of them. */
  has(stretch: Stretch): boolean;
  /** The stretch begins or ends inside one of them: 本地妹妹 holds no 弟妹. */
  tornBy(stretch: Stretch): boolean;
}

let segmenter: Intl.Segmenter | undefined;

/** Costs a tenth of a millisecond for a message: ask only when there is something to look up. */
export function wordsOf(text: string): Words {
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  const words: Stretch[] = [];
  for (const { index, segment } of segmenter.segment(text)) {
    if (segment.length >= 2) words.push({ start: index, end: index + segment.length });
  }
  return {
    has: ({ start, end }) => words.some((word) => word.start === start && word.end === end),
    tornBy: ({ start, end }) =>
      words.some(
        (word) =>
          (word.start < start && start < word.end && word.end < end) ||
          (start < word.start && word.start < end && end < word.end),
      ),
  };
}
