/** Words in one tree; a walk reports every word that begins at every place of a text. */
export interface Trie {
  readonly words: number;
  walk(text: string, found: (values: readonly number[], start: number, end: number) => void): void;
}

/** One map holds all steps, keyed by state and character: cheap to build, and a miss costs one look-up. */
export function createTrie(values: ReadonlyMap<string, readonly number[]>): Trie {
  const steps = new Map<number, number>();
  const ends = new Map<number, readonly number[]>();
  let states = 1;
  for (const [word, value] of values) {
    let state = 0;
    for (let i = 0; i < word.length; i += 1) {
      const key = keyOf(state, word.charCodeAt(i));
      let next = steps.get(key);
      if (next === undefined) {
        next = states;
        states += 1;
        steps.set(key, next);
      }
      state = next;
    }
    ends.set(state, value);
  }
  return {
    words: values.size,
    walk(text, found) {
      for (let start = 0; start < text.length; start += 1) {
        let state: number | undefined = 0;
        for (let i = start; i < text.length; i += 1) {
          state = steps.get(keyOf(state, text.charCodeAt(i)));
          if (state === undefined) break;
          const value = ends.get(state);
          if (value) found(value, start, i + 1);
        }
      }
    },
  };
}

const UNITS = 0x10000;

function keyOf(state: number, unit: number): number {
  return state * UNITS + unit;
}
