import { FAMILIES, type FamilyId, type KnowledgeBase, type LearnedWeights } from '../domain/index.ts';
import { type Labelled, LEFT_OUT } from '../evaluate/index.ts';
import { LABELLED_SHARE, type Lesson, learn, lessonsFrom } from '../learn/index.ts';
import { createNormalise, foldWord } from '../normalise/index.ts';
import { createReader, wordsOfPhrases } from '../recognise/index.ts';

/** Weights taught from the knowledge base and labelled messages: the one place where the parts of learning are joined. */
export function teach(base: KnowledgeBase, fraud: readonly Labelled[], harmless: readonly Labelled[]): LearnedWeights {
  const reading = { normalise: createNormalise(base, wordsOfPhrases(base)), ...createReader(base, foldWord) };
  return learn(base, [...lessonsFrom(base), ...labelledLessons(fraud, harmless)], reading);
}

/** Adverts and texts about a fraud are neither: they are left out, as in scoring. */
function labelledLessons(fraud: readonly Labelled[], harmless: readonly Labelled[]): readonly Lesson[] {
  return [
    ...fraud.flatMap(({ text, label, kind = '' }) =>
      isFamily(label) && !LEFT_OUT.has(kind) ? [{ text, family: label, share: LABELLED_SHARE }] : [],
    ),
    ...harmless.map(({ text }) => ({ text, family: undefined, share: LABELLED_SHARE })),
  ];
}

function isFamily(label: string): label is FamilyId {
  return (FAMILIES as readonly string[]).includes(label);
}
