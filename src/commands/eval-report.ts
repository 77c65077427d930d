import type { Row, Score } from '../evaluate/index.ts';

/** A line of a table: how many messages, how many were warned of, how many of all were named rightly as well. */
export interface Line {
  readonly name: string;
  readonly messages: number;
  readonly warned: number;
  readonly right: number;
}

export interface Circumstances {
  readonly questions: number;
  readonly asked: number;
  readonly seconds: number;
  readonly version: string;
}

export function printScore(result: Score, { questions, asked, seconds, version }: Circumstances): void {
  console.log(
    `诈骗 ${result.fraud} 条，正常 ${result.harmless} 条${Number.isNaN(seconds) ? '' : `，用时 ${seconds.toFixed(2)} 秒`}，知识版本 ${version}`,
  );
  console.log(
    `收到或转述的诈骗，提醒了  ${percent(result.warned)}（各类平均 ${percent(result.warnedMeanOverTypes)}；新闻和警情里的案子 ${percent(result.warnedCases)}）`,
  );
  console.log(`类型说对                ${percent(result.rightType)}（前两个里有 ${percent(result.rightAmongTwo)}）`);
  console.log(`各类型平均 F1           ${result.macroF1.toFixed(3)}`);
  console.log(`正常的话，误提醒        ${percent(result.falseAlarms)}（其中高危 ${percent(result.falseAlarmsHigh)}）`);
  if (questions > 0) console.log(`问题认作问题            ${percent(asked)}（${questions} 条）`);
}

export function printLists(result: Score): void {
  printRows('类型', result.byType);
  printRows('正常的话', result.byCategory);
}

export function printTable(title: string, lines: readonly Line[]): void {
  console.log(`\n${title}\n${' '.repeat(34)}messages   warned   named`);
  for (const { name, messages, warned, right } of lines) {
    console.log(
      [name.padEnd(36), String(messages).padStart(6), percent(warned).padStart(9), percent(right).padStart(9)].join(''),
    );
  }
}

function printRows(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}\n${' '.repeat(30)}messages   warned     high      F1`);
  for (const { name, messages, warned, high, f1 } of rows) {
    const last = f1 === undefined ? '' : f1.toFixed(2).padStart(8);
    console.log(
      [
        name.padEnd(32),
        String(messages).padStart(6),
        percent(warned).padStart(9),
        percent(high).padStart(9),
        last,
      ].join(''),
    );
  }
}

function percent(value: number): string {
  return Number.isNaN(value) ? '–' : `${(value * 100).toFixed(1)} %`;
}
