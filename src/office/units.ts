import type { CampaignTotal } from '../campaign/index.ts';
import { byName } from './table.ts';

/** Stands for those who have not told to which unit they belong. Always the last row. */
const NO_UNIT = '未填单位';

/**
 * Every configured unit, also without anything, then units that are in the log and no longer configured, by name; at the
 * end '' for those without one.
 */
export function unitsOf(configured: readonly string[], totals: readonly CampaignTotal[]): readonly string[] {
  const found = totals.map((total) => total.unit).filter((unit) => unit !== '');
  return [...[...new Set([...configured, ...found])].sort(byName), ''];
}

/** @param unit as it stands in the log */
export function unitName(unit: string): string {
  return unit === '' ? NO_UNIT : unit;
}
