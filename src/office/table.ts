/** A number stays a number wherever the table goes; everything else is text. */
export type Cell = string | number;

/** Figures or a list as plain data: printed in a terminal, shown on a page, written as CSV or XLSX. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  /** Each as long as `columns`. */
  readonly rows: readonly (readonly Cell[])[];
}

/** Which columns hold numbers, and stand to the right. An empty cell among numbers is a number that does not exist. */
export function numberColumns({ columns, rows }: Pick<Table, 'columns' | 'rows'>): readonly boolean[] {
  const isNumeric = (cell: Cell | undefined): boolean => typeof cell === 'number' || cell === '';
  return columns.map((_, i) => rows.length > 0 && rows.every((row) => isNumeric(row[i])));
}

const BY_NAME = new Intl.Collator('zh-Hans-CN');

/** Order by name, as a dictionary has it. The only order in which units and persons are listed: never by a figure. */
export function byName(a: string, b: string): number {
  return BY_NAME.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
