import type { Config } from './config/index.ts';
import { dayOf, systemClock } from './lib/clock.ts';
import type { Imprint } from './pictures/index.ts';

/** What stands on everything that is printed today. */
export function imprintOf({ county, campaign: { entry, entryUrl } }: Config): Imprint {
  return { county, entry, entryUrl, date: dayOf(systemClock()) };
}
