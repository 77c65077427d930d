import type { Config } from '../config/index.ts';
import { loadKnowledge } from '../knowledge/index.ts';
import { dayOf, systemClock } from '../lib/clock.ts';
import { FIRST_DAY, studyTable } from '../office/index.ts';
import { putOut } from './put-out.ts';
import { withUpkeep } from './with-upkeep.ts';

const HEADLINE = '没有列出学习情况';

/** Tuesday's study by lesson and unit: sums that name nobody. */
export async function study({ out }: { readonly out?: string }, config: Config): Promise<void> {
  const { lessons } = await loadKnowledge(config.knowledgeDir, config.campaign);
  const totals = await withUpkeep(HEADLINE, config, ({ campaign }) => campaign.totals(FIRST_DAY, dayOf(systemClock())));
  await putOut(studyTable(totals, { units: config.campaign.units, lessons }), out, HEADLINE);
}
