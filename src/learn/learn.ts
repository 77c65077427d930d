import {
  type GramWeights,
  type KnowledgeBase,
  type LearnedWeights,
  type NormalisedText,
  REGISTERS,
} from '../domain/index.ts';
import { teachingVersion } from '../knowledge/index.ts';
import type { SignOwner } from '../recognise/index.ts';
import { trainIntents } from './intents.ts';
import type { Lesson } from './lesson.ts';
import { worthOfSigns } from './sign-worth.ts';
import { type Numbered, numberGrams, round, scorer, train, type Vocabulary } from './train.ts';

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
    [...REGISTERS.flatMap((register) => fraud.sayings[register]), ...fraud.vague].map((text) => ({
      text,
      family: fraud.family,
      entry: fraud.id,
      share: 1,
    })),
  );
  const lookalikes = base.frauds.flatMap((fraud) =>
    fraud.lookalikes.map((one) => ({ text: one.say, family: undefined, kind: 'lookalike', share: 1 })),
  );
  const harmless = Object.entries(base.harmless).flatMap(([kind, list]) =>
    list.map((text) => ({ text, family: undefined, kind, share: 1 })),
  );
  return [...sayings, ...lookalikes, ...harmless];
}

/** How dearly errors are paid (C of the regression); chosen by leaving one author after the other out: 4 and 64 are worse. */
const RISK_COST = 16;
const ENTRY_COST = 16;
/** Grams kept, by the size of their weight: beyond these the figures no longer change. */
const RISK_GRAMS = 20_000;
const ENTRY_GRAMS = 1_500;

/**
 * Where the zero of the learned risk lies: of the harmless lessons that a model has not seen, this share lies above it,
 * every kind of them counted the same. The weights alone would move it with every batch of new sayings, and all levels
 * with it.
 */
const UNSEEN_ABOVE_ZERO = 0.12;
/** Each lesson is seen by two of three models and scored by the third. */
const FOLDS = 3;

/** How a lesson is read: by the normaliser and the phrases of the base. */
export interface Reading {
  readonly normalise: (text: string) => NormalisedText;
  readonly signsIn: (text: NormalisedText) => readonly SignOwner[];
  readonly happenedIn: (text: NormalisedText) => boolean;
}

/** Trains the weights. Deterministic; about half a minute. */
export function learn(
  base: KnowledgeBase,
  lessons: readonly Lesson[],
  { normalise, signsIn, happenedIn }: Reading,
): LearnedWeights {
  // by their words, so that a saying teaches the same wherever in the files it stands
  const ordered = [...lessons].sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  const texts = ordered.map((lesson) => ({ ...lesson, text: normalise(lesson.text) }));
  const signs = worthOfSigns(texts.map(({ family, text }) => ({ family, signs: signsIn(text) })));
  const { vocabulary, numbered } = numberGrams(texts);
  const risk = trainRisk(numbered, vocabulary);
  const filed = numbered.filter((one) => one.entry !== undefined);
  const entries = base.frauds.map(
    ({ id }) => [id, train(filed, (one) => one.entry === id, ENTRY_COST, vocabulary, ENTRY_GRAMS)] as const,
  );
  const intents = trainIntents(base, { normalise, happenedIn });
  return { learnedFrom: teachingVersion(base), risk, signs, intents, entries: Object.fromEntries(entries) };
}

type NumberedLesson = Numbered & Omit<Lesson, 'text'>;

/** Trains fraud against harmless on all lessons, and puts the zero where unseen harmless lessons say. */
function trainRisk(lessons: readonly NumberedLesson[], vocabulary: Vocabulary): GramWeights {
  const isFraud = (one: NumberedLesson): boolean => one.family !== undefined;
  const model = (list: readonly NumberedLesson[]): GramWeights =>
    train(list, isFraud, RISK_COST, vocabulary, RISK_GRAMS);
  const whole = model(lessons);
  const unseen = Array.from({ length: FOLDS }, (_, fold) => {
    const says = scorer(model(lessons.filter((_, i) => i % FOLDS !== fold)), vocabulary);
    const held = lessons.filter((one, i) => i % FOLDS === fold && !isFraud(one) && one.kind !== undefined);
    return held.map((one) => ({ kind: one.kind, odds: says(one) }));
  }).flat();
  const zero = exceededBy(UNSEEN_ABOVE_ZERO, unseen);
  return { ...whole, bias: round(whole.bias - zero) };
}

/** The odds that this share of the messages exceed, when every kind counts the same however many messages it has. */
function exceededBy(
  share: number,
  messages: readonly { readonly kind: string | undefined; readonly odds: number }[],
): number {
  const sizes = new Map<string | undefined, number>();
  for (const { kind } of messages) sizes.set(kind, (sizes.get(kind) ?? 0) + 1);
  let above = 0;
  for (const { kind, odds } of [...messages].sort((a, b) => b.odds - a.odds)) {
    above += 1 / (sizes.get(kind) ?? 1) / sizes.size;
    if (above > share) return odds;
  }
  return 0;
}
