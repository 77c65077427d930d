import { describe, expect, test } from 'vitest';
import { studyTable } from '../../src/office/index.ts';
import { event, totalsOf } from './memory-campaign.ts';

const scope = { units: ['县人大机关', '城关镇'], lessons: [{ id: '01', title: '冒充领导' }] };

describe('the study of units', () => {
  test('counts who takes part now, what was answered, who finished, and how many were right on average', () => {
    const totals = totalsOf([
      event('learner-joined', { unit: '城关镇' }),
      event('learner-joined', { unit: '城关镇' }),
      event('learner-left', { unit: '城关镇' }),
      ...[1, 0, 1].map((amount) => event('lesson-answered', { unit: '城关镇', about: '01', amount })),
      event('lesson-finished', { unit: '城关镇', about: '01', amount: 2 }),
      event('lesson-finished', { unit: '城关镇', about: '01', amount: 3 }),
      event('lesson-finished', { unit: '城关镇', about: '01', amount: 3 }),
    ]);
    expect(studyTable(totals, scope).rows).toEqual([
      ['01 冒充领导', '城关镇', 1, 3, 3, 2.7],
      ['01 冒充领导', '县人大机关', 0, 0, 0, ''],
      ['01 冒充领导', '未填单位', 0, 0, 0, ''],
    ]);
  });
  test('goes by lessons, then by names, never by figures; a lesson that is gone keeps its number', () => {
    const totals = totalsOf(
      ['02', '01'].flatMap((about) => [
        event('lesson-finished', { unit: '城关镇', about, amount: 1 }),
        event('lesson-finished', { unit: '县人大机关', about, amount: 3 }),
      ]),
    );
    expect(studyTable(totals, scope).rows.map(([lesson, unit]) => [lesson, unit])).toEqual([
      ['01 冒充领导', '城关镇'],
      ['01 冒充领导', '县人大机关'],
      ['01 冒充领导', '未填单位'],
      ['02', '城关镇'],
      ['02', '县人大机关'],
      ['02', '未填单位'],
    ]);
  });
  test('shows who takes part before anybody has answered', () => {
    expect(studyTable(totalsOf([event('learner-joined', { unit: '城关镇' })]), scope).rows[0]).toEqual([
      '还没有人答题',
      '城关镇',
      1,
      0,
      0,
      '',
    ]);
  });
  test('does not show units for what they did at the roll-call', () => {
    const totals = totalsOf([event('roll-call', { unit: '别的乡', about: 'app/installed', amount: 1 })]);
    expect(studyTable(totals, scope).rows.map(([, unit]) => unit)).not.toContain('别的乡');
  });
});
