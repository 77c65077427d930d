import { numberColumns, type Table } from './table.ts';
import { widthOf } from './width.ts';

const BETWEEN = '  ';
/** Would move the cursor, recolour the terminal, turn the line around or end it. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A table for the terminal, its columns under each other although Chinese is twice as wide. Numbers stand to the right. */
export function plainText({ title, columns, rows }: Table): string {
  const lines = [columns, ...rows].map((row) => row.map((cell) => String(cell).replace(UNSEEN, ' ')));
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => widthOf(line[i] ?? ''))));
  const numbers = numberColumns({ columns, rows });
  const laid = lines.map((line) =>
    line
      .map((text, i) => {
        const blanks = ' '.repeat(Math.max(0, (widths[i] ?? 0) - widthOf(text)));
        return numbers[i] ? blanks + text : text + blanks;
      })
      .join(BETWEEN)
      .trimEnd(),
  );
  return [title.replace(UNSEEN, ' '), ...laid].join('\n');
}
