import { OperatorFault } from '../domain/index.ts';
import type { Cell, Table } from './table.ts';
import { widthOf } from './width.ts';

type Sheet = { readonly sheet: string; readonly data: (CellObject | null)[][]; readonly columns: { width: number }[] };
type CellObject = { readonly value: string | number; readonly type: StringConstructor | NumberConstructor } & {
  readonly fontWeight?: 'bold';
};
type Write = (sheets: (Sheet & { stickyRowsCount: number })[]) => { toBuffer(): Promise<Buffer> };

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Columns, in characters; a longer text is cut on screen only. */
const [NARROWEST, WIDEST] = [8, 60];
/** What Excel takes in one cell. */
const LONGEST_TEXT = 32_767;

/**
 * An Excel file with one sheet for each table. Every text is typed as text, so no formula can run. Throws an OperatorFault
 * when the optional package is not installed.
 */
export async function toXlsx(tables: readonly Table[], load: () => Promise<{ default: unknown }> = loadWriter) {
  const write = await writer(load);
  const names = sheetNames(tables.map((table) => table.title));
  const sheets = tables.map(({ columns, rows }, i) => ({
    sheet: names[i] ?? String(i + 1),
    stickyRowsCount: 1,
    data: [
      columns.map((column) => ({ ...text(column), fontWeight: 'bold' as const })),
      ...rows.map((row) => row.map(cellOf)),
    ],
    columns: columns.map((column, c) => ({ width: columnWidth([column, ...rows.map((row) => row[c] ?? '')]) })),
  }));
  return write(sheets).toBuffer();
}

const loadWriter = (): Promise<{ default: unknown }> => import('write-excel-file/node');

async function writer(load: () => Promise<{ default: unknown }>): Promise<Write> {
  try {
    return (await load()).default as Write;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new OperatorFault('写不了 Excel 文件', [
      {
        where: 'write-excel-file',
        what: '没有安装这个包',
        cure: '运行 npm ci --ignore-scripts 装上，或改写成 .csv 文件',
      },
    ]);
  }
}

function cellOf(cell: Cell): CellObject | null {
  if (typeof cell === 'string') return text(cell);
  return Number.isFinite(cell) ? { value: cell, type: Number } : null;
}

/** The package keeps texts in a plain object, where `constructor` and its like are taken: a blank sets them apart. */
function text(value: string): CellObject {
  const own = value in {} ? `${value} ` : value;
  return { value: own.slice(0, LONGEST_TEXT), type: String };
}

function columnWidth(cells: readonly Cell[]): number {
  const widest = Math.max(...cells.map((cell) => widthOf(String(cell))));
  return Math.min(WIDEST, Math.max(NARROWEST, widest + 2));
}

const LONGEST_NAME = 31;
const FORBIDDEN = /[[\]:*?/\\\p{Cc}\p{Cs}\ufffd-\uffff]/gu;

const ENDS = /^[\s']+|[\s']+$/gu;

/** Names that Excel takes: at most 31 characters, none of its signs, no apostrophe at an end, none twice. */
export function sheetNames(titles: readonly string[]): readonly string[] {
  const taken = new Set<string>(['history']);
  return titles.map((title) => {
    const clean = cut(title.replace(FORBIDDEN, ' ').replace(ENDS, ''), LONGEST_NAME).replace(ENDS, '') || '表';
    let name = clean;
    for (let next = 2; taken.has(name.toLowerCase()); next++) {
      const tail = ` ${next}`;
      name = cut(clean, LONGEST_NAME - tail.length) + tail;
    }
    taken.add(name.toLowerCase());
    return name;
  });
}

/** At most so many UTF-16 units, no pair torn apart. */
function cut(title: string, most: number): string {
  let kept = '';
  for (const sign of title) {
    if (kept.length + sign.length > most) break;
    kept += sign;
  }
  return kept;
}
