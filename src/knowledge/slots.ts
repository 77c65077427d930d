import { BUILT_IN_SLOTS, END_SLOT, PhraseFault, type Piece, parsePhrase, START_SLOT } from './phrase.ts';

/** The words behind each slot name, with nested slots resolved. Built-in names stay names: `{金额}` has no word list. */
export interface Lexicon {
  /** Words of the slot, and the built-in slots it contains. Throws a PhraseFault for an unknown or circular name. */
  expand(slot: string): { readonly words: readonly string[]; readonly builtIn: readonly string[] };
}

const BUILT_IN: ReadonlySet<string> = new Set([...BUILT_IN_SLOTS, START_SLOT, END_SLOT]);

export function createLexicon(slots: Readonly<Record<string, readonly string[]>>): Lexicon {
  const known = new Map<string, { words: readonly string[]; builtIn: readonly string[] }>();
  const expand = (slot: string, path: readonly string[]): { words: readonly string[]; builtIn: readonly string[] } => {
    if (BUILT_IN.has(slot)) return { words: [], builtIn: [slot] };
    const done = known.get(slot);
    if (done) return done;
    if (path.includes(slot))
      throw new PhraseFault(`词表 {${slot}} 转了一圈又用到自己`, `从 ${path.join(' → ')} 里去掉一处`);
    const list = slots[slot];
    if (!list)
      throw new PhraseFault(`没有叫 {${slot}} 的词表`, `在 slots.yml 里加上它，或改成已有的：${nearby(slot, slots)}`);
    const words: string[] = [];
    const builtIn: string[] = [];
    for (const item of list) {
      const inner = /^\{([^{}]+)\}$/.exec(item)?.[1];
      if (inner === undefined) {
        words.push(item);
        continue;
      }
      const nested = expand(inner, [...path, slot]);
      words.push(...nested.words);
      builtIn.push(...nested.builtIn);
    }
    const result = { words: [...new Set(words)], builtIn: [...new Set(builtIn)] };
    known.set(slot, result);
    return result;
  };
  return { expand: (slot) => expand(slot, []) };
}

function nearby(slot: string, slots: Readonly<Record<string, unknown>>): string {
  const similar = Object.keys(slots).filter((name) => [...name].some((char) => slot.includes(char)));
  return (similar.length > 0 ? similar : Object.keys(slots)).slice(0, 8).join('、');
}

/** Parses a phrase and makes sure that every slot in it exists and that it does not light up everywhere. */
export function parseWithSlots(phrase: string, lexicon: Lexicon): readonly (readonly Piece[])[] {
  const variants = parsePhrase(phrase);
  for (const pieces of variants) {
    const [only] = pieces;
    if (pieces.length === 1 && only && tooWide(only, lexicon)) {
      throw new PhraseFault(`短语“${phrase}”太宽，到处都会碰上`, '单独用的词至少两个字；一个字的词要和别的词连用');
    }
    for (const piece of pieces) for (const choice of piece.choices) if ('slot' in choice) lexicon.expand(choice.slot);
  }
  return variants;
}

function tooWide(piece: Piece, lexicon: Lexicon): boolean {
  return piece.choices.some((choice) => {
    if ('word' in choice) return [...choice.word].length < 2;
    const { words, builtIn } = lexicon.expand(choice.slot);
    return builtIn.length > 0 || words.some((word) => [...word].length < 2);
  });
}
