export const LONGEST_GRAM = 3;

/** Separates runs of letters: no gram reaches across it. */
const GRAM_BREAK = ' ';

/**
 * A normalised message as the learned part reads it: digits count as one and the same, a web address as one character,
 * and what is neither letter nor digit separates.
 */
export function gramText(text: string): string {
  const addressed = text.includes('.') || text.includes('://') ? text.replace(WEB_ADDRESS, '@') : text;
  return addressed
    .replace(/\d+/g, (digits) => '0'.repeat(Math.min(digits.length, 4)))
    .replace(/[^\p{L}\p{N}@]+/gu, GRAM_BREAK);
}

/** The features of the learned part: every run of one to three characters of a normalised message, each once. */
export function gramsOf(text: string): ReadonlySet<string> {
  const plain = gramText(text);
  const grams = new Set<string>();
  for (let i = 0; i < plain.length; i += 1) {
    for (let length = 1; length <= LONGEST_GRAM && i + length <= plain.length; length += 1) {
      if (plain[i + length - 1] === GRAM_BREAK) break;
      grams.add(plain.slice(i, i + length));
    }
  }
  return grams;
}

/**
 * How loud a message is: the square root of its runs, repeated ones counted each time. Sums of weights are divided by
 * it, so that long messages do not shout.
 */
export function loudness(plain: string): number {
  let runs = 0;
  let letters = 0;
  for (const char of plain) {
    letters = char === GRAM_BREAK ? 0 : letters + 1;
    runs += Math.min(letters, LONGEST_GRAM);
  }
  return Math.sqrt(Math.max(1, runs));
}

const WEB_ADDRESS =
  /https?:\/\/[^\s,。;!?\u4e00-\u9fff]+|[a-z0-9][a-z0-9-]{0,40}(?:\.[a-z0-9-]{1,40}){1,4}(?:\/[a-z0-9?=&%._/-]*)?/g;
