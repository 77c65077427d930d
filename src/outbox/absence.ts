import { SECOND } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';

const FIRST_PAUSE = SECOND / 10;
const LONGEST_PAUSE = 5 * SECOND;

/** Keeps account of a store that does not answer: one line when it is gone, one when it is back. */
export interface Absence {
  /** Tells how long to wait before the next try, milliseconds; `failures`: how often in a row it failed. */
  noticed(fault: unknown, failures: number): number;
  over(): void;
}

export function createAbsence(log: Log): Absence {
  let absent = false;
  return {
    noticed(fault, failures) {
      if (!absent)
        log.error({ fault: briefly(fault) }, '数据库不回应。回复先留着，好了自动接着送。怎么改：看数据库和磁盘');
      absent = true;
      return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1));
    },
    over() {
      if (absent) log.info('数据库好了，接着送');
      absent = false;
    },
  };
}

/** Faults whose message is a sentence for the operator, with the cure; the second is the storage room's own. */
const SENTENCES = ['OperatorFault', 'StorageFault'];

/** Of any other fault only the bare code: a database may quote a row in its message. */
function briefly(fault: unknown): string {
  if (!(fault instanceof Error)) return 'unknown';
  if (SENTENCES.includes(fault.name)) return fault.message;
  return 'code' in fault && typeof fault.code === 'string' ? fault.code : fault.name;
}
