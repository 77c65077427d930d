import {
  ANSWERS_ABOUT_FRAUD,
  type CampaignEventKind,
  type CampaignTotal,
  ROLL_CALL_ANSWERS,
  type Tool,
} from '../campaign/index.ts';
import { ANSWER_NAMES, TOOL_NAMES } from './roll-call.ts';
import { byName, type Table } from './table.ts';

/** One figure of the campaign. */
export interface Figure {
  readonly label: string;
  readonly value: number;
}

/** Figures that are read together, under one name. */
export interface FigureGroup {
  readonly name: string;
  readonly figures: readonly Figure[];
}

/** Before the first day of any campaign. */
export const FIRST_DAY = '2000-01-01';

/**
 * The campaign in figures, over whatever days `totals` were taken. What people can leave again is joined less left: of a
 * month it may be negative, since the first day it is how many there are. Never by person, never by unit.
 * `tools`: what is asked about at the roll-call; none when there is no roll-call.
 */
export function figures(totals: readonly CampaignTotal[], tools: readonly Tool[]): readonly FigureGroup[] {
  const sum = (
    kind: CampaignEventKind,
    figure: 'events' | 'amount' | 'people' = 'events',
    about: (about: string) => boolean = () => true,
  ): number => totals.reduce((all, one) => all + (one.kind === kind && about(one.about) ? one[figure] : 0), 0);
  const subscribers = (who: string): number => {
    const isOne = (about: string): boolean => about === who;
    return sum('subscribed', 'events', isOne) - sum('unsubscribed', 'events', isOne);
  };
  const group = (name: string, list: readonly (readonly [string, number])[]): FigureGroup => ({
    name,
    figures: list.map(([label, value]) => ({ label, value })),
  });
  const answers = (tool: Tool): FigureGroup =>
    group(
      TOOL_NAMES[tool],
      ROLL_CALL_ANSWERS.map((answer) => [
        `${ANSWER_NAMES[answer]}（人）`,
        sum('roll-call', 'amount', (about) => about === `${tool}/${answer}`),
      ]),
    );
  return [
    group('代表', [
      ['代表（人）', sum('deputy-joined') - sum('deputy-left')],
      ['代居民问（次）', sum('relayed')],
      ['取走转发的话（次）', sum('tip-taken')],
    ]),
    group('转发', [
      ['转到群（个）', sum('forwarded', 'amount')],
      ['转给人（人）', sum('forwarded', 'people')],
    ]),
    group('订阅', [
      ['个人（份）', subscribers('person')],
      ['群（份）', subscribers('group')],
    ]),
    group('学习', [
      ['参加周二学习（人）', sum('learner-joined') - sum('learner-left')],
      ['学完一课（人次）', sum('lesson-finished')],
      ['课上答题（题）', sum('lesson-answered')],
      ['平时练习（题）', sum('practised')],
      ['练习答对（题）', sum('practised', 'amount')],
    ]),
    ...tools.map(answers),
    group('群发', [
      ['发出（次）', sum('broadcast')],
      ['送给（份）', sum('broadcast', 'amount')],
      ['错过没发（次）', sum('broadcast-dropped')],
    ]),
  ];
}

/** The same figures over two stretches of time side by side, as a table. */
export function figuresTable(
  month: readonly CampaignTotal[],
  all: readonly CampaignTotal[],
  tools: readonly Tool[],
): Table {
  const since = figures(all, tools);
  const rows = figures(month, tools).flatMap((group, g) =>
    group.figures.map(({ label, value }, f) => [group.name, label, value, since[g]?.figures[f]?.value ?? 0]),
  );
  return { title: '宣传数字', columns: ['类别', '项目', '本月', '至今'], rows };
}

/** An answer, how often it was given: what OfficeStore.counts tells. */
export interface AnswerCount {
  readonly kind: string;
  readonly entry: string;
  readonly count: number;
}

/** The frauds that were asked about most, the most asked first. These may be ordered by figures: they are no people. */
export function mostAskedFrauds(
  counts: readonly AnswerCount[],
  frauds: readonly { readonly id: string; readonly name: string }[],
  limit: number,
): readonly { readonly name: string; readonly count: number }[] {
  const names = new Map(frauds.map(({ id, name }) => [id, name]));
  const sums = new Map<string, number>();
  for (const { kind, entry, count } of counts) {
    const name = ANSWERS_ABOUT_FRAUD.has(kind) ? names.get(entry) : undefined;
    if (name !== undefined) sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return [...sums]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || byName(a.name, b.name))
    .slice(0, limit);
}
