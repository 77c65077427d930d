import type { FamilyId, GramWeights, LearnedWeights } from '../domain/index.ts';
import { NOWHERE, SymbolTree } from '../lib/symbol-tree.ts';
import { gramText, LONGEST_GRAM, loudness } from './grams.ts';

/** What the learned part says of one message, in points as the regression gives them (log odds). */
export interface LearnedOpinion {
  readonly risk: number;
  /** That something has already happened to the sender or his family. */
  readonly happened: number;
  /** That he asks for knowledge. */
  readonly asks: number;
  /** For each knowledge file the odds that it is this fraud, given that it is one. */
  readonly entries: readonly EntryOdds[];
  /** The grams that weighed most for fraud, strongest first, for the explanation. */
  readonly strongest: readonly string[];
}

export interface EntryOdds {
  readonly entry: string;
  readonly family: FamilyId;
  readonly odds: number;
}

const MOST_NAMED = 5;

/**
 * `families` tells to which family each knowledge file belongs; weights for a file that is gone are left out. The function
 * is not reentrant: what it counts with is reused from message to message.
 */
export function createLearned(
  weights: LearnedWeights,
  families: ReadonlyMap<string, FamilyId>,
): (text: string) => LearnedOpinion {
  const known = Object.entries(weights.entries).flatMap(([entry, model]) => {
    const family = families.get(entry);
    return family ? [{ entry, family, model }] : [];
  });
  const { happened, asks } = weights.intents;
  const models: readonly GramWeights[] = [weights.risk, happened, asks, ...known.map((one) => one.model)];
  // what the function below needs of them, so that the words themselves can go
  const biases = models.map((model) => model.bias);
  const names = known.map(({ entry, family }) => ({ entry, family }));
  const { tree, first, pairs } = layOut(models);
  const metIn = new Int32Array(tree.states);
  const sums = new Float64Array(biases.length);
  let message = 0;

  return (text) => {
    const plain = gramText(text);
    message += 1;
    sums.fill(0);
    const forFraud: { gram: string; weight: number }[] = [];
    for (let start = 0; start < plain.length; start += 1) {
      let state = 0;
      for (let i = start; i < plain.length && i < start + LONGEST_GRAM; i += 1) {
        state = tree.step(state, plain.charCodeAt(i));
        if (state === NOWHERE) break;
        if (metIn[state] === message) continue;
        metIn[state] = message;
        const from = first[state] ?? 0;
        const until = first[state + 1] ?? 0;
        for (let k = from; k < until; k += 2) {
          const m = pairs[k] ?? 0;
          sums[m] = (sums[m] ?? 0) + (pairs[k + 1] ?? 0);
        }
        const risk = from < until && pairs[from] === RISK ? (pairs[from + 1] ?? 0) : 0;
        if (risk > 0) keepStrongest(forFraud, risk, plain, start, i + 1);
      }
    }
    const loud = loudness(plain);
    const value = (m: number): number => (sums[m] ?? 0) / loud + (biases[m] ?? 0);
    return {
      risk: value(RISK),
      happened: value(HAPPENED),
      asks: value(ASKS),
      entries: names.map(({ entry, family }, i) => ({ entry, family, odds: value(i + FIRST_ENTRY) })),
      strongest: forFraud.map((one) => one.gram),
    };
  };
}

/** The places of the models: fraud against harmless, the intents, then one for each knowledge file. */
const RISK = 0;
const HAPPENED = 1;
const ASKS = 2;
const FIRST_ENTRY = 3;

/**
 * All models side by side, so that each gram of a message is looked up once: what the gram that ends in state `s` is worth
 * stands from `first[s]` up to `first[s + 1]`, in pairs of a model's number and its weight.
 */
function layOut(models: readonly GramWeights[]) {
  const tree = new SymbolTree();
  const rows: number[][] = [];
  models.forEach(({ grams, scale }, model) => {
    for (const [gram, weight] of Object.entries(grams)) {
      const state = tree.growWord(gram);
      const row = rows[state];
      if (row) row.push(model, weight * scale);
      else rows[state] = [model, weight * scale];
    }
  });
  const all = Array.from({ length: tree.states }, (_, state) => rows[state] ?? []);
  const first = new Int32Array(tree.states + 1);
  all.forEach((row, state) => {
    first[state + 1] = (first[state] ?? 0) + row.length;
  });
  return { tree, first, pairs: Float32Array.from(all.flat()) };
}

/** Keeps the few heaviest in order; among equals the one met first stays before the other. */
function keepStrongest(
  kept: { gram: string; weight: number }[],
  weight: number,
  text: string,
  start: number,
  end: number,
): void {
  if (kept.length === MOST_NAMED && weight <= (kept[MOST_NAMED - 1]?.weight ?? 0)) return;
  const at = kept.findIndex((one) => weight > one.weight);
  kept.splice(at < 0 ? kept.length : at, 0, { gram: text.slice(start, end), weight });
  if (kept.length > MOST_NAMED) kept.pop();
}
