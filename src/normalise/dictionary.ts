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
const IN_WORDS = /[\p{L}\p{N}]/u;

/**
 * Looks words up where they are asked for. Words hold letters and digits only (but for decimals and addresses, which no
 * stretch of interest ends in), hence only the runs that touch the stretch are taken apart, each once.
 */
export function wordsOf(text: string): Words {
  const runs = new Map<number, readonly Stretch[]>();
  const wordsAt = (start: number, end: number): readonly Stretch[] => {
    const known = runs.get(start);
    if (known) return known;
    segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
    const words: Stretch[] = [];
    for (const { index, segment } of segmenter.segment(text.slice(start, end)))
      if (segment.length >= 2) words.push({ start: start + index, end: start + index + segment.length });
    runs.set(start, words);
    return words;
  };
  const wordsBy = (stretch: Stretch): readonly Stretch[] => {
    const words: Stretch[] = [];
    for (let at = stretch.start; at < stretch.end; ) {
      if (!isInWords(text, at)) {
        at += 1;
        continue;
      }
      let start = at;
      while (start > 0 && isInWords(text, start - 1)) start -= 1;
      let end = at + 1;
      while (end < text.length && isInWords(text, end)) end += 1;
      words.push(...wordsAt(start, end));
      at = end;
    }
    return words;
  };
  return {
    has: (stretch) => wordsBy(stretch).some((word) => word.start === stretch.start && word.end === stretch.end),
    tornBy: (stretch) =>
      wordsBy(stretch).some(
        (word) =>
          (word.start < stretch.start && stretch.start < word.end && word.end < stretch.end) ||
          (stretch.start < word.start && word.start < stretch.end && stretch.end < word.end),
      ),
  };
}

function isInWords(text: string, at: number): boolean {
  return IN_WORDS.test(text[at] ?? '');
}
