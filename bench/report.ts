import { cpus, loadavg } from 'node:os';

/** One column of a table; the heading carries the unit. Numbers stand to the right, names to the left. */
export interface Column {
  readonly heading: string;
  readonly align: 'left' | 'right';
}

/** A column of names. */
export function names(heading: string): Column {
  return { heading, align: 'left' };
}

/** A column of numbers. */
export function numbers(heading: string): Column {
  return { heading, align: 'right' };
}

const BETWEEN = '  ';

/** Prints a table of aligned text under its title, and an empty line behind it. */
export function printTable(title: string, columns: readonly Column[], rows: readonly (readonly string[])[]): void {
  const widths = columns.map(({ heading }, i) => Math.max(heading.length, ...rows.map((row) => (row[i] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, i) => {
        const width = widths[i] ?? 0;
        const cell = cells[i] ?? '';
        return align === 'left' ? cell.padEnd(width) : cell.padStart(width);
      })
      .join(BETWEEN)
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join(BETWEEN);
  console.log([title, line(columns.map((column) => column.heading)), rule, ...rows.map(line), ''].join('\n'));
}

/**
 * One line that tells where and when the figures were measured. The load average of the last minute is that before the
 * benchmark began: where it is not near zero, other programs shared the cores and the figures are noisy.
 */
export function printMachine(): void {
  const cores = cpus();
  const model = cores[0]?.model.trim() ?? 'unknown processor';
  const date = new Date().toISOString().slice(0, 10);
  const load = (loadavg()[0] ?? 0).toFixed(2);
  console.log(
    `machine: ${model}, ${cores.length} cores, node ${process.version}, ${date}, load average before: ${load}`,
  );
}

/** Milliseconds with as many places as they deserve: 0.0012, 0.042, 1.31, 25.4, 730. */
export function ms(value: number): string {
  const places = value < 0.01 ? 4 : value < 0.1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0;
  return value.toFixed(places);
}

/** Bytes as MiB with one place. */
export function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}

/** A whole number with commas. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-GB');
}
