import { describe, expect, test } from 'vitest';
import { CAMPAIGN_EVENTS } from '../../src/campaign/index.ts';
import { type FigureGroup, figures, figuresTable, mostAskedFrauds } from '../../src/office/index.ts';
import { event, totalsOf } from './memory-campaign.ts';

const byLabel = (groups: readonly FigureGroup[]): Record<string, number> =>
  Object.fromEntries(
    groups.flatMap(({ name, figures: list }) => list.map(({ label, value }) => [`${name} ${label}`, value])),
  );

describe('the campaign in figures', () => {
  test('sums what deputies, subscribers and learners did, joined less left', () => {
    const totals = totalsOf([
      ...Array.from({ length: 3 }, () => event('deputy-joined')),
      event('deputy-left'),
      event('relayed', { about: 'brushing' }),
      event('relayed', { about: 'loan' }),
      event('tip-taken', { about: 'loan' }),
      event('forwarded', { amount: 3, people: 200 }),
      event('forwarded', { amount: -1, people: -50 }),
      event('subscribed', { about: 'person' }),
      event('subscribed', { about: 'person' }),
      event('unsubscribed', { about: 'person' }),
      event('subscribed', { about: 'group' }),
      event('learner-joined', { unit: '城关镇' }),
      event('lesson-answered', { about: '01', amount: 1 }),
      event('lesson-finished', { about: '01', amount: 3 }),
      event('practised', { amount: 1 }),
      event('practised', { amount: 0 }),
      event('roll-call', { about: 'app/installed', unit: '城关镇', amount: 1 }),
      event('roll-call', { about: 'app/cannot', amount: 1 }),
      event('roll-call', { about: 'app/cannot', amount: -1 }),
      event('broadcast', { about: 'weekly-tip/loan', amount: 40 }),
      event('broadcast-dropped', { about: 'lesson', amount: 1 }),
    ]);
    expect(byLabel(figures(totals, ['app']))).toEqual({
      '代表 代表（人）': 2,
      '代表 代居民问（次）': 2,
      '代表 取走转发的话（次）': 1,
      '转发 转到群（个）': 2,
      '转发 转给人（人）': 150,
      '订阅 个人（份）': 1,
      '订阅 群（份）': 1,
      '学习 参加周二学习（人）': 1,
      '学习 学完一课（人次）': 1,
      '学习 课上答题（题）': 1,
      '学习 平时练习（题）': 2,
      '学习 练习答对（题）': 1,
      '国家反诈中心APP 已装（人）': 1,
      '国家反诈中心APP 不会装（人）': 0,
      '国家反诈中心APP 不想装（人）': 0,
      '群发 发出（次）': 1,
      '群发 送给（份）': 40,
      '群发 错过没发（次）': 1,
    });
  });
  test('leave no kind of event out', () => {
    const nothing = byLabel(figures([], ['app']));
    for (const kind of CAMPAIGN_EVENTS) {
      const about = kind === 'roll-call' ? 'app/installed' : kind.includes('subscribed') ? 'person' : '';
      const one = byLabel(figures(totalsOf([event(kind, { about, amount: 1, people: 1 })]), ['app']));
      expect(one, kind).not.toEqual(nothing);
    }
  });
  test('name no unit, and are silent about a roll-call that is switched off', () => {
    const totals = totalsOf([event('roll-call', { about: 'app/installed', unit: '城关镇', amount: 1 })]);
    expect(JSON.stringify(figures(totals, ['app']))).not.toContain('城关镇');
    expect(JSON.stringify(figures(totals, []))).not.toContain('已装');
  });
  test('stand side by side as a table', () => {
    const { rows } = figuresTable(totalsOf([event('relayed')]), totalsOf([event('relayed'), event('relayed')]), []);
    expect(rows).toContainEqual(['代表', '代居民问（次）', 1, 2]);
  });
});

describe('the frauds that were asked about most', () => {
  const frauds = [
    { id: 'loan', name: '贷款' },
    { id: 'brushing', name: '刷单' },
    { id: 'email', name: '邮件' },
  ];
  test('are those of warnings, first aid and questions; digits, tips and other knowledge do not count', () => {
    const counts = [
      { kind: 'warning', entry: 'loan', count: 2 },
      { kind: 'first-aid', entry: 'brushing', count: 2 },
      { kind: 'fraud-answer', entry: 'brushing', count: 1 },
      { kind: 'digit', entry: 'email', count: 90 },
      { kind: 'answer', entry: 'call-96110', count: 90 },
      { kind: 'warning', entry: '', count: 90 },
    ];
    expect(mostAskedFrauds(counts, frauds, 5)).toEqual([
      { name: '刷单', count: 3 },
      { name: '贷款', count: 2 },
    ]);
    expect(mostAskedFrauds(counts, frauds, 1)).toHaveLength(1);
  });
});
