import type { KnowledgeBase, Situation, Verdict } from '../domain/index.ts';
import type { Place } from './warning.ts';
import { numbered, type Say } from './words.ts';

const MOST_STEPS = 6;

type FirstAidVerdict = Extract<Verdict, { kind: 'first-aid' }>;

/** Numbered steps, 110 first. The most urgent situation leads; steps of a second one follow where they add something. */
export function composeFirstAid(verdict: FirstAidVerdict, base: KnowledgeBase, say: Say, place: Place): string {
  const situations = base.firstAid.situations.filter((one) => verdict.situations.includes(one.id));
  const [first, second] = situations;
  if (!first) return composeFirstAidFor('transferred', base, say, place);
  const headline = say(verdict.forFamily ? 'first-aid-family' : 'first-aid', { 先做: first.first });
  return assemble(headline, stepsOf(first, second), base, say, place);
}

/** The same for a digit that was sent: 回2 已经转了钱. */
export function composeFirstAidFor(situation: string, base: KnowledgeBase, say: Say, place: Place = 'private'): string {
  const one = base.firstAid.situations.find((other) => other.id === situation);
  return assemble(say('first-aid-from-digit'), one ? one.steps : [], base, say, place);
}

function stepsOf(first: Situation, second: Situation | undefined): readonly string[] {
  const more = second
    ? second.steps.filter((step) => !first.steps.includes(step)).slice(0, MOST_STEPS - first.steps.length)
    : [];
  return [...first.steps, ...more];
}

function assemble(headline: string, steps: readonly string[], base: KnowledgeBase, say: Say, place: Place): string {
  return [
    headline,
    numbered(steps.slice(0, MOST_STEPS)),
    base.firstAid.afterwards.slice(0, 2).join(''),
    ...(place === 'private' ? [say('first-aid-digits')] : []),
  ].join('\n');
}
