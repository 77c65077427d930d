import { readingOf, withoutTone } from './readings.ts';

/** A syllable as it is read, with its tone (`zhang4`), and the number that stands for it without its tone. */
export interface Sound {
  readonly syllable: string;
  readonly plain: number;
}

/** What is not numbered any more when a flood of letters has made up too many syllables; no word has it. */
const UNKNOWN = 0xffff;
/** Mandarin has about 410 syllables without tones; the rest are runs of letters. */
const MOST_NUMBERED = 8_000;

const numbers = new Map<string, number>();
const sounds = new Map<string, Sound>();
const byCharacter = new Map<string, Sound | undefined>();

/** The sound of a Chinese character, undefined for anything else. */
export function soundOf(char: string): Sound | undefined {
  const known = byCharacter.get(char);
  if (known || byCharacter.has(char)) return known;
  const reading = readingOf(char);
  const sound = reading === undefined ? undefined : soundOfSyllable(reading);
  if (byCharacter.size < MOST_NUMBERED * 2) byCharacter.set(char, sound);
  return sound;
}

/** The sound of a syllable with or without its tone, or of a run of letters. */
export function soundOfSyllable(syllable: string): Sound {
  const known = sounds.get(syllable);
  if (known) return known;
  const sound = { syllable, plain: numberOf(withoutTone(syllable)) };
  if (sounds.size < MOST_NUMBERED) sounds.set(syllable, sound);
  return sound;
}

function numberOf(plain: string): number {
  const known = numbers.get(plain);
  if (known !== undefined) return known;
  if (numbers.size >= MOST_NUMBERED) return UNKNOWN;
  const next = numbers.size;
  numbers.set(plain, next);
  return next;
}
