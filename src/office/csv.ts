import type { Cell, Table } from './table.ts';

/** Without it Excel takes UTF-8 for GBK and shows rubbish. */
const BYTE_ORDER_MARK = '\ufeff';
const LINE_END = '\r\n';

/**
 * Excel and WPS run a text that begins like this as a formula, also behind blanks and unseen signs; some of them in full
 * width as well. A leading apostrophe makes it a text.
 */
const FORMULA = /^[\s\p{Cf}\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r]/u;
/** The semicolon and the tab part cells in some settings of Excel; a blank at an end is lost in others. */
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

/** CSV as Excel opens it rightly: UTF-8 with its mark, CRLF, quoted by RFC 4180. No cell can run as a formula. */
export function toCsv({ columns, rows }: Table): string {
  return BYTE_ORDER_MARK + [columns, ...rows].map((row) => `${row.map(field).join(',')}${LINE_END}`).join('');
}

function field(cell: Cell): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
