/** One example: the numbers of its features, whether it belongs to the class, and how much it counts. */
export interface Example {
  readonly features: Int32Array;
  /** What its features are divided by: at least the root of their number, so that a vector is no longer than 1. */
  readonly loudness: number;
  readonly positive: boolean;
  readonly weight: number;
}

export interface LinearModel {
  readonly bias: number;
  readonly weights: Float64Array;
}

/**
 * Logistic regression on sparse yes-or-no features: a feature has the value 1/loudness of its example, so that long
 * messages do not shout. Trained by dual coordinate descent (Yu, Huang and Lin, Machine Learning 85, 2011), which
 * needs no learning rate; the order of examples is a fixed shuffle, hence the same input gives the same model.
 *
 * @param cost how dearly an error is paid against large weights (C); larger follows the examples more closely
 */
export function trainLogistic(examples: readonly Example[], features: number, cost: number, rounds = 30): LinearModel {
  const weights = new Float64Array(features + 1);
  const alphas = examples.map((one) => initialAlpha(cost * one.weight));
  const order = fixedShuffle(examples.length);
  const addTo = (example: Example, amount: number): void => {
    const value = amount / example.loudness;
    for (const feature of example.features) weights[feature] = (weights[feature] ?? 0) + value;
    weights[features] = (weights[features] ?? 0) + amount;
  };
  examples.forEach((example, i) => addTo(example, (example.positive ? 1 : -1) * (alphas[i] ?? 0)));

  for (let round = 0; round < rounds; round += 1) {
    for (const i of order) {
      const example = examples[i];
      if (!example) continue;
      const sign = example.positive ? 1 : -1;
      const upper = cost * example.weight;
      const before = alphas[i] ?? 0;
      const after = newton(before, sign * marginOf(example, weights, features), upper);
      if (Math.abs(after - before) < 1e-9) continue;
      alphas[i] = after;
      addTo(example, sign * (after - before));
    }
  }
  return { bias: weights[features] ?? 0, weights: weights.subarray(0, features) };
}

function marginOf(example: Example, weights: Float64Array, bias: number): number {
  let sum = 0;
  for (const feature of example.features) sum += weights[feature] ?? 0;
  return sum / example.loudness + (weights[bias] ?? 0);
}

const initialAlpha = (upper: number): number => Math.min(upper * 0.001, 1e-8);

/** |x|² of an example: at most 1 for its features, and 1 for the bias. */
const SQUARED_LENGTH = 2;
const NEWTON_STEPS = 10;

/** Minimises the dual in one variable: keeps α strictly between 0 and `upper`. */
function newton(alpha: number, margin: number, upper: number): number {
  let next = alpha;
  for (let step = 0; step < NEWTON_STEPS; step += 1) {
    const gradient = SQUARED_LENGTH * (next - alpha) + margin + Math.log(next / (upper - next));
    const curvature = SQUARED_LENGTH + upper / (next * (upper - next));
    let moved = next - gradient / curvature;
    if (moved <= 0) moved = next * 0.1;
    if (moved >= upper) moved = upper - (upper - next) * 0.1;
    if (Math.abs(moved - next) < 1e-10) return moved;
    next = moved;
  }
  return next;
}

/** A permutation that is always the same for one length: a linear congruential generator (Numerical Recipes). */
function fixedShuffle(length: number): Int32Array {
  const order = Int32Array.from({ length }, (_, i) => i);
  let state = 12_345;
  for (let i = length - 1; i > 0; i -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const k = state % (i + 1);
    [order[i], order[k]] = [order[k] ?? 0, order[i] ?? 0];
  }
  return order;
}
