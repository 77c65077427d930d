import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OperatorFault } from '../../src/domain/index.ts';
import { type Cell, sheetNames, toXlsx } from '../../src/office/index.ts';
import { cellsOf, sheetXml, unzip } from './unzip.ts';

const table = (rows: Cell[][], title = '安装情况') => ({ title, columns: ['单位', '已装'], rows });

describe('tables as an Excel file', () => {
  test('hold the headings, the texts as texts and the numbers as numbers', async () => {
    const files = unzip(
      await toXlsx([
        table([
          ['城关镇', 12],
          ['未填单位', -1],
        ]),
      ]),
    );
    expect(cellsOf(files)).toEqual({ A1: '单位', B1: '已装', A2: '城关镇', B2: 12, A3: '未填单位', B3: -1 });
    expect(files.get('xl/workbook.xml')).toContain('name="安装情况"');
  });
  test('have bold headings that stay in view, and columns as wide as their Chinese', async () => {
    const files = unzip(await toXlsx([table([['一二三四五六七八九十', 1]])]));
    expect(files.get('xl/styles.xml')).toMatch(/<b\s*\/>/);
    expect(sheetXml(files)).toMatch(/state="frozen"/);
    const widths = [...sheetXml(files).matchAll(/<col [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
    expect(widths).toEqual([22, 8]);
  });
  test('hold no formula, whatever is in a cell', async () => {
    const hostile = ['=1+1', '+1', '-1', '@x', '＝1', '<f>1+1</f>', '</t></si><f>', ']]>&amp;', '\t=cmd|x!A1', "'x"];
    const files = unzip(await toXlsx([table(hostile.map((one) => [one, 1]))]));
    for (const xml of files.values()) expect(xml).not.toMatch(/<f[ >/]/);
    expect(
      Object.values(cellsOf(files))
        .filter((cell) => typeof cell === 'string')
        .slice(2),
    ).toEqual(hostile);
  });
  test('keep texts that name a part of every object', async () => {
    const names = ['constructor', '__proto__', 'toString', 'valueOf'];
    const files = unzip(await toXlsx([table(names.map((name) => [name, 1]))]));
    const cells = cellsOf(files);
    expect(names.map((_, i) => String(cells[`A${i + 2}`]).trim())).toEqual(names);
  });
  test('survive signs that XML cannot hold, and numbers that are none', async () => {
    const files = unzip(
      await toXlsx([
        table([
          ['甲\u0000\u0001\ud800乙', Number.NaN],
          ['𠮷𠮷', Number.POSITIVE_INFINITY],
        ]),
      ]),
    );
    expect(cellsOf(files)).toMatchObject({ A2: '甲乙', A3: '𠮷𠮷' });
    expect(cellsOf(files)).not.toHaveProperty('B2');
    for (const xml of files.values()) expect(xml).not.toMatch(/NaN|Infinity|\p{Cs}/u);
  });
  test('stand on sheets of their own', async () => {
    const files = unzip(await toXlsx([table([['甲', 1]], '一'), table([['乙', 2]], '二')]));
    expect(cellsOf(files, 1)).toMatchObject({ A2: '甲' });
    expect(cellsOf(files, 2)).toMatchObject({ A2: '乙' });
  });
  test('may be empty', async () => {
    expect(cellsOf(unzip(await toXlsx([table([])])))).toEqual({ A1: '单位', B1: '已装' });
  });
  test('need the optional package; without it the operator is told what to install', async () => {
    const absent = () => Promise.reject(Object.assign(new Error('x'), { code: 'ERR_MODULE_NOT_FOUND' }));
    const error = await toXlsx([table([])], absent).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(OperatorFault);
    expect((error as Error).message).toMatch(/write-excel-file {2}没有安装这个包。怎么改：运行 npm ci/);
    await expect(toXlsx([table([])], () => Promise.reject(new TypeError('another fault')))).rejects.toThrow(TypeError);
  });
});

describe('the name of a sheet', () => {
  test('is cut to what Excel takes, and never stands twice', () => {
    expect(sheetNames(['县[人大]: 机关*?/\\', "'名单'", '', 'History', '甲', '甲'])).toEqual([
      '县 人大   机关',
      '名单',
      '表',
      'History 2',
      '甲',
      '甲 2',
    ]);
    expect(sheetNames(['长'.repeat(40), '长'.repeat(40)]).map((name) => name.length)).toEqual([31, 31]);
  });
  test('is always one that Excel takes', () => {
    const title = fc.string({ unit: fc.constantFrom(..."[]:*?/\\'甲𠮷a \u0000"), maxLength: 40 });
    fc.assert(
      fc.property(fc.array(title, { minLength: 1, maxLength: 5 }), (titles) => {
        const names = sheetNames(titles);
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(titles.length);
        for (const name of names) {
          expect(name.length).toBeGreaterThan(0);
          expect(name.length).toBeLessThanOrEqual(31);
          expect(name).not.toMatch(/[[\]:*?/\\\p{Cs}]|^'|'$/u);
        }
      }),
    );
  });
});
