import type { FamilyId, GramWeights, LearnedWeights } from '../domain/index.ts';
import { NOWHERE, SymbolTree } from '../lib/symbol-tree.ts';
import { gramText, LONGEST_GRAM, loudness } from './grams.ts';

/** What the learned part says of one message, in points as the regression gives them (log odds). */
export interface LearnedOpinion {
  readonly risk: number;
  readonly families: ReadonlyMap<FamilyId, number>;
  /** The grams that weighed most for fraud, strongest first, for the explanation. */
  readonly strongest: readonly string[];
}

const MOST_NAMED = 5;

/**
 * Puts all models into one table: a gram's weights stand side by side in the row of its state, so that a gram is looked
 * up once for all of them. The scratch arrays make the function not reentrant.
 */
export function createLearned(weights: LearnedWeights): (text: string) => LearnedOpinion {
  const names = Object.keys(weights.families) as FamilyId[];
  const models: readonly GramWeights[] = [weights.risk, ...names.map((name) => weights.families[name] as GramWeights)];
  const width = models.length;
  const tree = new SymbolTree();
  for (const model of models) for (const gram of Object.keys(model.grams)) tree.growWord(gram);
  const table = new Float32Array(tree.states * width);
  models.forEach((model, m) => {
    for (const [gram, weight] of Object.entries(model.grams))
      table[tree.growWord(gram) * width + m] = weight * model.scale;
  });
  const metIn = new Int32Array(tree.states);
  const sums = new Float64Array(width);
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
        const row = state * width;
        for (let m = 0; m < width; m += 1) sums[m] = (sums[m] ?? 0) + (table[row + m] ?? 0);
        const weight = table[row] ?? 0;
        if (weight > 0) keepStrongest(forFraud, weight, plain, start, i + 1);
      }
    }
    const loud = loudness(plain);
    const value = (m: number): number => (sums[m] ?? 0) / loud + (models[m]?.bias ?? 0);
    return {
      risk: value(0),
      families: new Map(names.map((name, i) => [name, value(i + 1)])),
      strongest: forFraud.map((one) => one.gram),
    };
  };
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
