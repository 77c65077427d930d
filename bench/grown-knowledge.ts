import type { Fraud, KnowledgeBase } from '../src/domain/index.ts';

/**
 * For what other character each one is changed. `near`: for one about as frequent; the new words are then made of what
 * stands in every message, which is the worst case. `far`: for one a good deal rarer, and the rarest for the frequent;
 * most new words then stand in no message. What people will write lies between the two.
 */
export type Distance = 'near' | 'far';

/**
 * A knowledge base with `times` as many frauds: the real ones, and copies in other words. It stands for the knowledge
 * that may be written one day; what it recognises means nothing, what it costs does.
 *
 * A copy has each Han character of its names, phrases and own word lists changed for another one. The shared slots stay
 * as they are, so that a phrase made of slots alone is the same in each copy. Signals, questions and first aid are not
 * copied.
 */
export function grow(base: KnowledgeBase, times: number, distance: Distance): KnowledgeBase {
  const alphabet = alphabetOf(base.frauds);
  const ranks = distance === 'near' ? 1 : Math.floor(alphabet.length / times);
  const copies = Array.from({ length: times - 1 }, (_, i) => {
    const change = changer(alphabet, (i + 1) * ranks);
    return base.frauds.map((fraud) => copyOf(fraud, `${fraud.id}-${i + 1}`, change));
  });
  return { ...base, frauds: [...base.frauds, ...copies.flat()] };
}

type Change = (text: string) => string;

function copyOf(fraud: Fraud, id: string, change: Change): Fraud {
  return {
    ...fraud,
    id,
    name: change(fraud.name),
    short: change(fraud.short),
    aliases: fraud.aliases.map(change),
    words: Object.fromEntries(Object.entries(fraud.words).map(([slot, words]) => [slot, words.map(change)])),
    signs: fraud.signs.map((sign) => ({ ...sign, phrases: sign.phrases.map(change) })),
  };
}

const SLOT = /\{[^{}]*\}/g;
const HAN = /\p{Script=Han}/gu;
/** A slot in braces, left alone, or one Han character. */
const SLOT_OR_HAN = /\{[^{}]*\}|\p{Script=Han}/gu;

/** The Han characters of all that is changed, most frequent first; equally frequent ones by code point. */
function alphabetOf(frauds: readonly Fraud[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of frauds.flatMap(wordingOf))
    for (const [char] of text.replace(SLOT, '').matchAll(HAN)) counts.set(char, (counts.get(char) ?? 0) + 1);
  return [...counts].sort(([a, often], [b, oftener]) => oftener - often || (a < b ? -1 : 1)).map(([char]) => char);
}

function wordingOf({ name, short, aliases, words, signs }: Fraud): readonly string[] {
  return [name, short, ...aliases, ...Object.values(words).flat(), ...signs.flatMap((sign) => sign.phrases)];
}

/** Changes each character for the one `by` ranks less frequent; behind the rarest comes the most frequent. */
function changer(alphabet: readonly string[], by: number): Change {
  const other = new Map(alphabet.map((char, rank) => [char, alphabet[(rank + by) % alphabet.length] ?? char]));
  return (text) => text.replace(SLOT_OR_HAN, (part) => other.get(part) ?? part);
}
