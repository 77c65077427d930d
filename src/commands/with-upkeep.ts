import type { Config } from '../config/index.ts';
import { OperatorFault } from '../domain/index.ts';
import { systemClock } from '../lib/clock.ts';
import { openForUpkeep, StorageFault, type Upkeep } from '../storage/index.ts';

/** Opens the database beside a running bot. A fault of it comes out as an operator's sentence under the headline. */
export async function withUpkeep<Result>(
  headline: string,
  config: Config,
  work: (upkeep: Upkeep) => Promise<Result>,
): Promise<Result> {
  try {
    const upkeep = await openForUpkeep({ ...config, now: systemClock });
    try {
      return await work(upkeep);
    } finally {
      await upkeep.close();
    }
  } catch (error) {
    throw error instanceof StorageFault ? new OperatorFault(headline, [error.fault]) : error;
  }
}
