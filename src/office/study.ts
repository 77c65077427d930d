import type { CampaignTotal } from '../campaign/index.ts';
import { byName, type Table } from './table.ts';
import { unitName, unitsOf } from './units.ts';

/** Whose study, and what the lessons are called. */
export interface StudyScope {
  readonly units: readonly string[];
  readonly lessons: readonly { readonly id: string; readonly title: string }[];
}

const COLUMNS = ['课', '单位', '参加（人）', '答题（次）', '答完（人）', '平均答对（题）'];
const NO_LESSON_YET = '还没有人答题';

/**
 * Lessons that somebody has answered, each with all units. Sums that name nobody, in the order of lessons and names; study
 * may not be ranked (国办函〔2026〕12号). `totals` must reach back to the first day, or who left is counted without having come.
 */
export function studyTable(totals: readonly CampaignTotal[], { units, lessons }: StudyScope): Table {
  const own = totals.filter(({ kind }) => OF_STUDY.has(kind));
  const about = own.filter((one) => one.kind === 'lesson-answered' || one.kind === 'lesson-finished');
  const ids = [...new Set(about.map((one) => one.about))].sort(byName);
  const rows = (ids.length === 0 ? [undefined] : ids).flatMap((id) =>
    unitsOf(units, own).map((unit) => {
      const of = (kind: CampaignTotal['kind'], lesson?: string) => sumOf(own, kind, unit, lesson);
      const finished = of('lesson-finished', id);
      return [
        id === undefined ? NO_LESSON_YET : lessonName(id, lessons),
        unitName(unit),
        of('learner-joined').events - of('learner-left').events,
        of('lesson-answered', id).events,
        finished.events,
        finished.events === 0 ? '' : Math.round((finished.amount / finished.events) * 10) / 10,
      ];
    }),
  );
  return { title: '周二学习', columns: COLUMNS, rows };
}

const OF_STUDY: ReadonlySet<CampaignTotal['kind']> = new Set([
  'learner-joined',
  'learner-left',
  'lesson-answered',
  'lesson-finished',
]);

function lessonName(id: string, lessons: StudyScope['lessons']): string {
  const title = lessons.find((lesson) => lesson.id === id)?.title;
  return title === undefined ? id : `${id} ${title}`;
}

function sumOf(totals: readonly CampaignTotal[], kind: CampaignTotal['kind'], unit: string, lesson?: string) {
  let [events, amount] = [0, 0];
  for (const total of totals)
    if (total.kind === kind && total.unit === unit && (lesson === undefined || total.about === lesson)) {
      events += total.events;
      amount += total.amount;
    }
  return { events, amount };
}
