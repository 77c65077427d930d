const LONGEST_GRAM = 3;

/**
 * The features of the learned part: every run of one to three characters that a normalised message holds, each once.
 * Digits count as one and the same, web addresses as one character, and what is neither letter nor digit separates.
 */
export function gramsOf(text: string): ReadonlySet<string> {
  const plain = text
    .replace(WEB_ADDRESS, '@')
    .replace(/\d+/g, (digits) => '0'.repeat(Math.min(digits.length, 4)))
    .replace(/[^\p{L}\p{N}@]+/gu, ' ');
  const grams = new Set<string>();
  for (let i = 0; i < plain.length; i += 1) {
    for (let length = 1; length <= LONGEST_GRAM && i + length <= plain.length; length += 1) {
      if (plain[i + length - 1] === ' ') break;
      grams.add(plain.slice(i, i + length));
    }
  }
  return grams;
}

const WEB_ADDRESS =
  /https?:\/\/[^\s,。;!?\u4e00-\u9fff]+|[a-z0-9][a-z0-9-]{0,40}(?:\.[a-z0-9-]{1,40}){1,4}(?:\/[a-z0-9?=&%._/-]*)?/g;
