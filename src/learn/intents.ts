import type { KnowledgeBase, LearnedWeights, NormalisedText } from '../domain/index.ts';
import { numberGrams, train } from './train.ts';

/** What a message means to the bot, besides fraud or not. */
type Meaning = 'happened' | 'asks' | 'neither';

const COST = 16;
/** Grams kept for each of the two: they are told by few words. */
const GRAMS = 4_000;

/**
 * Trains the two intents that words alone tell: it has already happened, and knowledge is asked for. What residents and
 * their families report of a fraud is left out, as it may be either before or after the payment.
 */
export function trainIntents(
  base: KnowledgeBase,
  normalise: (text: string) => NormalisedText,
): LearnedWeights['intents'] {
  const { vocabulary, numbered } = numberGrams(
    intentLessons(base).map(({ text, meaning }) => ({ meaning, share: 1, text: normalise(text) })),
  );
  const against = (meaning: Meaning) => train(numbered, (one) => one.meaning === meaning, COST, vocabulary, GRAMS);
  return { happened: against('happened'), asks: against('asks') };
}

export function intentLessons(base: KnowledgeBase): readonly { readonly text: string; readonly meaning: Meaning }[] {
  const { firstAid, notFirstAid, fraudQuestions, smallTalk } = base.intentSayings;
  const means = (meaning: Meaning, texts: readonly string[]) => texts.map((text) => ({ text, meaning }));
  return [
    ...means('happened', Object.values(firstAid).flat()),
    ...means('asks', [...base.questions.flatMap((one) => one.ask), ...Object.values(fraudQuestions).flat()]),
    ...means('neither', [...notFirstAid, ...smallTalk, ...Object.values(base.harmless).flat()]),
    ...means(
      'neither',
      base.frauds.flatMap(({ sayings }) => [...sayings.sms, ...sayings.call]),
    ),
  ];
}
