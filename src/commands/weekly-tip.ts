import { isReviewed, mondayOf } from '../campaign/index.ts';
import type { Config } from '../config/index.ts';
import { type Fault, type Fraud, type KnowledgeBase, OperatorFault } from '../domain/index.ts';
import { loadKnowledge } from '../knowledge/index.ts';
import { DAY, dayOf, systemClock } from '../lib/clock.ts';
import { dayFrom } from './days.ts';
import { knownFraud } from './known-fraud.ts';
import { withUpkeep } from './with-upkeep.ts';

export interface WeeklyTipOptions {
  readonly clear?: boolean;
  readonly week?: string;
}

const HEADLINE = '本周一条没有改';

/** The office says which fraud the tip of a week is about; without an id it tells what is chosen. */
export async function weeklyTip(id: string | undefined, options: WeeklyTipOptions, config: Config): Promise<void> {
  const thisWeek = mondayOf(systemClock());
  const monday = options.week === undefined ? thisWeek : weekFrom(options.week, thisWeek);
  const week = `${monday} 到 ${dayOf(beginning(monday) + 6 * DAY)}`;
  if (options.clear) {
    if (id !== undefined) throw fault({ where: id, what: '写了编号又写 --clear', cure: '只留一个' });
    await withUpkeep(HEADLINE, config, ({ campaign }) => campaign.chooseTip(monday, undefined));
    console.log(`${week}：不再指定，由机器人选前七天问得最多的。`);
    return;
  }
  const base = await loadKnowledge(config.knowledgeDir, config.campaign);
  if (id === undefined) {
    const chosen = await withUpkeep(HEADLINE, config, ({ campaign }) => campaign.chosenTip(monday));
    const name = base.frauds.find((fraud) => fraud.id === chosen)?.name ?? chosen;
    console.log(
      chosen === undefined
        ? `${week}：没有指定，由机器人选前七天问得最多的。`
        : `${week}：指定了“${name}”（${chosen}）。`,
    );
    return;
  }
  const fraud = reviewedFraud(id, base);
  await withUpkeep(HEADLINE, config, ({ campaign }) => campaign.chooseTip(monday, fraud.id));
  console.log(`${week}：讲“${fraud.name}”。\n\n${fraud.tip.group}\n\n这一周已经发出去的，不会再发一次。`);
}

function weekFrom(text: string, thisWeek: string): string {
  const day = dayFrom(text, '--week', HEADLINE);
  const monday = mondayOf(beginning(day));
  if (day !== monday) throw fault({ where: `--week ${day}`, what: '不是星期一', cure: `写那一周的星期一：${monday}` });
  if (day < thisWeek) throw fault({ where: `--week ${day}`, what: '这一周已经过了', cure: `写 ${thisWeek} 或以后的` });
  return day;
}

/** When a day begins in Asia/Shanghai. */
function beginning(day: string): number {
  return Date.parse(`${day}T00:00:00+08:00`);
}

function reviewedFraud(id: string, base: KnowledgeBase): Fraud {
  const fraud = knownFraud(base, id);
  if (isReviewed(fraud, systemClock())) return fraud;
  throw fault({
    where: `frauds/${fraud.id}.yml`,
    what: '还没有人核对过，不能发',
    cure: '核对内容，在 reviewed 里写上谁、哪一天',
  });
}

function fault(one: Fault): OperatorFault {
  return new OperatorFault(HEADLINE, [one]);
}
