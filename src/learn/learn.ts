import {
  type FamilyId,
  type GramWeights,
  type KnowledgeBase,
  type LearnedWeights,
  type NormalisedText,
  REGISTERS,
} from '../domain/index.ts';
import { teachingVersion } from '../knowledge/index.ts';
import { gramsOf, gramText, loudness, type SignOwner } from '../recognise/index.ts';
import { type Example, type LinearModel, trainLogistic } from './logistic.ts';
import { worthOfSigns } from './sign-worth.ts';

/** A message with what it is: a family of fraud, or undefined for harmless. */
export interface Lesson {
  readonly text: string;
  readonly family: FamilyId | undefined;
  /** The knowledge file that it belongs to; unknown for messages that were labelled with the family alone. */
  readonly entry?: string | undefined;
  /** How much it counts beside the others, above 0 and at most 1. */
  readonly share: number;
}

/**
 * A labelled message from elsewhere counts less than one of the knowledge base: such collections repeat a few templates.
 * Between 0.1 and 1 the recognition of other authors' messages does not change (docs/recognition.md).
 */
export const LABELLED_SHARE = 0.3;

/**
 * What the knowledge base itself teaches: every saying is fraud of its family, every look-alike and harmless message is not.
 */
export function lessonsFrom(base: KnowledgeBase): readonly Lesson[] {
  const sayings = base.frauds.flatMap((fraud) =>
    REGISTERS.flatMap((register) =>
      fraud.sayings[register].map((text) => ({ text, family: fraud.family, entry: fraud.id, share: 1 })),
    ),
  );
  const lookalikes = base.frauds.flatMap((fraud) =>
    fraud.lookalikes.map((one) => ({ text: one.say, family: undefined, share: 1 })),
  );
  const harmless = Object.values(base.harmless).flatMap((list) =>
    list.map((text) => ({ text, family: undefined, share: 1 })),
  );
  return [...sayings, ...lookalikes, ...harmless];
}

/** A gram must stand in this many lessons: what stands in one only names a person or a place. */
const FEWEST_LESSONS = 2;
/** How dearly errors are paid (C of the regression); chosen by five-fold cross-validation, see docs/recognition.md. */
const RISK_COST = 16;
const ENTRY_COST = 16;
/** Grams kept, by the size of their weight: beyond these the figures no longer change. */
const RISK_GRAMS = 20_000;
const ENTRY_GRAMS = 1_500;

/** How a lesson is read: by the normaliser and the phrases of the base. */
export interface Reading {
  readonly normalise: (text: string) => NormalisedText;
  readonly signsIn: (text: NormalisedText) => readonly SignOwner[];
}

/** Trains the weights. Deterministic; a few seconds. */
export function learn(
  base: KnowledgeBase,
  lessons: readonly Lesson[],
  { normalise, signsIn }: Reading,
): LearnedWeights {
  const texts = lessons.map((lesson) => ({ ...lesson, text: normalise(lesson.text) }));
  const signs = worthOfSigns(texts.map(({ family, text }) => ({ family, signs: signsIn(text) })));
  const read = texts
    .map(({ text, ...lesson }) => ({
      ...lesson,
      grams: [...gramsOf(text.text)],
      loudness: loudness(gramText(text.text)),
    }))
    .filter((one) => one.grams.length > 0);
  const vocabulary = vocabularyOf(read.map((one) => one.grams));
  const numbered = read.map(({ grams, ...lesson }) => ({ ...lesson, features: featuresOf(grams, vocabulary) }));
  const fraud = numbered.filter((one) => one.family !== undefined);
  const risk = train(numbered, (one) => one.family !== undefined, RISK_COST, vocabulary, RISK_GRAMS);
  const entries = base.frauds.map(({ id, family }) => {
    const belongs = membership(id, family);
    const decided = fraud.filter((one) => belongs(one) !== undefined);
    return [id, train(decided, (one) => belongs(one) === true, ENTRY_COST, vocabulary, ENTRY_GRAMS)] as const;
  });
  return { learnedFrom: teachingVersion(base), risk, signs, entries: Object.fromEntries(entries) };
}

/**
 * Whether a message belongs to a knowledge file. One that is labelled with the file's family alone belongs to the file
 * that carries the family's name, and leaves the finer files undecided; of 其他 it cannot be known which file is meant.
 */
function membership(id: string, family: FamilyId): (one: Numbered) => boolean | undefined {
  return (one) => {
    if (one.entry !== undefined) return one.entry === id;
    if (one.family !== family) return false;
    return id === family && family !== 'other-fraud' ? true : undefined;
  };
}

type Numbered = Omit<Lesson, 'text'> & {
  readonly features: Int32Array;
  readonly loudness: number;
};

function vocabularyOf(messages: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const grams of messages) for (const gram of grams) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  const kept = [...counts].filter(([, count]) => count >= FEWEST_LESSONS).map(([gram]) => gram);
  return new Map(kept.sort().map((gram, i) => [gram, i]));
}

function featuresOf(grams: readonly string[], vocabulary: ReadonlyMap<string, number>): Int32Array {
  return Int32Array.from(grams.flatMap((gram) => vocabulary.get(gram) ?? []));
}

/** Both sides count the same in sum, however many messages each has. */
function train(
  messages: readonly Numbered[],
  isPositive: (one: Numbered) => boolean,
  cost: number,
  vocabulary: ReadonlyMap<string, number>,
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

function prune({ bias, weights }: LinearModel, vocabulary: ReadonlyMap<string, number>, kept: number): GramWeights {
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

function round(value: number): number {
  return Number(value.toPrecision(6));
}
