import {
  type CampaignTotal,
  type NamedAnswer,
  ROLL_CALL_ANSWERS,
  type RollCallAnswer,
  type Tool,
} from '../campaign/index.ts';
import { dayOf } from '../lib/clock.ts';
import { byName, type Table } from './table.ts';
import { unitName, unitsOf } from './units.ts';

export const TOOL_NAMES: Readonly<Record<Tool, string>> = { app: '国家反诈中心APP', jinzhongzhao: '金钟罩' };

export const ANSWER_NAMES: Readonly<Record<RollCallAnswer, string>> = {
  installed: '已装',
  cannot: '不会装',
  unwilling: '不想装',
};

/** Whose counts, and of what. */
export interface RollCallScope {
  readonly units: readonly string[];
  readonly tools: readonly Tool[];
}

/**
 * Answers per unit. No share and no order by figures: rates of installing may neither be examined nor published, and units
 * may not be ranked by them (国办函〔2026〕12号). Whoever changed his mind counts once, with what he answered last.
 */
export function rollCallTable(totals: readonly CampaignTotal[], { units, tools }: RollCallScope): Table {
  const own = totals.filter((total) => total.kind === 'roll-call');
  const counted = tools.flatMap((tool) => ROLL_CALL_ANSWERS.map((answer) => ({ tool, answer })));
  const sum = (about: string, unit?: string): number =>
    own
      .filter((total) => total.about === about && (unit === undefined || total.unit === unit))
      .reduce((all, total) => all + total.amount, 0);
  const row = (name: string, unit?: string) => [
    name,
    ...counted.map(({ tool, answer }) => sum(`${tool}/${answer}`, unit)),
  ];
  return {
    title: '安装情况（自愿、不记名）',
    columns: ['单位', ...counted.map(({ tool, answer }) => `${TOOL_NAMES[tool]} ${ANSWER_NAMES[answer]}`)],
    rows: [...unitsOf(units, own).map((unit) => row(unitName(unit), unit)), row('合计')],
  };
}

/** The list of a unit that keeps one, given with consent, by name. `purpose` stands over it, so that it is not used for more. */
export function namedTable(unit: string, purpose: string, named: readonly NamedAnswer[]): Table {
  const rows = named
    .toSorted((a, b) => byName(a.name, b.name) || byName(a.tool, b.tool))
    .map(({ name, tool, answer, at }) => [name, nameIn(TOOL_NAMES, tool), nameIn(ANSWER_NAMES, answer), dayOf(at)]);
  return { title: `${unit}名单（只用于${purpose}）`, columns: ['姓名', '工具', '回答', '日期'], rows };
}

/** Who of a roster has not answered, in its order. Somebody who stands in it twice needs two answers: names are shared. */
export function missing(roster: readonly string[], named: readonly NamedAnswer[]): readonly string[] {
  const left = timesAnswered(named);
  return roster
    .map((name) => name.trim())
    .filter((name) => {
      if (name === '') return false;
      const times = left.get(bareName(name)) ?? 0;
      left.set(bareName(name), times - 1);
      return times <= 0;
    });
}

/** Who has answered and does not stand in the roster: a slip of the pen, or somebody of another unit. By name. */
export function unlisted(roster: readonly string[], named: readonly NamedAnswer[]): readonly string[] {
  const listed = new Set(roster.map(bareName));
  return [...new Set(named.map((one) => one.name.trim()))].filter((name) => !listed.has(bareName(name))).sort(byName);
}

/** By name: one row per person and tool, so several people of one name show in the tool that most of them answered about. */
function timesAnswered(named: readonly NamedAnswer[]): Map<string, number> {
  const byTool = new Map<string, Map<string, number>>();
  for (const { name, tool } of named) {
    const times = byTool.get(tool) ?? new Map<string, number>();
    times.set(bareName(name), (times.get(bareName(name)) ?? 0) + 1);
    byTool.set(tool, times);
  }
  const most = new Map<string, number>();
  for (const times of byTool.values())
    for (const [name, count] of times) most.set(name, Math.max(most.get(name) ?? 0, count));
  return most;
}

/** 张 三, 张　三 and 张三 are one name, and so are the dots of 买买提·艾力. */
function bareName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Cc}]/gu, '')
    .replace(/[•・‧∙⋅.]/g, '·')
    .toLowerCase();
}

function nameIn(names: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(names, key) ? (names[key] ?? key) : key;
}
