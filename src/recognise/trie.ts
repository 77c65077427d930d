import { NOWHERE, SymbolTree } from '../lib/symbol-tree.ts';

/** Words in one tree; a walk reports every word that begins at every place of a text. */
export interface Trie {
  readonly words: number;
  walk(text: string, found: (values: readonly number[], start: number, end: number) => void): void;
}

export function createTrie(values: ReadonlyMap<string, readonly number[]>): Trie {
  const tree = new SymbolTree();
  const byState: (readonly number[] | undefined)[] = [];
  for (const [word, value] of values) byState[tree.growWord(word)] = value;
  const ends = Array.from({ length: tree.states }, (_, state) => byState[state]);
  return {
    words: values.size,
    walk(text, found) {
      for (let start = 0; start < text.length; start += 1) {
        let state = 0;
        for (let i = start; i < text.length; i += 1) {
          state = tree.step(state, text.charCodeAt(i));
          if (state === NOWHERE) break;
          const value = ends[state];
          if (value) found(value, start, i + 1);
        }
      }
    },
  };
}
