import { extname } from 'node:path';
import { OperatorFault } from '../domain/index.ts';
import { plainText, type Table, toCsv, toXlsx } from '../office/index.ts';
import { writeNewFile } from './write-file.ts';

/** Prints a table, or writes it to a file whose ending says how. Returns nothing; what was done is printed. */
export async function putOut(table: Table, out: string | undefined, headline: string): Promise<void> {
  if (out === undefined) {
    console.log(plainText(table));
    return;
  }
  await writeNewFile(out, await contentFor(out, table, headline), headline);
  console.log(`写好了：${out}`);
}

async function contentFor(out: string, table: Table, headline: string): Promise<string | Uint8Array> {
  switch (extname(out).toLowerCase()) {
    case '.csv':
      return toCsv(table);
    case '.xlsx':
      return toXlsx([table]);
    default:
      throw new OperatorFault(headline, [
        { where: `--out ${out}`, what: '不知道写成哪一种文件', cure: '文件名以 .csv 或 .xlsx 结尾' },
      ]);
  }
}
