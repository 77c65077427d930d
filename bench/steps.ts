import { createCompose } from '../src/compose/index.ts';
import { createMind } from '../src/conversation/index.ts';
import { decide } from '../src/decide/index.ts';
import type { KnowledgeBase } from '../src/domain/index.ts';
import { createNormalise, foldWord } from '../src/normalise/index.ts';
import { createRecognise, wordsOfPhrases } from '../src/recognise/index.ts';
import { compilePhrases } from '../src/recognise/phrases.ts';
import { type Summary, timeInTurns, type Work } from './timing.ts';

/** The way of a message through one knowledge base, whole and taken apart. */
export interface Way {
  /** What the matcher was compiled from; phrases are counted with their variants. */
  readonly size: { readonly phrases: number; readonly words: number };
  readonly works: readonly Work[];
}

/** One step as it was timed: one summary for each way, in the order in which they were given. */
export interface TimedStep {
  readonly name: string;
  readonly summaries: readonly Summary[];
}

/** Times the whole and each step of each way over the same texts, all of them in turns. */
export function timeSteps(ways: readonly Way[], texts: readonly string[], rounds: number): readonly TimedStep[] {
  const works = ways.flatMap((way, index) => way.works.map((work) => ({ index, work })));
  const timed = timeInTurns(
    works.map(({ work }) => work),
    texts,
    rounds,
  );
  const byWay = ways.map(
    (_, index) => new Map(timed.flatMap((steps, i) => (works[i]?.index === index ? [...steps] : []))),
  );
  const names = [...(byWay[0]?.keys() ?? [])];
  return names.map((name) => ({ name, summaries: byWay.flatMap((steps) => steps.get(name) ?? []) }));
}

/**
 * `understand` is the mind as the program uses it. The parts are built a second time, as a mind does not show its own,
 * and follow one another for each message as they do in a mind: a step that is repeated by itself keeps the processor's
 * caches for itself and looks a third cheaper. Hence the steps add up to about the whole; matching, which is the greatest
 * part of recognising, is measured once more by itself.
 */
export function createWay(base: KnowledgeBase, county: string): Way {
  const mind = createMind(base, county);
  const normalise = createNormalise(base, wordsOfPhrases(base));
  const matcher = compilePhrases(base, foldWord);
  const recognise = createRecognise(base, foldWord);
  const { compose } = createCompose(base, county);

  const whole: Work = (text, time) => void time('understand, whole', () => mind.understand(text));
  const steps: Work = (text, time) => {
    const normalised = time('  normalise', () => normalise(text));
    const recognition = time('  recognise', () => recognise(normalised));
    time('  decide + compose', () => {
      const verdict = decide(recognition, { kind: 'text', mentioned: true });
      return compose(verdict, recognition, text, 'private');
    });
  };
  const within: Work = (text, time) => {
    const normalised = normalise(text);
    time('  match, within recognise', () => matcher.match(normalised.text));
  };
  return { size: matcher.size, works: [whole, steps, within] };
}
