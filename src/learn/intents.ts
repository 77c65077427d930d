import type { KnowledgeBase, LearnedWeights, NormalisedText } from '../domain/index.ts';
import { numberGrams, train } from './train.ts';

/** What a message means to the bot, besides fraud or not. */
type Meaning = 'happened' | 'asks' | 'neither';

/** How a lesson is read: by the normaliser and the phrases of first aid. */
export interface IntentReading {
  readonly normalise: (text: string) => NormalisedText;
  readonly happenedIn: (text: NormalisedText) => boolean;
}

const COST = 16;
/** Grams kept for each of the two: they are told by few words. */
const GRAMS = 4_000;

/**
 * Trains the two intents that words alone tell: it has already happened, and knowledge is asked for. What residents and
 * their families report of a fraud may be either before or after the payment: the phrases of first aid decide, and count
 * for less than what was written down as such; the others are left out.
 */
export function trainIntents(base: KnowledgeBase, { normalise, happenedIn }: IntentReading): LearnedWeights['intents'] {
  const { vocabulary, numbered } = numberGrams(
    [...intentLessons(base), ...reportsOfDamage(base, { normalise, happenedIn })].map(({ text, ...lesson }) => ({
      ...lesson,
      text: normalise(text),
    })),
  );
  const against = (meaning: Meaning) => train(numbered, (one) => one.meaning === meaning, COST, vocabulary, GRAMS);
  return { happened: against('happened'), asks: against('asks') };
}

interface IntentLesson {
  readonly text: string;
  readonly meaning: Meaning;
  readonly share: number;
}

/** How much a report counts that only the phrases of first aid take for damage done. */
const BY_PHRASES_ALONE = 0.4;

function reportsOfDamage(base: KnowledgeBase, { normalise, happenedIn }: IntentReading): readonly IntentLesson[] {
  return base.frauds
    .flatMap(({ sayings }) => [...sayings.resident, ...sayings.family])
    .filter((text) => happenedIn(normalise(text)))
    .map((text) => ({ text, meaning: 'happened', share: BY_PHRASES_ALONE }));
}

function intentLessons(base: KnowledgeBase): readonly IntentLesson[] {
  const { firstAid, notFirstAid, fraudQuestions, smallTalk } = base.intentSayings;
  const means = (meaning: Meaning, texts: readonly string[]) => texts.map((text) => ({ text, meaning, share: 1 }));
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
