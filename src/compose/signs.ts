import type { Evidence, Recognition } from '../domain/index.ts';

const MOST_SIGNS = 3;
/** Of the fraud's own signs at most these, while a general one (haste, secrecy, a demand) waits to be named. */
const MOST_OWN_SIGNS = 2;

/** Two signs with this share of their words in common were read from the same words. */
const SAME_WORDS = 0.6;

/** Kinds that can be named to a resident; what speaks against fraud is never held up to him. */
const NAMED_KINDS: ReadonlySet<string> = new Set(['strong', 'story', 'ask', 'demand', 'pressure', 'lure', 'pretext']);

/** How much a kind tells a resident: what proves this fraud first, then how he is pressed, then what is demanded in general. */
const TELLING: Readonly<Record<string, number>> = {
  strong: 5,
  pressure: 4,
  ask: 3.5,
  demand: 3,
  story: 2.5,
  lure: 2,
  pretext: 1,
};

/**
 * The signs to name: of the leading fraud and of general signals, the most telling three, in the order in which they
 * stand in the message. Two signs that were read from the same words say the same twice.
 */
export function signsToName(recognition: Recognition, entry: string | undefined): readonly string[] {
  const telling = recognition.evidence
    .filter(
      (one) =>
        NAMED_KINDS.has(one.kind) &&
        /\p{Script=Han}/u.test(one.sign) &&
        (one.entry === undefined || one.entry === entry),
    )
    .sort((a, b) => (TELLING[b.kind] ?? 0) - (TELLING[a.kind] ?? 0) || b.points - a.points);
  const chosen: Evidence[] = [];
  const choose = (candidates: readonly Evidence[], most: number): void => {
    for (const one of candidates) {
      if (chosen.length >= most) return;
      if (!chosen.some((other) => sameThing(one, other))) chosen.push(one);
    }
  };
  choose(
    telling.filter((one) => one.entry !== undefined),
    MOST_OWN_SIGNS,
  );
  choose(
    telling.filter((one) => one.entry === undefined),
    MOST_SIGNS,
  );
  choose(telling, MOST_SIGNS);
  return chosen.sort((a, b) => a.at - b.at).map((one) => one.sign);
}

function sameThing(one: Evidence, other: Evidence): boolean {
  if (one.sign === other.sign) return true;
  const shared = Math.min(one.at + one.quote.length, other.at + other.quote.length) - Math.max(one.at, other.at);
  return shared >= SAME_WORDS * Math.max(one.quote.length, other.quote.length);
}
