import type { Evidence } from '../domain/index.ts';
import type { Findings } from './findings.ts';
import type { LearnedOpinion } from './learned.ts';
import { learnedPoints } from './weigh.ts';
import { CLASS_POINTS, SIGN_POINTS, STRENGTH, TYPE_SHARE } from './weights.ts';

/** Signs and signals, each once with the shortest words that show it, heaviest first. */
export function evidenceOf(findings: Findings, opinion: LearnedOpinion | undefined): readonly Evidence[] {
  const signs = findings.signs.map(({ owner, quote, start }): Evidence => {
    return {
      sign: owner.sign,
      kind: owner.weight,
      entry: owner.entry,
      quote,
      at: start,
      points: round(SIGN_POINTS[owner.weight].weight * owner.worth * TYPE_SHARE),
    };
  });
  const signals = findings.signals.map(({ owner, quote, start }): Evidence => {
    return {
      sign: owner.sign ?? owner.id,
      kind: owner.class,
      quote,
      at: start,
      points: round(CLASS_POINTS[owner.class].weight * STRENGTH[owner.strength]),
    };
  });
  const learned: Evidence[] = opinion
    ? [
        {
          sign: 'learned',
          kind: 'learned',
          quote: opinion.strongest.join(' '),
          at: 0,
          points: round(learnedPoints(opinion)),
        },
      ]
    : [];
  const once = new Map<string, Evidence>();
  for (const one of [...signs, ...signals, ...learned]) {
    const key = `${one.entry ?? ''}\0${one.sign}`;
    const before = once.get(key);
    if (!before || one.quote.length < before.quote.length) once.set(key, one);
  }
  return [...once.values()].sort((a, b) => b.points - a.points);
}

function round(points: number): number {
  return Math.round(points * 100) / 100;
}
