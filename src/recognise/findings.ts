import { type NormalisedText, quote, type SignalClass } from '../domain/index.ts';
import type { Hit } from './matcher.ts';
import type { Owner } from './phrases.ts';

/** Hits of one message, sorted by what they speak for. */
export interface Findings {
  readonly signs: readonly Found<'sign'>[];
  readonly signals: readonly Found<'signal'>[];
  /** Situations told of, without those whose words are part of something harmless (房租转给房东了). */
  readonly situations: readonly string[];
  readonly forFamily: boolean;
  /** Question ids with the length of the longest phrase that named them, longest first. */
  readonly questions: readonly string[];
  readonly intents: readonly string[];
  readonly named: readonly string[];
}

export interface Found<Kind extends Owner['kind']> {
  readonly owner: Extract<Owner, { kind: Kind }>;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

/** The intent whose phrases say 别转、不要点: a demand that ends inside such words is none. */
const NEGATED = 'negated';

export function sortHits(hits: readonly Hit<Owner>[], text: NormalisedText): Findings {
  const of = <Kind extends Owner['kind']>(kind: Kind): Found<Kind>[] =>
    hits.flatMap(({ owner, start, end }) =>
      owner.kind === kind
        ? [{ owner: owner as Extract<Owner, { kind: Kind }>, quote: quote(text, start, end), start, end }]
        : [],
    );
  const harmless = of('not-first-aid');
  const negated = of('intent').filter((one) => one.owner.name === NEGATED);
  const meant = (one: { start: number; end: number }): boolean =>
    !negated.some((no) => no.start > one.start - 2 && no.end >= one.end - 1 && overlap(no, one));
  const longestFirst = <T extends { start: number; end: number }>(found: readonly T[]): readonly T[] =>
    [...found].sort((a, b) => b.end - b.start - (a.end - a.start));
  return {
    signs: of('sign').filter((one) => one.owner.weight !== 'ask' || meant(one)),
    signals: of('signal').filter((one) => one.owner.class !== 'demand' || meant(one)),
    situations: [
      ...new Set(
        of('situation')
          .filter((one) => !harmless.some((other) => overlap(one, other)))
          .map((one) => one.owner.id),
      ),
    ],
    forFamily: hits.some((hit) => hit.owner.kind === 'for-family'),
    questions: [...new Set(longestFirst(of('question')).map((one) => one.owner.id))],
    intents: [...new Set(of('intent').map((one) => one.owner.name))],
    named: [...new Set(longestFirst(of('named')).map((one) => one.owner.entry))],
  };
}

function overlap(one: { start: number; end: number }, other: { start: number; end: number }): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Signals of one class, each counted once however many of its phrases were met, loudest first. */
export function signalsOf(findings: Findings, wanted: SignalClass): readonly Found<'signal'>[] {
  const once = new Map<string, Found<'signal'>>();
  for (const found of findings.signals)
    if (found.owner.class === wanted && !once.has(found.owner.id)) once.set(found.owner.id, found);
  return [...once.values()];
}
