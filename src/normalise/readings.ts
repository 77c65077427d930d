import { pinyin } from 'pinyin-pro';

/** How one character is read when nothing is known of its neighbours: `zhang4`; undefined for what is not Chinese. */
export function readingOf(char: string): string | undefined {
  const before = known.get(char);
  if (before !== undefined) return before === '' ? undefined : before;
  const reading = /^\p{Script=Han}$/u.test(char)
    ? (pinyin(char, { type: 'array', toneType: 'num', v: true })[0] ?? '')
    : '';
  const valid = /^[a-z]+\d$/.test(reading) ? reading : '';
  if (known.size < MOST_KNOWN) known.set(char, valid);
  return valid === '' ? undefined : valid;
}

const known = new Map<string, string>();
const MOST_KNOWN = 20_000;

/** The readings of a word: with its neighbours taken into account (银行 yin2 hang2), and character by character. */
export function readingsOfWord(word: string): readonly (readonly string[])[] {
  const inContext = pinyin(word, { type: 'array', toneType: 'num', v: true });
  const alone = [...word].map((char) => readingOf(char) ?? char);
  return inContext.join(' ') === alone.join(' ') ? [alone] : [inContext, alone];
}

/** All readings of a character without tone, for comparing with letters in brackets. */
export function plainReadings(char: string): readonly string[] {
  return pinyin(char, { multiple: true, type: 'array', toneType: 'none', v: true }).flatMap((one) => [
    one,
    one.replaceAll('v', 'u'),
  ]);
}

export function withoutTone(syllable: string): string {
  return syllable.replace(/\d$/, '');
}
