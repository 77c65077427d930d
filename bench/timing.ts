/** What many durations come to. Everything in milliseconds but the counts. */
export interface Summary {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly most: number;
  readonly mean: number;
  /** How many fit into one second, one after the other. */
  readonly perSecond: number;
}

/** Work to be timed: one step over many inputs. */
export interface Work {
  readonly name: string;
  readonly size: number;
  /** Runs `count` inputs from `first` on, each by itself. Milliseconds, in their order. */
  run(first: number, count: number): Float64Array;
}

/** Where the last result goes, so that no engine may leave out work whose result nobody reads. */
export let kept: unknown;

export function work<Input>(name: string, inputs: readonly Input[], step: (input: Input) => unknown): Work {
  const run = (first: number, count: number): Float64Array =>
    Float64Array.from(inputs.slice(first, first + count), (input) => {
      const started = performance.now();
      kept = step(input);
      return performance.now() - started;
    });
  return { name, size: inputs.length, run };
}

/** How many inputs each work runs unmeasured first, so that the engine has compiled what it will. */
const WARM_UP = 500;
/** How many inputs a work runs before it is the next one's turn. */
const TURN = 250;

/**
 * Times all inputs of each work, `rounds` times. The works take turns, so that noise from other programs falls on all
 * of them alike and they can be compared. One summary for each work, in their order.
 */
export function timeInTurns(works: readonly Work[], rounds: number): readonly Summary[] {
  for (const one of works) one.run(0, WARM_UP);
  const longest = Math.max(0, ...works.map((one) => one.size));
  const durations = works.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1)
    for (let first = 0; first < longest; first += TURN)
      works.forEach((one, i) => durations[i]?.push(...one.run(first, TURN)));
  return durations.map(summarise);
}

export function summarise(durations: readonly number[]): Summary {
  const sorted = Float64Array.from(durations).sort();
  const total = sorted.reduce((sum, one) => sum + one, 0);
  const mean = sorted.length === 0 ? 0 : total / sorted.length;
  return {
    count: sorted.length,
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    most: sorted.at(-1) ?? 0,
    mean,
    perSecond: mean === 0 ? 0 : 1_000 / mean,
  };
}

/** The nearest-rank percentile of a sorted list; `share` between 0 and 1. Zero for an empty list. */
function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
