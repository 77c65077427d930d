import type { Engine } from './engine.ts';
import { groupCommit, type Work } from './group-commit.ts';
import { patiently } from './patience.ts';

/** PostgreSQL lets several transactions run at once and gathers their commits itself; SQLite runs one after the other. */
export function transactor({ db, name, where }: Engine): <Result>(work: Work<Result>) => Promise<Result> {
  const alone = <Result>(work: Work<Result>): Promise<Result> => patiently(where, () => db.transaction().execute(work));
  return name === 'sqlite' ? groupCommit(alone) : alone;
}
