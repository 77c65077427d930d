import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NOWHERE, SymbolTree } from '../../src/lib/symbol-tree.ts';

const word = fc.string({ minLength: 1, maxLength: 5, unit: fc.constantFrom(...'转账户安全保金码') });

function stateOf(tree: SymbolTree, text: string): number {
  let state = 0;
  for (let i = 0; i < text.length && state !== NOWHERE; i += 1) state = tree.step(state, text.charCodeAt(i));
  return state;
}

test('every word that was grown leads to a state of its own, and nothing else leads anywhere', () => {
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 400 }), fc.array(word, { maxLength: 50 }), (words, others) => {
      const tree = new SymbolTree();
      const states = words.map((one) => tree.growWord(one));
      expect(new Set(states).size).toBe(words.length);
      expect(words.map((one) => stateOf(tree, one))).toEqual(states);
      for (const other of others)
        expect(stateOf(tree, other) !== NOWHERE).toBe(words.some((one) => one.startsWith(other)));
    }),
    { seed: 11, numRuns: 60 },
  );
});

test('growing the same word twice grows nothing', () => {
  const tree = new SymbolTree();
  tree.growWord('安全账户');
  const { states } = tree;
  tree.growWord('安全账户');
  expect(tree.states).toBe(states);
});
