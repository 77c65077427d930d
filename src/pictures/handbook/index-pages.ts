import { type Block, paragraph, stack } from './blocks.ts';
import { type Chapter, chapterHead } from './chapter.ts';
import { bold, COLOURS, COLUMN, DEPTH, plain } from './look.ts';
import { type Entry, placeOf } from './manuscript.ts';
import type { Typesetter } from './typesetter.ts';

const TEXT = { ...plain(10.5), leading: 1.5 };
const LETTER = { ...bold(11.5, COLOURS.accent), leading: 1.6 };
const BETWEEN = 20;
const WIDTH = (COLUMN - BETWEEN) / 2;
const NUMBERS = 34;
const HEAD_GAP = 10;
/** A row under its letter: by so much the columns of the last page may differ. */
const ROW = 36;

const ORDER = new Intl.Collator('zh-Hans-CN');
/** The first syllable of each letter in the order of reading; no Chinese syllable begins with I, U or V. */
const FIRST = [...'阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥仨他屲夕丫帀'];
const LETTERS = [...'ABCDEFGHJKLMNOPQRSTWXYZ'];

interface Row {
  readonly name: string;
  /** Page and the name of the place, by page. */
  readonly pages: ReadonlyMap<number, string>;
}

/** Short names and other names in the order of reading, in two columns. */
export function indexChapter(entries: readonly Entry[], pageOf: (id: string) => number, setter: Typesetter): Chapter {
  const title = '按名字找';
  const head = chapterHead(title, '听到哪个叫法，就从这里找到那一页。', setter);
  const blocks = [...byLetter(rowsOf(entries, pageOf))].flatMap(([letter, rows]) =>
    rows.map((row, i) =>
      i === 0 ? stack([paragraph(setter, letter, LETTER, WIDTH), rowBlock(row, setter)]) : rowBlock(row, setter),
    ),
  );
  const sheets: Block[] = [];
  let rest = blocks;
  while (rest.length > 0) {
    const room = sheets.length === 0 ? DEPTH - head.height - HEAD_GAP : DEPTH;
    const { height } = stack(rest);
    const depth = height > 2 * room ? room : Math.min(room, height / 2 + ROW);
    const [left, behind] = column(rest, depth);
    const [right, after] = column(behind, depth);
    const body = sideBySide(stack(left), stack(right));
    sheets.push(sheets.length === 0 ? stack([head, body], HEAD_GAP) : body);
    rest = after;
  }
  return { id: 'index', title, sheets: sheets.map((body) => ({ body, entries: [] })) };
}

function rowsOf(entries: readonly Entry[], pageOf: (id: string) => number): readonly Row[] {
  const rows = new Map<string, Map<number, string>>();
  for (const entry of entries)
    for (const name of [entry.short, ...entry.aliases])
      rows.set(name, (rows.get(name) ?? new Map()).set(pageOf(placeOf(entry)), placeOf(entry)));
  return [...rows].map(([name, pages]) => ({ name, pages })).sort((a, b) => ORDER.compare(a.name, b.name));
}

function byLetter(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const letter = letterOf(row.name);
    groups.set(letter, [...(groups.get(letter) ?? []), row]);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function letterOf(name: string): string {
  const [sign = ''] = name;
  if (/[a-z]/i.test(sign)) return sign.toUpperCase();
  if (!/\p{Script=Han}/u.test(sign)) return '#';
  return LETTERS[FIRST.findLastIndex((first) => ORDER.compare(first, sign) <= 0)] ?? '#';
}

function rowBlock({ name, pages }: Row, setter: Typesetter): Block {
  const text = paragraph(setter, name, TEXT, WIDTH - NUMBERS);
  const numbers = [...pages.keys()].sort((a, b) => a - b);
  const label = numbers.join('、');
  const { width } = setter.line(label, TEXT);
  const figures = paragraph(setter, label, TEXT, NUMBERS);
  const target = pages.get(numbers[0] ?? 0) ?? '';
  const height = Math.max(text.height, figures.height);
  return {
    height,
    draw: (paper, left, top) => {
      text.draw(paper, left, top);
      figures.draw(paper, left + WIDTH - Math.min(width, NUMBERS), top);
      paper.leadTo(target, left, top, WIDTH, height);
    },
  };
}

function column(blocks: readonly Block[], depth: number): readonly [readonly Block[], Block[]] {
  let used = 0;
  const end = blocks.findIndex(({ height }) => {
    used += height;
    return used > depth;
  });
  return end === -1 ? [blocks, []] : [blocks.slice(0, Math.max(1, end)), blocks.slice(Math.max(1, end))];
}

function sideBySide(left: Block, right: Block): Block {
  return {
    height: Math.max(left.height, right.height),
    draw: (paper, x, y) => {
      left.draw(paper, x, y);
      right.draw(paper, x + WIDTH + BETWEEN, y);
    },
  };
}
