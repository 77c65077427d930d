/** Runs `work` after everything that was given before under the same key; different keys do not wait for each other. */
export type Lanes = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;

export function createLanes(): Lanes {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    const settled: Promise<void> = mine.then(done, done);
    last.set(key, settled);
    function done(): void {
      if (last.get(key) === settled) last.delete(key);
    }
    return mine;
  };
}
