import type { KnowledgeBase, NormalisedText } from '../domain/index.ts';
import { dropReadings } from './bracket-pinyin.ts';
import { restoreDigits } from './digits.ts';
import { removeFillers } from './fillers.ts';
import { fold } from './fold.ts';
import { createHomophones } from './homophones.ts';
import { type Edit, rewrite, type Trail } from './trail.ts';
import { createVariants } from './variants.ts';

/** What is read of a very long message: its beginning and its end, in UTF-16 units. Demands stand at the end. */
const HEAD = 1_500;
const TAIL = 500;

export type Normalise = (original: string) => NormalisedText;

/** Builds the normaliser for one knowledge base: `words` are the words towards which homophones are repaired. */
export function createNormalise(base: KnowledgeBase, words: Iterable<string>): Normalise {
  const variants = createVariants(base.variants, base.keep);
  const homophones = createHomophones(words, base.keep);
  return (original) => {
    const folded = dropUnread(fold(original));
    const bare = apply(apply(folded, dropReadings), restoreDigits);
    const spelt = apply(apply(apply(bare, variants), removeFillers), variants);
    const repaired = apply(spelt, homophones);
    const evasive = repaired.text !== spelt.text || hidden(bare.text, spelt.text);
    return { original, text: repaired.text, map: repaired.map, evasive };
  };
}

function apply(trail: Trail, step: (text: string) => readonly Edit[]): Trail {
  return rewrite(trail, step(trail.text));
}

function dropUnread(trail: Trail): Trail {
  const length = trail.text.length;
  return length <= HEAD + TAIL ? trail : rewrite(trail, [{ start: HEAD, end: length - TAIL, to: '\n' }]);
}

/** Characters that had been put in or swapped: more than a stray blank. */
function hidden(before: string, after: string): boolean {
  const letters = (text: string): string => text.replace(/[\s]/g, '');
  return letters(before) !== letters(after);
}
