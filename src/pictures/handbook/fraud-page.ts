import { OperatorFault } from '../../domain/index.ts';
import { type Block, bar, blank, field, hung, paragraph, stack } from './blocks.ts';
import { bold, COLOURS, COLUMN, DEPTH, plain, type Type } from './look.ts';
import type { Entry, Group } from './manuscript.ts';
import type { Typesetter } from './typesetter.ts';

export const GROUP_NAMES: Readonly<Record<Group, string>> = {
  core: '最要紧的骗局',
  family: '常见的骗局',
  finer: '骗局的花样',
};

/** Sizes of the running text, the largest first: old people read it. The other names go before it gets smaller than this. */
const [LARGEST, SMALLEST_WITH_ALIASES, SMALLEST, STEP] = [13, 11, 9, 0.25];
/** Points between the sections, and what is added at most when the page has room. */
const [GAP, MOST_AIR] = [9, 11];
const PADDING = 11;
const ALSO = plain(10, COLOURS.quiet);
/** Room for the label before what to do, in type sizes. */
const LABEL = 3.7;

/** An entry on one page, as large as it fits. Throws an operator's fault when it does not fit at any readable size. */
export function fraudPage(entry: Entry, number: number, setter: Typesetter): Block {
  const set = (size: number, aliases: boolean): readonly Block[] => sectionsOf(entry, number, size, aliases, setter);
  const sections =
    largestThatFits(SMALLEST_WITH_ALIASES, (size) => set(size, true)) ??
    largestThatFits(SMALLEST, (size) => set(size, false));
  if (!sections)
    throw new OperatorFault('手册印不下', [
      { where: `frauds/${entry.id}.yml`, what: '一页放不下这种骗局', cure: '把它的句子写短一些，或者少写几句' },
    ]);
  const spare = DEPTH - stack(sections, GAP).height;
  return stack(sections, GAP + Math.min(MOST_AIR, spare / (sections.length - 1)));
}

/** Between `smallest` and the largest size; what is larger is higher, so that halving finds it. */
function largestThatFits(smallest: number, set: (size: number) => readonly Block[]): readonly Block[] | undefined {
  let found: readonly Block[] | undefined;
  let [low, high] = [0, (LARGEST - smallest) / STEP];
  while (low <= high) {
    const middle = Math.ceil((low + high) / 2);
    const sections = set(smallest + middle * STEP);
    if (stack(sections, GAP).height <= DEPTH) {
      found = sections;
      low = middle + 1;
    } else high = middle - 1;
  }
  return found;
}

function sectionsOf(
  entry: Entry,
  number: number,
  size: number,
  aliases: boolean,
  setter: Typesetter,
): readonly Block[] {
  const text = { ...plain(size), leading: 1.42 };
  return [
    head(entry, number, aliases, setter),
    paragraph(setter, entry.what.join(''), text, COLUMN),
    section(
      '骗子怎么骗',
      listed(entry.how, (i) => `${i + 1}`, text, COLUMN, setter),
      size,
      setter,
    ),
    section(
      '怎么识破',
      listed(entry.seeThrough, () => '✓', text, COLUMN, setter),
      size,
      setter,
    ),
    nowField(entry.now, size, setter),
    foot(entry, size, setter),
  ];
}

function head(entry: Entry, number: number, aliases: boolean, setter: Typesetter): Block {
  const kicker = { ...bold(10.5, COLOURS.accent), leading: 1.3 };
  return stack([
    paragraph(setter, `${number} · ${GROUP_NAMES[entry.group]}`, kicker, COLUMN),
    paragraph(setter, entry.name, titleType(entry.name, setter), COLUMN),
    bar(COLOURS.accent, 36, 3),
    ...(aliases ? [blank(6), paragraph(setter, alsoCalled(entry.aliases, setter), ALSO, COLUMN)] : []),
  ]);
}

/** As many of the other names as one line holds; the index has them all. */
function alsoCalled(aliases: readonly string[], setter: Typesetter): string {
  const words = (count: number): string => `也叫：${aliases.slice(0, count).join('、')}`;
  let count = aliases.length;
  while (count > 1 && setter.line(words(count), ALSO).width > COLUMN) count -= 1;
  return words(count);
}

/** On one line down to a size that still is a title; a longer name takes two lines. */
function titleType(name: string, setter: Typesetter): Type {
  const sizes = [24, 23, 22, 21, 20, 19, 18];
  const size = sizes.find((one) => setter.line(name, bold(one)).width <= COLUMN) ?? 20;
  return { ...bold(size), leading: 1.35 };
}

function section(title: string, body: Block, size: number, setter: Typesetter): Block {
  return stack([paragraph(setter, title, bold(size + 1, COLOURS.accent), COLUMN), body], 1);
}

/** Each item behind its mark in the accent colour. */
export function listed(
  items: readonly string[],
  mark: (i: number) => string,
  type: Type,
  width: number,
  setter: Typesetter,
): Block {
  const indent = type.size * 1.45;
  const marks = { ...bold(type.size, COLOURS.accent), leading: type.leading };
  return stack(
    items.map((item, i) =>
      hung(paragraph(setter, mark(i), marks, indent), indent, paragraph(setter, item, type, width - indent)),
    ),
  );
}

function nowField(now: readonly string[], size: number, setter: Typesetter): Block {
  const type = bold(size + 0.5, COLOURS.white);
  const indent = LABEL * size;
  const lines = now.map((line) => paragraph(setter, line, type, COLUMN - 2 * PADDING - indent));
  const label = paragraph(
    setter,
    '现在做',
    { ...plain(size, COLOURS.white), leading: (1.5 * type.size) / size },
    indent,
  );
  return field(COLOURS.urgent, COLUMN, PADDING - 2, PADDING, hung(label, indent, stack(lines)));
}

function foot({ example, sources }: Entry, size: number, setter: Typesetter): Block {
  const source = paragraph(setter, sources, { ...plain(8.5, COLOURS.quiet), leading: 1.4 }, COLUMN);
  if (!example) return source;
  const width = COLUMN - 2 * PADDING;
  const type = { ...plain(size - 0.5), leading: 1.4 };
  const head = `真事　${example.when}　${example.loss}`;
  const story = stack([
    paragraph(setter, head, { ...bold(size - 0.5, COLOURS.accent), leading: 1.4 }, width),
    paragraph(setter, example.story, type, width),
  ]);
  return stack([field(COLOURS.tint, COLUMN, PADDING - 4, PADDING, story), source], 5);
}
