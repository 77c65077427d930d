import { type FamilyId, SIGNAL_CLASSES, type SignalClass, type SignWeight } from '../domain/index.ts';
import { type Findings, type Found, signalsByClass } from './findings.ts';
import type { LearnedOpinion } from './learned.ts';
import {
  AGAINST_WHOLE_STORY,
  CLASS_POINTS,
  FIRST_PERSON_SHARE,
  KNOWN_LEAST,
  KNOWN_MOST,
  KNOWN_MOST_WHOLE_STORY,
  LEARNED_ENTRY_ALONE,
  LEARNED_ENTRY_SHARE,
  LEARNED_MOST,
  LEARNED_SHARE,
  LENGTH_COST,
  LENGTH_COST_MOST,
  LENGTH_FREE,
  NOBODY_WANTS_ANYTHING,
  SHORT_TEXT,
  SHORT_TEXT_COST,
  SIGN_POINTS,
  START,
  STORY_WITH_ASK,
  STRENGTH,
  STRONG_WITH_ASK,
  THIRD_PARTY_DEMANDS,
  TYPE_SHARE,
  WHOLE_STORY,
} from './weights.ts';

/** Points for one knowledge file. */
export interface EntryScore {
  readonly entry: string;
  readonly family: FamilyId;
  readonly score: number;
  readonly strong: number;
}

/** Points for one family, and the knowledge file that speaks for it. */
export interface FamilyScore {
  readonly family: FamilyId;
  readonly entry: string;
  readonly score: number;
}

/** Everything on the scale, kept apart so that it can be explained. */
export interface Weighing {
  readonly entries: readonly EntryScore[];
  readonly families: readonly FamilyScore[];
  /** Points of what speaks against fraud: education and legitimacy, zero or below. */
  readonly against: number;
  readonly risk: number;
}

export function weigh(findings: Findings, text: string, opinion?: LearnedOpinion): Weighing {
  const entries = scoreEntries(findings.signs);
  const firstPerson = FIRST_PERSON.test(text);
  const byClass = scoreClasses(findings, firstPerson);
  const top = entries[0];
  const { demand, pressure, lure, pretext, report, education, legitimate } = byClass;
  const spoken = demand + pressure + lure + pretext + report;
  const thirdParty = demand > 0 && (report > 0 || pretext > 0) && education === 0 && legitimate === 0 && !firstPerson;
  const known =
    START +
    (top?.score ?? 0) * TYPE_SHARE +
    spoken +
    (thirdParty ? THIRD_PARTY_DEMANDS : 0) +
    (spoken === 0 && (top?.strong ?? 0) === 0 ? NOBODY_WANTS_ANYTHING : 0) -
    (text.length < SHORT_TEXT ? SHORT_TEXT_COST : 0) -
    Math.min(LENGTH_COST_MOST, (Math.max(0, text.length - LENGTH_FREE) / 100) * LENGTH_COST);
  const against = education + legitimate;
  // of four groups: a fraud's own sign, a demand, pressure or lure, who is at work
  const groups = [(top?.strong ?? 0) > 0, demand > 0, pressure + lure > 0, pretext + report > 0].filter(Boolean).length;
  const most = groups >= WHOLE_STORY && against > AGAINST_WHOLE_STORY ? KNOWN_MOST_WHOLE_STORY : KNOWN_MOST;
  const risk = opinion
    ? Math.max(KNOWN_LEAST, Math.min(most, known)) + against + learnedPoints(opinion)
    : known + against;
  return { entries, families: scoreFamilies(entries, opinion), against, risk };
}

export function learnedPoints(opinion: LearnedOpinion | undefined): number {
  return Math.max(-LEARNED_MOST, Math.min(LEARNED_MOST, (opinion?.risk ?? 0) * LEARNED_SHARE));
}

/**
 * Each knowledge file by its signs and by the learned opinion of it; each family by its best file. A file of which no sign
 * was met is named only when the opinion is sure enough.
 */
function scoreFamilies(entries: readonly EntryScore[], opinion: LearnedOpinion | undefined): readonly FamilyScore[] {
  const bySigns = new Map(entries.map((one) => [one.entry, one]));
  const opined = new Set<string>();
  const scored: FamilyScore[] = [];
  for (const { entry, family, odds } of opinion?.entries ?? []) {
    opined.add(entry);
    const signs = bySigns.get(entry);
    if (!signs && odds < LEARNED_ENTRY_ALONE) continue;
    scored.push({ family, entry, score: (signs?.score ?? 0) + odds * LEARNED_ENTRY_SHARE });
  }
  for (const { entry, family, score } of entries) if (!opined.has(entry)) scored.push({ family, entry, score });
  scored.sort((a, b) => b.score - a.score || a.entry.localeCompare(b.entry));
  const best = new Map<FamilyId, FamilyScore>();
  for (const one of scored) if (!best.has(one.family)) best.set(one.family, one);
  return [...best.values()];
}

function scoreEntries(signs: readonly Found<'sign'>[]): readonly EntryScore[] {
  const byEntry = new Map<string, Found<'sign'>[]>();
  for (const found of signs) {
    const list = byEntry.get(found.owner.entry);
    if (list) list.push(found);
    else byEntry.set(found.owner.entry, [found]);
  }
  return [...byEntry.values()].map(scoreEntry).sort((a, b) => b.score - a.score || a.entry.localeCompare(b.entry));
}

function scoreEntry(found: readonly Found<'sign'>[]): EntryScore {
  const worths = (weight: SignWeight): readonly number[] =>
    found.filter((one) => one.owner.weight === weight).map((one) => one.owner.worth);
  const [strong, story, ask] = [worths('strong'), worths('story'), worths('ask')];
  const score =
    saturate(strong, SIGN_POINTS.strong) +
    saturate(story, SIGN_POINTS.story) +
    saturate(ask, SIGN_POINTS.ask) +
    STORY_WITH_ASK * Math.min(most(story), most(ask)) +
    STRONG_WITH_ASK * Math.min(most(strong), most(ask));
  const owner = found[0]?.owner;
  if (!owner) throw new Error('an entry is scored only when one of its signs was found');
  return { entry: owner.entry, family: owner.family, score, strong: strong.length };
}

function scoreClasses(findings: Findings, firstPerson: boolean): Record<SignalClass, number> {
  const found = signalsByClass(findings);
  const points = (wanted: SignalClass): number => {
    const signals = found.get(wanted);
    if (!signals) return 0;
    const { weight, decay, most } = CLASS_POINTS[wanted];
    const sum = saturate(
      signals.map((one) => STRENGTH[one.owner.strength]),
      { weight, decay },
    );
    const capped = Math.sign(sum) * Math.min(most, Math.abs(sum));
    return weight < 0 && firstPerson ? capped * FIRST_PERSON_SHARE : capped;
  };
  return Object.fromEntries(SIGNAL_CLASSES.map((one) => [one, points(one)])) as Record<SignalClass, number>;
}

/** The n-th hit of a kind counts less: the best at its full worth, the next at `decay` of its own, and so on. */
function saturate(
  worths: readonly number[],
  { weight, decay }: { readonly weight: number; readonly decay: number },
): number {
  return [...worths].sort((a, b) => b - a).reduce((sum, worth, i) => sum + weight * worth * decay ** i, 0);
}

const most = (worths: readonly number[]): number => Math.max(0, ...worths);

const FIRST_PERSON = /^.{0,14}(?:我是|我们是|这里是|这边是|我叫|我公司|我司|我行)/;
