import type { Evidence, Recognition } from '../domain/index.ts';

const MOST_SIGNS = 3;

/** Kinds that can be named to a resident; what speaks against fraud is never held up to him. */
const NAMED_KINDS: ReadonlySet<string> = new Set([
  'strong',
  'story',
  'ask',
  'demand',
  'pressure',
  'lure',
  'pretext',
  'report',
]);

/** How much a kind tells a resident: what proves this fraud first, then how he is pressed, then what is demanded in general. */
const TELLING: Readonly<Record<string, number>> = {
  strong: 5,
  pressure: 4,
  ask: 3.5,
  demand: 3,
  story: 2.5,
  lure: 2,
  pretext: 1,
  report: 0.5,
};

/**
 * The signs to name: of the leading fraud and of general signals, the most telling three, in the order in which they
 * stand in the message. A general demand that stands where one of the fraud's own signs stands says the same again.
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
  for (const one of telling) {
    if (chosen.length === MOST_SIGNS) break;
    if (!chosen.some((other) => sameThing(one, other))) chosen.push(one);
  }
  return chosen.sort((a, b) => a.at - b.at).map((one) => one.sign);
}

function sameThing(one: Evidence, other: Evidence): boolean {
  if (one.sign === other.sign) return true;
  if (one.entry !== undefined && other.entry !== undefined) return false;
  return one.quote.includes(other.quote) || other.quote.includes(one.quote);
}
