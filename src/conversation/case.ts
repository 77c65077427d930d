import { composeFamilyWords, composeFirstAidFor, composeSeeThrough, numbered, type Say } from '../compose/index.ts';
import type { KnowledgeBase, Verdict } from '../domain/index.ts';
import type { Mind } from './understand.ts';

/** What a talker is in since a warning or first aid offered him digits. */
export interface Case {
  readonly kind: 'warning' | 'first-aid';
  /** The knowledge file it is about; absent when no fraud could be named. */
  readonly entry: string | undefined;
  /** A known saying of this fraud that the message resembled: words of the knowledge base, none of the talker's. */
  readonly like: string | undefined;
  /** Epoch milliseconds of the answer that offered the digits. */
  readonly at: number;
  /** Something else was said since; an answer then names the case it belongs to. */
  readonly interrupted: boolean;
}

/** The case that a verdict opens, if it offers digits. */
export function openedBy(verdict: Verdict, text: string, mind: Mind, at: number): Case | undefined {
  if (verdict.kind !== 'warning' && verdict.kind !== 'first-aid') return undefined;
  const [type] = verdict.types;
  const like = type && mind.nearestSaying(text, type.id);
  return { kind: verdict.kind, entry: type?.entry, like, at, interrupted: false };
}

const DIGIT = /^(?:回复?|选|按|发)?([1-4])(?:[.。、,，!！]?|号)$/;

/** The digit that a whole message is: 1, １, ①, 回1, 选 1。 */
export function readDigit(text: string): number | undefined {
  const plain = text.normalize('NFKC').replace(/\s/g, '');
  const digit = DIGIT.exec(plain)?.[1];
  return digit === undefined ? undefined : Number(digit);
}

/** What a digit means in a case. `undefined`: the case offered no such digit. */
export function answerDigit(digit: number, open: Case, base: KnowledgeBase, say: Say): string | undefined {
  const fraud = base.frauds.find((one) => one.id === open.entry);
  const text = open.kind === 'warning' ? warningDigit() : firstAidDigit();
  if (text === undefined || !open.interrupted || !fraud) return text;
  return `${say('earlier-case', { 短名: fraud.short })}\n${text}`;

  function warningDigit(): string | undefined {
    if (digit === 1) return fraud ? composeSeeThrough(fraud, open.like, say) : say('not-recognised');
    if (digit === 2) return composeFirstAidFor('transferred', base, say);
    if (digit === 3) return composeFamilyWords(fraud, say);
    return say('case-disputed');
  }
  function firstAidDigit(): string | undefined {
    if (digit === 1) return `${say('report-title')}\n${numbered(base.firstAid.reportToPolice)}`;
    if (digit === 2) return `${say('evidence-title')}\n${numbered(base.firstAid.keepEvidence)}`;
    if (digit === 3) return composeFamilyWords(fraud, say);
    return undefined;
  }
}
