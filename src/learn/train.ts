import type { GramWeights, NormalisedText } from '../domain/index.ts';
import { gramsOf, gramText, loudness } from '../recognise/index.ts';
import { type Example, type LinearModel, trainLogistic } from './logistic.ts';

/** A message as the regression reads it: the numbers of its grams in the vocabulary, and what they are divided by. */
export interface Numbered {
  readonly features: Int32Array;
  readonly loudness: number;
  /** How much it counts beside the others, above 0 and at most 1. */
  readonly share: number;
}

/** Grams by their numbers, in their order. */
export type Vocabulary = ReadonlyMap<string, number>;

/** A gram must stand in this many messages: what stands in one only names a person or a place. */
const FEWEST_MESSAGES = 2;

/** Numbers the grams of normalised texts; a text without any is left out. Everything else about a message is kept. */
export function numberGrams<Message extends { readonly text: NormalisedText }>(messages: readonly Message[]) {
  const read = messages
    .map(({ text, ...rest }) => ({
      ...rest,
      grams: [...gramsOf(text.text)],
      loudness: loudness(gramText(text.text)),
    }))
    .filter((one) => one.grams.length > 0);
  const counts = new Map<string, number>();
  for (const { grams } of read) for (const gram of grams) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  const kept = [...counts].filter(([, count]) => count >= FEWEST_MESSAGES).map(([gram]) => gram);
  const vocabulary: Vocabulary = new Map(kept.sort().map((gram, i) => [gram, i]));
  const numbered = read.map(({ grams, ...rest }) => ({
    ...rest,
    features: Int32Array.from(grams.flatMap((gram) => vocabulary.get(gram) ?? [])),
  }));
  return { vocabulary, numbered };
}

/** Both sides count the same in sum, however many messages each has. */
export function train<Message extends Numbered>(
  messages: readonly Message[],
  isPositive: (one: Message) => boolean,
  cost: number,
  vocabulary: Vocabulary,
  kept: number,
): GramWeights {
  const sum = (list: readonly Message[]): number => list.reduce((total, one) => total + one.share, 0);
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
