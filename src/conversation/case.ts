import { composeFamilyWords, composeFirstAidFor, composeSeeThrough, numbered, type Say } from '../compose/index.ts';
import { DAY } from '../lib/clock.ts';
import type { Mind, Understanding } from './understand.ts';

/** What a talker is in since a warning or first aid offered him digits. Plain data. */
export interface Case {
  readonly kind: 'warning' | 'first-aid';
  /** The knowledge file it is about; absent when no fraud could be named. */
  readonly entry?: string | undefined;
  /**
   * What the talker wrote. Tells which known case it resembles, and goes, masked, to the office when he says that we are
   * wrong. Kept as long as the case.
   */
  readonly text: string;
  /** The first line of the answer: who quotes it means this case. */
  readonly headline: string;
  /** Epoch milliseconds of the answer that offered the digits. */
  readonly at: number;
  /** Something else was said since; an answer then names the case it belongs to. */
  readonly interrupted: boolean;
}

/** Digits stay valid this long, and so long is a case kept. */
export const CASE_VALID = DAY;
/** More open cases than this nobody keeps apart; the oldest is closed. */
const MOST_CASES = 5;
const DIGITS_OF: Readonly<Record<Case['kind'], number>> = { warning: 4, 'first-aid': 3 };

/** The case that an answer opens, if it offers digits. */
export function openedBy(understanding: Understanding, text: string, at: number): Case | undefined {
  const { verdict } = understanding;
  if (verdict.kind !== 'warning' && verdict.kind !== 'first-aid') return undefined;
  const [type] = verdict.types;
  const headline = headlineOf(understanding.reply);
  return { kind: verdict.kind, entry: type?.entry, text, headline, at, interrupted: false };
}

/** The cases with a new one in front; the others were interrupted by it. */
export function withCase(cases: readonly Case[], opened: Case | undefined): readonly Case[] {
  const others = cases.map((one) => ({ ...one, interrupted: true }));
  return (opened ? [opened, ...others] : others).slice(0, MOST_CASES);
}

export function openCases(cases: readonly Case[], now: number): readonly Case[] {
  return cases.filter((one) => now - one.at < CASE_VALID);
}

const DIGIT =
  /^(?:我)?(?:要|回复?|选|按|发|打|问)?(?:第)?([1-4一二三四壹贰叁肆])(?:个|号|项|条)?(?:吧|啊|呀|呢|哈|了)?[.。、,，!！?？~～]*$/;
const VALUE: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4, 壹: 1, 贰: 2, 叁: 3, 肆: 4 };
/** An offer as it is written in the last line of an answer: 回1 怎么识破. */
const OFFER = /回(\d) (\S+)/g;

/** The digit that a whole message is: 1, １, ①, 1️⃣, 二, 回1, 我选3; also with the words behind it that we offered: 4 不对. */
export function readDigit(text: string, say: Say): number | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[\ufe0f\u20e3\s]/g, '')
    .replace(/,/g, '，');
  const digit = DIGIT.exec(plain)?.[1];
  if (digit !== undefined) return VALUE[digit] ?? Number(digit);
  const [, number, words = ''] = /^(?:回复?)?([1-4])?[.、:：]?(.+)$/.exec(plain) ?? [];
  if (words.length < 2) return undefined;
  for (const line of ['digits', 'first-aid-digits'])
    for (const [, offered, label = ''] of say(line).matchAll(OFFER))
      if (number === undefined ? words === label : number === offered && label.startsWith(words))
        return Number(offered);
  return undefined;
}

/** The case whose answer is quoted, else the latest one that offered this digit. */
export function caseOfDigit(digit: number, cases: readonly Case[], quoted = ''): Case | undefined {
  const offering = cases.filter((one) => digit <= DIGITS_OF[one.kind]);
  const meant = quoted === '' ? undefined : offering.find((one) => headlineOf(quoted).includes(one.headline));
  return meant ?? offering[0];
}

function headlineOf(reply: string): string {
  return reply.trim().split('\n')[0] ?? '';
}

/** Digit 4 of a warning says that we are wrong. */
export function disputes(digit: number, open: Case): boolean {
  return open.kind === 'warning' && digit === 4;
}

/** What a digit means in the case that offered it, named when other things were said in between. */
export function answerDigit(digit: number, open: Case, { base, say, nearestSaying }: Mind): string {
  const fraud = base.frauds.find((one) => one.id === open.entry);
  const text = open.kind === 'warning' ? warningDigit() : firstAidDigit();
  return open.interrupted && fraud ? `${say('earlier-case', { 短名: fraud.short })}\n${text}` : text;

  function warningDigit(): string {
    if (digit === 1)
      return fraud ? composeSeeThrough(fraud, nearestSaying(open.text, fraud.family), say) : say('not-recognised');
    if (digit === 2) return composeFirstAidFor('transferred', base, say);
    if (digit === 3) return composeFamilyWords(fraud, say);
    return say('case-disputed');
  }
  function firstAidDigit(): string {
    if (digit === 1) return `${say('report-title')}\n${numbered(base.firstAid.reportToPolice)}`;
    if (digit === 2) return `${say('evidence-title')}\n${numbered(base.firstAid.keepEvidence)}`;
    return composeFamilyWords(fraud, say);
  }
}
