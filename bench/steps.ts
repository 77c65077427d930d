import { createCompose } from '../src/compose/index.ts';
import { createMind } from '../src/conversation/index.ts';
import { decide } from '../src/decide/index.ts';
import type { KnowledgeBase } from '../src/domain/index.ts';
import { createNormalise, foldWord } from '../src/normalise/index.ts';
import { createRecognise, wordsOfPhrases } from '../src/recognise/index.ts';
import { compilePhrases } from '../src/recognise/phrases.ts';
import { type Summary, timeInTurns, type Work, work } from './timing.ts';

/** The way of a message through one knowledge base, whole and taken apart. */
export interface Way {
  /** What the matcher was compiled from; phrases are counted with their variants. */
  readonly size: { readonly phrases: number; readonly words: number };
  /** The steps over these texts: the whole first, then each by itself. */
  worksOn(texts: readonly string[]): readonly Work[];
}

/** One step as it was timed: one summary for each way, in the order in which they were given. */
export interface TimedStep {
  readonly name: string;
  readonly summaries: readonly Summary[];
}

/** Times each step of each way over the same texts, all of them in turns. */
export function timeSteps(ways: readonly Way[], texts: readonly string[], rounds: number): readonly TimedStep[] {
  const works = ways.map((way) => way.worksOn(texts));
  const summaries = timeInTurns(works.flat(), rounds);
  const steps = works[0] ?? [];
  return steps.map(({ name }, i) => ({
    name,
    summaries: works.flatMap((_, way) => summaries[way * steps.length + i] ?? []),
  }));
}

/**
 * `understand` is the mind as the program uses it; the parts are built a second time, as a mind does not show its own.
 * Matching is the greatest part of `recognise` and counted in both; the other steps add up to about the whole.
 */
export function createWay(base: KnowledgeBase, county: string): Way {
  const mind = createMind(base, county);
  const normalise = createNormalise(base, wordsOfPhrases(base));
  const matcher = compilePhrases(base, foldWord);
  const recognise = createRecognise(base, foldWord);
  const { compose } = createCompose(base, county);
  return {
    size: matcher.size,
    worksOn(texts) {
      // A step gets what the step before it made, prepared outside the measured time.
      const normalised = texts.map(normalise);
      const recognised = normalised.map((text) => ({ text: text.original, recognition: recognise(text) }));
      return [
        work('understand, whole', texts, (text) => mind.understand(text)),
        work('normalise', texts, normalise),
        work('match', normalised, ({ text }) => matcher.match(text)),
        work('recognise, match included', normalised, recognise),
        work('decide + compose', recognised, ({ text, recognition }) => {
          const verdict = decide(recognition, { kind: 'text', mentioned: true });
          return compose(verdict, recognition, text);
        }),
      ];
    },
  };
}
