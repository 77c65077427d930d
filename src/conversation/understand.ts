import { createCompose, type Say } from '../compose/index.ts';
import { type Circumstances, decide } from '../decide/index.ts';
import {
  type FamilyId,
  type KnowledgeBase,
  type Recognition,
  SPEAKS_AGAINST_FRAUD,
  type Verdict,
} from '../domain/index.ts';
import { createNormalise, foldWord } from '../normalise/index.ts';
import { createNearest, createRecognise, wordsOfPhrases } from '../recognise/index.ts';
import { createOwnWords, type OwnWords } from './own-words.ts';
import { passagesOf } from './passages.ts';

/** What the bot makes of one text, from normalising to the words of the reply. */
export interface Understanding {
  readonly recognition: Recognition;
  readonly verdict: Verdict;
  readonly reply: string;
}

/** The whole way of a message on one screen: normalise → recognise → decide → compose. Pure for a given base. */
export interface Mind {
  /** What it speaks from: the knowledge without what only teaches. */
  readonly base: KnowledgeBase;
  readonly say: Say;
  readonly ownWords: OwnWords;
  recognise(text: string): Recognition;
  understand(text: string, circumstances?: Circumstances): Understanding;
  /** What a group is told in which nobody asked. */
  remind(recognition: Recognition): string;
  /** The known saying of this family that the text resembles most, for who asks how one can tell. */
  nearestSaying(text: string, family: FamilyId): string | undefined;
}

/** What was found in a text, and what is to be said to it. */
type Judgement = Pick<Understanding, 'recognition' | 'verdict'>;

const PRIVATE_TEXT: Circumstances = { kind: 'text', mentioned: true };

/** `entry`: how people reach the bot, in words; stands under what is passed on. */
export function createMind(base: KnowledgeBase, county: string, entry = `把收到的话发给${county}反诈助手`): Mind {
  const normalise = createNormalise(base, wordsOfPhrases(base));
  const recognise = createRecognise(base, foldWord);
  const spoken = withoutLessons(base);
  const nearest = createNearest(spoken, foldWord);
  const { compose, say, remind } = createCompose(spoken, county);
  const judge = (text: string, circumstances: Circumstances): Judgement => {
    const recognition = recognise(normalise(text));
    return { recognition, verdict: decide(recognition, circumstances) };
  };
  return {
    base: spoken,
    say,
    ownWords: createOwnWords(spoken, say, entry),
    remind,
    recognise: (text) => recognise(normalise(text)),
    nearestSaying: (text, family) => nearest(normalise(text), family),
    understand(text, circumstances = PRIVATE_TEXT) {
      const whole = judge(text, circumstances);
      const passages = mayHide(whole) ? passagesOf(text) : [];
      const { recognition, verdict } = passages.map((one) => judge(one, circumstances)).reduce(graver, whole);
      const place = circumstances.room === undefined ? 'private' : 'group';
      return { recognition, verdict, reply: compose(verdict, recognition, text, place) };
    },
  };
}

/** Whether a passage may say more than the whole does: not where all is clear already, nor in what teaches about fraud. */
function mayHide({ verdict, recognition }: Judgement): boolean {
  if (recognition.against <= SPEAKS_AGAINST_FRAUD) return false;
  return verdict.kind === 'not-recognised' || (verdict.kind === 'warning' && verdict.level === 'suspicious');
}

/**
 * Only what is grave by itself counts in a passage: high danger, and above it that something has happened. Where the
 * whole had named a fraud already, it knows better which one it is; the passage only raises the level.
 */
function graver(best: Judgement, next: Judgement): Judgement {
  const grave = ({ verdict }: Judgement): number =>
    verdict.kind === 'first-aid' ? 2 : verdict.kind === 'warning' && verdict.level === 'high' ? 1 : 0;
  if (grave(next) <= grave(best)) return best;
  if (best.verdict.kind !== 'warning' || best.verdict.types.length === 0) return next;
  const { types } = best.verdict;
  if (next.verdict.kind === 'first-aid')
    return { recognition: { ...next.recognition, types }, verdict: { ...next.verdict, types } };
  const level = 'high';
  return { recognition: { ...best.recognition, level }, verdict: { ...best.verdict, level } };
}

/** The learned weights are laid out anew in the recogniser, and harmless messages have taught all they can: let them go. */
function withoutLessons({ learned: _, ...base }: KnowledgeBase): KnowledgeBase {
  return { ...base, harmless: {}, intentSayings: { firstAid: {}, notFirstAid: [], fraudQuestions: {}, smallTalk: [] } };
}
