import { describe, expect, test } from 'vitest';
import { missing, namedTable, rollCallTable, unlisted } from '../../src/office/index.ts';
import { event, named, totalsOf } from './memory-campaign.ts';

const answer = (about: string, unit = '', amount = 1) => event('roll-call', { about, unit, amount });
const UNITS = ['县人大机关', '城关镇', '柏城街道'];

describe('the roll-call', () => {
  test('counts the three answers per unit, tells who answered nothing with 0, and puts those without a unit last', () => {
    const totals = totalsOf([
      answer('app/installed', '城关镇'),
      answer('app/installed', '城关镇'),
      answer('app/cannot', '县人大机关'),
      answer('app/unwilling'),
    ]);
    const table = rollCallTable(totals, { units: UNITS, tools: ['app'] });
    expect(table.columns).toEqual(['单位', '国家反诈中心APP 已装', '国家反诈中心APP 不会装', '国家反诈中心APP 不想装']);
    expect(table.rows).toEqual([
      ['柏城街道', 0, 0, 0],
      ['城关镇', 2, 0, 0],
      ['县人大机关', 0, 1, 0],
      ['未填单位', 0, 0, 1],
      ['合计', 2, 1, 1],
    ]);
  });
  test('orders units by name, however many answered', () => {
    const order = (counts: readonly number[]) =>
      rollCallTable(
        totalsOf(counts.flatMap((count, i) => Array.from({ length: count }, () => answer('app/installed', UNITS[i])))),
        { units: UNITS, tools: ['app'] },
      ).rows.map(([unit]) => unit);
    const names = ['柏城街道', '城关镇', '县人大机关', '未填单位', '合计'];
    for (const counts of [
      [9, 5, 1],
      [1, 5, 9],
      [0, 9, 0],
    ])
      expect(order(counts)).toEqual(names);
  });
  test('counts who changed his mind once, with what he said last', () => {
    const changed = [
      answer('app/cannot', '城关镇'),
      answer('app/cannot', '城关镇', -1),
      answer('app/installed', '城关镇'),
    ];
    const { rows } = rollCallTable(totalsOf(changed), { units: ['城关镇'], tools: ['app'] });
    expect(rows[0]).toEqual(['城关镇', 1, 0, 0]);
  });
  test('shows the second tool only where it is asked about, and a unit that is no longer configured', () => {
    const totals = totalsOf([answer('jinzhongzhao/installed', '撤了的乡'), answer('app/installed', '撤了的乡')]);
    expect(rollCallTable(totals, { units: [], tools: ['app'] }).rows[0]).toEqual(['撤了的乡', 1, 0, 0]);
    const both = rollCallTable(totals, { units: [], tools: ['app', 'jinzhongzhao'] });
    expect(both.columns[4]).toBe('金钟罩 已装');
    expect(both.rows[0]).toEqual(['撤了的乡', 1, 0, 0, 1, 0, 0]);
  });
  test('takes no other event for an answer', () => {
    const totals = totalsOf([event('lesson-answered', { about: 'app/installed', unit: '城关镇', amount: 1 })]);
    expect(rollCallTable(totals, { units: ['城关镇'], tools: ['app'] }).rows[0]).toEqual(['城关镇', 0, 0, 0]);
  });
});

describe('the list of a unit that keeps one', () => {
  test('says what it is for, and is ordered by name', () => {
    const table = namedTable('县人大机关', '核对本机关的安装情况', [
      named('张三', { answer: 'unwilling' }),
      named('李四'),
      named('李四', { tool: 'jinzhongzhao', answer: 'cannot' }),
    ]);
    expect(table.title).toBe('县人大机关名单（只用于核对本机关的安装情况）');
    expect(table.rows).toEqual([
      ['李四', '国家反诈中心APP', '已装', '2026-11-24'],
      ['李四', '金钟罩', '不会装', '2026-11-24'],
      ['张三', '国家反诈中心APP', '不想装', '2026-11-24'],
    ]);
  });
  test('shows an answer that a later version knows as it is', () => {
    expect(namedTable('甲', '乙', [named('丙', { tool: 'constructor', answer: 'maybe' })]).rows[0]).toEqual([
      '丙',
      'constructor',
      'maybe',
      '2026-11-24',
    ]);
  });
});

describe('who of a roster has not answered', () => {
  test('is told in the order of the roster', () => {
    expect(missing(['王五', '张三', '李四'], [named('张三')])).toEqual(['王五', '李四']);
  });
  test('does not mind blanks inside a name, full width, or the kind of dot', () => {
    const roster = ['张　三', ' 李 四 ', '买买提•艾力', ''];
    expect(missing(roster, [named('张三'), named('李四'), named('买买提·艾力')])).toEqual([]);
  });
  test('needs two answers for two people of one name, and takes two tools of one person for one', () => {
    const roster = ['张伟', '张伟'];
    expect(missing(roster, [named('张伟'), named('张伟', { tool: 'jinzhongzhao' })])).toEqual(['张伟']);
    expect(missing(roster, [named('张伟'), named('张伟')])).toEqual([]);
  });
  test('tells apart who answered without standing in it', () => {
    expect(unlisted(['张三'], [named('张 三'), named('赵六'), named('赵六', { tool: 'jinzhongzhao' })])).toEqual([
      '赵六',
    ]);
  });
});
