import type { GramWeights } from '../domain/index.ts';
import type { Lesson } from './lesson.ts';
import { type Example, type LinearModel, trainLogistic } from './logistic.ts';

/** A lesson as the regression reads it: the numbers of its grams in the vocabulary, and what they are divided by. */
export type Numbered = Omit<Lesson, 'text'> & {
  readonly features: Int32Array;
  readonly loudness: number;
};

/** Grams by their numbers, in their order. */
export type Vocabulary = ReadonlyMap<string, number>;

/** Both sides count the same in sum, however many messages each has. */
export function train(
  messages: readonly Numbered[],
  isPositive: (one: Numbered) => boolean,
  cost: number,
  vocabulary: Vocabulary,
  kept: number,
): GramWeights {
  const sum = (list: readonly Numbered[]): number => list.reduce((total, one) => total + one.share, 0);
  const all = sum(messages);
  const positives = sum(messages.filter(isPositive));
  const weightOf = (positive: boolean): number => all / 2 / (positive ? positives : all - positives);
  const examples = messages.map((one): Example => {
    const positive = isPositive(one);
    return { features: one.features, loudness: one.loudness, positive, weight: one.share * weightOf(positive) };
  });
  return prune(trainLogistic(examples, vocabulary.size, cost), vocabulary, kept);
}

const LARGEST = 127;

function prune({ bias, weights }: LinearModel, vocabulary: Vocabulary, kept: number): GramWeights {
  const all = [...vocabulary].map(([gram, i]) => ({ gram, weight: weights[i] ?? 0 }));
  const strongest = all
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || (a.gram < b.gram ? -1 : 1))
    .slice(0, kept);
  const scale = Math.abs(strongest[0]?.weight ?? 1) / LARGEST || 1;
  const whole = strongest
    .map(({ gram, weight }) => [gram, Math.round(weight / scale)] as const)
    .filter(([, weight]) => weight !== 0);
  return {
    bias: round(bias),
    scale: round(scale),
    grams: Object.fromEntries(whole.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

export function round(value: number): number {
  return Number(value.toPrecision(6));
}

/** What a model says of a lesson, in log odds. */
export function scorer({ bias, scale, grams }: GramWeights, vocabulary: Vocabulary): (one: Numbered) => number {
  const weights = new Float64Array(vocabulary.size);
  for (const [gram, weight] of Object.entries(grams)) weights[vocabulary.get(gram) ?? 0] = weight * scale;
  return ({ features, loudness }) =>
    features.reduce((sum, feature) => sum + (weights[feature] ?? 0), 0) / loudness + bias;
}
