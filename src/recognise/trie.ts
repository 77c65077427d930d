import { NOWHERE, SymbolTree } from '../lib/symbol-tree.ts';

/** Words in one tree; a walk reports the number of every word that begins at every place of a text. */
export interface Trie {
  readonly words: number;
  walk(text: string, found: (value: number, start: number, end: number) => void): void;
}

/** @param values what is reported for each word: a number from 0 up */
export function createTrie(values: ReadonlyMap<string, number>): Trie {
  const tree = new SymbolTree();
  const states = [...values].map(([word, value]) => ({ state: tree.growWord(word), value }));
  const ends = new Int32Array(tree.states).fill(NO_WORD);
  for (const { state, value } of states) ends[state] = value;
  return {
    words: values.size,
    walk(text, found) {
      for (let start = 0; start < text.length; start += 1) {
        let state = 0;
        for (let i = start; i < text.length; i += 1) {
          state = tree.step(state, text.charCodeAt(i));
          if (state === NOWHERE) break;
          const value = ends[state] ?? NO_WORD;
          if (value !== NO_WORD) found(value, start, i + 1);
        }
      }
    },
  };
}

const NO_WORD = -1;
