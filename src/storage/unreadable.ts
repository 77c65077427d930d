import type { Log } from '../lib/log.ts';
import { StorageFault } from './faults.ts';
import type { SealedTable } from './secrets.ts';

/** Tells the operator that rows cannot be read. Neither what they hold nor whose they are is in it. */
export type TellUnreadable = (table: SealedTable, count: number) => void;

export function unreadableRows(log: Log | undefined): TellUnreadable {
  return (table, count) =>
    log?.error(
      { table, count, code: 'damaged' },
      '数据库里有读不出来的行，放到一边了，别的照常。怎么改：多起来就用备份恢复',
    );
}

/** What `unseal` gives; `undefined` for a row that was damaged, which must not hold up the rows beside it. */
export function ifReadable<Content>(unseal: () => unknown): Content | undefined {
  try {
    return unseal() as Content;
  } catch (error) {
    if (error instanceof StorageFault && error.code === 'damaged') return undefined;
    throw error;
  }
}
