/** What the office reads and writes: figures that name nobody, tables as CSV and XLSX, invitations. Pure, but for the code. */
export { toCsv } from './csv.ts';
export {
  type AnswerCount,
  FIRST_DAY,
  type FigureGroup,
  figures,
  figuresTable,
  mostAskedFrauds,
} from './figures.ts';
export { type Invitation, invitationWords, invite, makeInvitation, minuteOf } from './invitation.ts';
export { plainText } from './plain.ts';
export { missing, namedTable, type RollCallScope, rollCallTable, unlisted } from './roll-call.ts';
export { studyTable } from './study.ts';
export { type Cell, numberColumns, type Table } from './table.ts';
export { widthOf } from './width.ts';
export { sheetNames, toXlsx, XLSX_TYPE } from './xlsx.ts';
