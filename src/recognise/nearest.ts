import { type FamilyId, type KnowledgeBase, type NormalisedText, REGISTERS } from '../domain/index.ts';
import { bareText, createLookup, type Likeness } from './fuzzy.ts';

/** A longer saying is no comparison that one takes in at a glance. Characters. */
const LONGEST_SAYING = 45;
/**
 * Fuse's threshold, and the share of character pairs that both must have in common. Measured on 639 messages by other
 * authors (docs/recognition.md): from a fifth on, the nearest saying is of the right fraud in 83 of 100.
 */
const LIKENESS: Likeness = { threshold: 0.7, shared: 0.2 };

/** Finds the known saying of one family that a message resembles most, as the knowledge base writes it. */
export type Nearest = (text: NormalisedText, family: FamilyId) => string | undefined;

/** Each family's sayings are laid out when one of its frauds is first met. */
export function createNearest(base: KnowledgeBase, fold: (word: string) => string): Nearest {
  const bare = (text: string): string => bareText(fold(text));
  const lookups = new Map<FamilyId, ReturnType<typeof createLookup>>();
  return ({ text }, family) => {
    const known = lookups.get(family);
    const lookup = known ?? createLookup(sayingsOf(base, family, bare));
    if (!known) lookups.set(family, lookup);
    return lookup(bare(text), LIKENESS);
  };
}

function sayingsOf(base: KnowledgeBase, family: FamilyId, bare: (text: string) => string) {
  return base.frauds
    .filter((fraud) => fraud.family === family)
    .flatMap((fraud) => REGISTERS.flatMap((register) => fraud.sayings[register]))
    .filter((saying) => saying.length <= LONGEST_SAYING)
    .map((saying) => ({ id: saying, text: bare(saying) }));
}
