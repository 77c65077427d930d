import {
  type Candidate,
  type KnowledgeBase,
  type Level,
  type NormalisedText,
  type Recognition,
  SURELY_ASKS,
} from '../domain/index.ts';
import { evidenceOf } from './explain.ts';
import { sortHits } from './findings.ts';
import { createLearned } from './learned.ts';
import { compilePhrases, type SignOwner, signKey } from './phrases.ts';
import { createShortTexts } from './short-texts.ts';
import { type FamilyScore, type Weighing, weigh } from './weigh.ts';
import { AGAINST_HIGH, CLOSE_TYPES, HIGH, SUSPICIOUS } from './weights.ts';

export type Recognise = (text: NormalisedText) => Recognition;

/** Builds the recogniser for one knowledge base. `fold` is the normaliser's first step, so that phrases are folded alike. */
export function createRecognise(base: KnowledgeBase, fold: (word: string) => string): Recognise {
  const matcher = compilePhrases(base, fold);
  const shortTexts = createShortTexts(base, fold);
  const families = new Map(base.frauds.map((fraud) => [fraud.id, fraud.family]));
  const learned = base.learned && createLearned(base.learned, families);
  return (normalised) => {
    const findings = sortHits(matcher.match(normalised.text), normalised);
    const opinion = learned?.(normalised.text);
    const weighing = weigh(findings, normalised.text, opinion);
    const level = levelOf(weighing);
    const types = candidates(weighing.families);
    const nothingElse = level === 'none' && findings.questions.length === 0 && findings.situations.length === 0;
    const asking = (opinion?.asks ?? 0) > SURELY_ASKS ? 'surely' : nothingElse ? 'perhaps' : 'no';
    return {
      level,
      risk: round(weighing.risk),
      types,
      twoTypes: types[1] !== undefined && (types[0]?.score ?? 0) - types[1].score < CLOSE_TYPES,
      against: round(weighing.against),
      evidence: evidenceOf(findings, opinion),
      cues: {
        situations: findings.situations,
        forFamily: findings.forFamily,
        questions: findings.questions,
        intents: findings.intents,
        named: findings.named,
        happened: opinion?.happened,
        asks: opinion?.asks,
        ...shortTexts(normalised.text, asking),
        length: normalised.text.replace(/[^\p{L}\p{N}]/gu, '').length,
      },
    };
  };
}

/** What `learn` reads of a message: the signs of frauds, each once, and whether first aid is needed by the phrases. */
export function createReader(
  base: KnowledgeBase,
  fold: (word: string) => string,
): {
  readonly signsIn: (text: NormalisedText) => readonly SignOwner[];
  readonly happenedIn: (text: NormalisedText) => boolean;
} {
  const matcher = compilePhrases(base, fold);
  const findingsIn = (normalised: NormalisedText) => sortHits(matcher.match(normalised.text), normalised);
  return {
    signsIn: (text) => [...new Map(findingsIn(text).signs.map((one) => [signKey(one.owner), one.owner])).values()],
    happenedIn: (text) => findingsIn(text).situations.length > 0,
  };
}

function levelOf({ risk, against }: Weighing): Level {
  if (risk >= HIGH && against > AGAINST_HIGH) return 'high';
  return risk >= SUSPICIOUS ? 'suspicious' : 'none';
}

const MOST_CANDIDATES = 4;

function candidates(families: readonly FamilyScore[]): readonly Candidate[] {
  return families
    .slice(0, MOST_CANDIDATES)
    .map(({ family, entry, score }) => ({ id: family, entry, score: round(score) }));
}

function round(points: number): number {
  return Math.round(points * 100) / 100;
}
