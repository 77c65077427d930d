import type { Lexicon, Piece } from '../knowledge/index.ts';

/** Word sets by what they contain: equal sets share one number, whatever slot or alternative they came from. */
export function createWordSets(fold: (word: string) => string) {
  const ids = new Map<string, number>();
  const byWord = new Map<string, number[]>();
  const byBuiltIn = new Map<string, number[]>();
  const idByPiece = new WeakMap<Lexicon, Map<string, number>>();

  const idOf = (piece: Piece, lexicon: Lexicon): number => {
    const cacheKey = JSON.stringify(piece.choices);
    const cache = idByPiece.get(lexicon) ?? new Map<string, number>();
    idByPiece.set(lexicon, cache);
    const cached = cache.get(cacheKey);
    if (cached !== undefined) return cached;
    const words = new Set<string>();
    const builtIn = new Set<string>();
    for (const choice of piece.choices) {
      if ('word' in choice) words.add(fold(choice.word));
      else {
        const slot = lexicon.expand(choice.slot);
        for (const word of slot.words) words.add(fold(word));
        for (const name of slot.builtIn) builtIn.add(name);
      }
    }
    words.delete('');
    const key = `${[...words].sort().join('\n')}\0${[...builtIn].sort().join('\n')}`;
    let id = ids.get(key);
    if (id === undefined) {
      id = ids.size;
      ids.set(key, id);
      for (const word of words) note(byWord, word, id);
      for (const name of builtIn) note(byBuiltIn, name, id);
    }
    cache.set(cacheKey, id);
    return id;
  };
  return {
    idOf,
    byWord: byWord as ReadonlyMap<string, readonly number[]>,
    byBuiltIn: byBuiltIn as ReadonlyMap<string, readonly number[]>,
    count: () => ids.size,
  };
}

function note(lists: Map<string, number[]>, key: string, id: number): void {
  const list = lists.get(key);
  if (list) list.push(id);
  else lists.set(key, [id]);
}
