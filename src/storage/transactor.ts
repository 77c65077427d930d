import type { Engine } from './engine.ts';
import { groupCommit, type Work } from './group-commit.ts';
import { patiently } from './patience.ts';

/** So long a message may wait for another process before it is refused. Milliseconds. */
const LONGEST = 3_000;

/** PostgreSQL lets several transactions run at once and gathers their commits itself; SQLite runs one after the other. */
export function transactor({ db, name, where }: Engine): <Result>(work: Work<Result>) => Promise<Result> {
  const alone = <Result>(work: Work<Result>, waited = 0): Promise<Result> =>
    patiently(where, () => db.transaction().execute(work), LONGEST - waited);
  return name === 'sqlite' ? groupCommit(alone) : (work) => alone(work);
}
