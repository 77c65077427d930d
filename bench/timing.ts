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

/** Does one piece of work for a message and notes how long it took under its name. */
export type Time = <Result>(name: string, piece: () => Result) => Result;

/** What is done with each text; what is not handed to `time` is not measured. */
export type Work = (text: string, time: Time) => void;

/** How many texts each work goes through unmeasured first, so that the engine has compiled what it will. */
const WARM_UP = 500;
/** How many texts a work goes through before it is the next one's turn. */
const TURN = 250;

/**
 * Takes each work through all texts, `rounds` times. The works take turns, so that noise from other programs falls on all
 * of them alike and they can be compared. For each work the summaries of its pieces by name.
 */
export function timeInTurns(
  works: readonly Work[],
  texts: readonly string[],
  rounds: number,
): readonly ReadonlyMap<string, Summary>[] {
  const noted = works.map(() => new Map<string, number[]>());
  for (const work of works) for (const text of texts.slice(0, WARM_UP)) work(text, noting(new Map()));
  for (let round = 0; round < rounds; round += 1)
    for (let first = 0; first < texts.length; first += TURN)
      works.forEach((work, i) => {
        const time = noting(noted[i] ?? new Map());
        for (const text of texts.slice(first, first + TURN)) work(text, time);
      });
  return noted.map((pieces) => new Map([...pieces].map(([name, durations]) => [name, summarise(durations)])));
}

/** Durations in milliseconds go to the end of the list of their name. */
function noting(noted: Map<string, number[]>): Time {
  return (name, piece) => {
    const started = performance.now();
    const result = piece();
    const duration = performance.now() - started;
    const durations = noted.get(name);
    if (durations) durations.push(duration);
    else noted.set(name, [duration]);
    return result;
  };
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
