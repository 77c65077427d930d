import type { FamilyId, KnowledgeBase, SignalClass, SignWeight, Strength } from '../domain/index.ts';
import { createLexicon } from '../knowledge/index.ts';
import { createMatcher, type Matcher, type Wanted } from './matcher.ts';

/** What a phrase speaks for. */
export type Owner =
  | {
      readonly kind: 'sign';
      readonly entry: string;
      readonly family: FamilyId;
      readonly sign: string;
      readonly weight: SignWeight;
      /** How far it can be trusted to mean this fraud, 0 to 1, by `learned.json`; 1 when nobody has counted yet. */
      readonly worth: number;
    }
  | {
      readonly kind: 'signal';
      readonly id: string;
      readonly class: SignalClass;
      readonly strength: Strength;
      readonly sign: string | undefined;
    }
  | { readonly kind: 'situation'; readonly id: string }
  | { readonly kind: 'not-first-aid' }
  | { readonly kind: 'for-family' }
  | { readonly kind: 'question'; readonly id: string }
  | { readonly kind: 'intent'; readonly name: string }
  | { readonly kind: 'named'; readonly entry: string };

export type SignOwner = Extract<Owner, { kind: 'sign' }>;

/** Names a sign across the knowledge base; `learned.json` keeps its worth under this. */
export function signKey({ entry, sign }: Pick<SignOwner, 'entry' | 'sign'>): string {
  return `${entry}/${sign}`;
}

/** Compiles every phrase of the knowledge base into one matcher. `fold` is the normaliser's first step. */
export function compilePhrases(base: KnowledgeBase, fold: (word: string) => string): Matcher<Owner> {
  const shared = createLexicon(base.slots);
  const wanted: Wanted<Owner>[] = [];
  const want = (phrases: readonly string[], owner: Owner, lexicon = shared): void => {
    for (const phrase of phrases) wanted.push({ phrase, owner, lexicon });
  };
  for (const fraud of base.frauds) {
    const own = Object.keys(fraud.words).length > 0 ? createLexicon({ ...base.slots, ...fraud.words }) : shared;
    for (const { sign, weight, phrases } of fraud.signs) {
      const worth = (base.learned?.signs[signKey({ entry: fraud.id, sign })] ?? 100) / 100;
      want(phrases, { kind: 'sign', entry: fraud.id, family: fraud.family, sign, weight, worth }, own);
    }
    want(namesOf(fraud), { kind: 'named', entry: fraud.id });
  }
  for (const { id, class: kind, strength, sign, phrases } of base.signals)
    want(phrases, { kind: 'signal', id, class: kind, strength, sign });
  for (const { id, phrases } of base.firstAid.situations) want(phrases, { kind: 'situation', id });
  want(base.firstAid.notFirstAid, { kind: 'not-first-aid' });
  want(base.firstAid.family.phrases, { kind: 'for-family' });
  for (const { id, phrases } of base.questions) want(phrases, { kind: 'question', id });
  for (const [name, phrases] of Object.entries(base.intents)) want(phrases, { kind: 'intent', name });
  return createMatcher(wanted, fold);
}

function namesOf(fraud: KnowledgeBase['frauds'][number]): readonly string[] {
  const plain = [fraud.name, fraud.short, ...fraud.aliases].filter((name) => /^[^[\](){}…^$*+?？|\\]{2,}$/u.test(name));
  return [...new Set(plain)];
}

/** Words towards which the normaliser repairs homophones: what the phrases of frauds and signals are made of. */
export function wordsOfPhrases(base: KnowledgeBase): ReadonlySet<string> {
  const words = new Set<string>();
  const take = (text: string): void => {
    for (const [word] of text.matchAll(/\p{Script=Han}{2,6}/gu)) words.add(word);
  };
  for (const list of Object.values(base.slots)) list.forEach(take);
  for (const fraud of base.frauds) {
    for (const list of Object.values(fraud.words)) list.forEach(take);
    for (const sign of fraud.signs) for (const phrase of sign.phrases) take(phrase.replace(/\{[^}]*\}/g, ' '));
  }
  for (const signal of base.signals) {
    if (signal.class === 'education' || signal.class === 'legitimate') continue;
    for (const phrase of signal.phrases) take(phrase.replace(/\{[^}]*\}/g, ' '));
  }
  return words;
}
