import { setTimeout as pause } from 'node:timers/promises';

/** Resolves after `ms`. Rejects as soon as the signal says stop. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (ms > 0) await pause(ms, undefined, { signal });
}

/** Resolves with the promise, or after `ms` without it. */
export async function atMost(ms: number, promise: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms).unref();
  });
  await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Keeps at least `everyMs` between the beginnings of something; the first comes at once. */
export class Pace {
  readonly #everyMs: number;
  #last = Number.NEGATIVE_INFINITY;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  async turn(signal: AbortSignal): Promise<void> {
    await wait(this.#last + this.#everyMs - performance.now(), signal);
    this.#last = performance.now();
  }
}

/** Waits that double from `leastMs` to `mostMs` with every failure, until something went well. */
export class GrowingWait {
  readonly #leastMs: number;
  readonly #mostMs: number;
  #failures = 0;

  constructor(leastMs: number, mostMs: number) {
    this.#leastMs = leastMs;
    this.#mostMs = mostMs;
  }

  /** How long to wait now, after one more failure. */
  next(): number {
    const ms = Math.min(this.#mostMs, this.#leastMs * 2 ** this.#failures);
    this.#failures += 1;
    return ms;
  }

  reset(): void {
    this.#failures = 0;
  }
}
