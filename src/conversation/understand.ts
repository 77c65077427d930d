import { createCompose, type Say } from '../compose/index.ts';
import { type Circumstances, decide } from '../decide/index.ts';
import type { FamilyId, KnowledgeBase, Recognition, Verdict } from '../domain/index.ts';
import { createNormalise, foldWord } from '../normalise/index.ts';
import { createNearest, createRecognise, wordsOfPhrases } from '../recognise/index.ts';

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
  /** First lines of what is always said in the same words; tells our own words when they come back. */
  readonly fixedOpenings: ReadonlySet<string>;
  recognise(text: string): Recognition;
  understand(text: string, circumstances?: Circumstances): Understanding;
  /** What a group is told in which nobody asked. */
  remind(recognition: Recognition): string;
  /** The known saying of this family that the text resembles most, for who asks how one can tell. */
  nearestSaying(text: string, family: FamilyId): string | undefined;
}

const PRIVATE_TEXT: Circumstances = { kind: 'text', mentioned: true };

export function createMind(base: KnowledgeBase, county: string): Mind {
  const normalise = createNormalise(base, wordsOfPhrases(base));
  const recognise = createRecognise(base, foldWord);
  const spoken = withoutLessons(base);
  const nearest = createNearest(spoken, foldWord);
  const { compose, say, remind } = createCompose(spoken, county);
  return {
    base: spoken,
    say,
    fixedOpenings: openingsOf(spoken, county),
    remind,
    recognise: (text) => recognise(normalise(text)),
    nearestSaying: (text, family) => nearest(normalise(text), family),
    understand(text, circumstances = PRIVATE_TEXT) {
      const recognition = recognise(normalise(text));
      const verdict = decide(recognition, circumstances);
      const place = circumstances.room === undefined ? 'private' : 'group';
      return { recognition, verdict, reply: compose(verdict, recognition, text, place) };
    },
  };
}

function openingsOf({ wording }: KnowledgeBase, county: string): ReadonlySet<string> {
  const firstLines = Object.values(wording).map(
    (text) => text.trim().replaceAll('{县名}', county).split('\n')[0] ?? '',
  );
  return new Set(firstLines.filter((line) => !line.includes('{')));
}

/** The learned weights are laid out anew in the recogniser, and harmless messages have taught all they can: let them go. */
function withoutLessons({ learned: _, ...base }: KnowledgeBase): KnowledgeBase {
  return { ...base, harmless: {}, intentSayings: { firstAid: {}, notFirstAid: [], fraudQuestions: {}, smallTalk: [] } };
}
