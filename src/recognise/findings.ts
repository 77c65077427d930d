import { type NormalisedText, quote, type SignalClass } from '../domain/index.ts';
import type { Hit } from './matcher.ts';
import type { Owner } from './phrases.ts';
import type { Span } from './scanners.ts';

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
  const found = byKind(hits);
  const negated = found.intent.filter((one) => one.owner.name === NEGATED);
  const meant = (one: Span): boolean =>
    !negated.some((no) => no.start > one.start - 2 && no.end >= one.end - 1 && overlap(no, one));
  const quoted = <One>({ owner, start, end }: Span & { readonly owner: One }) => ({
    owner,
    start,
    end,
    quote: quote(text, start, end),
  });
  return {
    signs: found.sign.filter((one) => one.owner.weight !== 'ask' || meant(one)).map(quoted),
    signals: found.signal.filter((one) => one.owner.class !== 'demand' || meant(one)).map(quoted),
    situations: each(
      found.situation.filter((one) => !found['not-first-aid'].some((other) => overlap(one, other))),
      (one) => one.id,
    ),
    forFamily: found['for-family'].length > 0,
    questions: each(longestFirst(found.question), (one) => one.id),
    intents: each(found.intent, (one) => one.name),
    named: each(longestFirst(found.named), (one) => one.entry),
  };
}

type Kinds = { readonly [Kind in Owner['kind']]: (Span & { readonly owner: Extract<Owner, { kind: Kind }> })[] };

function byKind(hits: readonly Hit<Owner>[]): Kinds {
  const kinds: Kinds = {
    sign: [],
    signal: [],
    situation: [],
    'not-first-aid': [],
    'for-family': [],
    question: [],
    intent: [],
    named: [],
  };
  for (const hit of hits) (kinds[hit.owner.kind] as Hit<Owner>[]).push(hit);
  return kinds;
}

function each<One extends { readonly owner: Owner }>(
  found: readonly One[],
  name: (owner: One['owner']) => string,
): readonly string[] {
  return [...new Set(found.map((one) => name(one.owner)))];
}

function longestFirst<One extends Span>(found: readonly One[]): readonly One[] {
  return [...found].sort((a, b) => b.end - b.start - (a.end - a.start));
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Signals by class, each counted once however many of its phrases were met. */
export function signalsByClass(findings: Findings): ReadonlyMap<SignalClass, readonly Found<'signal'>[]> {
  const byClass = new Map<SignalClass, Found<'signal'>[]>();
  const counted = new Set<string>();
  for (const found of findings.signals) {
    if (counted.has(found.owner.id)) continue;
    counted.add(found.owner.id);
    const list = byClass.get(found.owner.class);
    if (list) list.push(found);
    else byClass.set(found.owner.class, [found]);
  }
  return byClass;
}
