import { NOWHERE, SymbolTree } from '../lib/symbol-tree.ts';

/** Words in one tree; a walk reports every word that begins at every place of a text. */
export interface Trie<Value> {
  readonly words: number;
  walk(text: string, found: (value: Value, start: number, end: number) => void): void;
}

export function createTrie<Value>(values: ReadonlyMap<string, Value>): Trie<Value> {
  const tree = new SymbolTree();
  const byState: Value[] = [];
  for (const [word, value] of values) byState[tree.growWord(word)] = value;
  const ends = Array.from({ length: tree.states }, (_, state): Value | undefined => byState[state]);
  return {
    words: values.size,
    walk(text, found) {
      for (let start = 0; start < text.length; start += 1) {
        let state = 0;
        for (let i = start; i < text.length; i += 1) {
          state = tree.step(state, text.charCodeAt(i));
          if (state === NOWHERE) break;
          const value = ends[state];
          if (value !== undefined) found(value, start, i + 1);
        }
      }
    },
  };
}
