import type { FamilyId, GramWeights, LearnedWeights } from '../domain/index.ts';
import { gramsOf } from './grams.ts';

/** What the learned part says of one message, in points as the regression gives them (log odds). */
export interface LearnedOpinion {
  readonly risk: number;
  readonly families: ReadonlyMap<FamilyId, number>;
  /** The grams that weighed most for fraud, strongest first, for the explanation. */
  readonly strongest: readonly string[];
}

const MOST_NAMED = 5;

/** Puts all models into one table, so that each gram of a message is looked up once. */
export function createLearned(weights: LearnedWeights): (text: string) => LearnedOpinion {
  const names = Object.keys(weights.families) as FamilyId[];
  const models: readonly GramWeights[] = [weights.risk, ...names.map((name) => weights.families[name] as GramWeights)];
  const table = new Map<string, Float32Array>();
  models.forEach((model, m) => {
    for (const [gram, weight] of Object.entries(model.grams)) {
      const row = table.get(gram) ?? new Float32Array(models.length);
      row[m] = weight * model.scale;
      table.set(gram, row);
    }
  });

  return (text) => {
    const grams = gramsOf(text);
    const sums = new Float64Array(models.length);
    const forFraud: { gram: string; weight: number }[] = [];
    for (const gram of grams) {
      const row = table.get(gram);
      if (!row) continue;
      for (let m = 0; m < row.length; m += 1) sums[m] = (sums[m] ?? 0) + (row[m] ?? 0);
      if ((row[0] ?? 0) > 0) forFraud.push({ gram, weight: row[0] ?? 0 });
    }
    const value = (m: number): number => (sums[m] ?? 0) / Math.sqrt(grams.size || 1) + (models[m]?.bias ?? 0);
    forFraud.sort((a, b) => b.weight - a.weight);
    return {
      risk: value(0),
      families: new Map(names.map((name, i) => [name, value(i + 1)])),
      strongest: forFraud.slice(0, MOST_NAMED).map((one) => one.gram),
    };
  };
}
