import { box, type Node, type Piece, stack } from './box.ts';
import { type Content, SLOGAN } from './content.ts';
import { CAMPAIGN, codeTile, lamp, masthead, rings, telephone } from './marks.ts';
import { PALETTE } from './palette.ts';
import { fitted, setLines, type Typesetter } from './typesetter.ts';

/** A3 upright at 150 dots an inch. */
export const BOARD = { width: 1754, height: 2480 };

const EDGE = 120;
const INNER = BOARD.width - 2 * EDGE;
/** The column of titles at the left of the text. */
const TITLES = 268;
const COLUMN = INNER - TITLES;
/** Between the reasons and the case beside them. */
const BETWEEN = 60;
const CASE = 520;
const STEPS = [1.3, 1.25, 1.2, 1.15, 1.1, 1.05, 1, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76, 0.72];
const LAMP = 268;
const CODE_ROOM = 320;
const PANEL = 36;

/** What hangs in a hall: all that matters about one fraud, to be read from two metres. */
export function board(content: Content, type: Typesetter): { readonly tree: Node; readonly fits: boolean } {
  const [head, foot] = [headOf(content, type), footOf(content, type)];
  const room = BOARD.height - head.height - foot.height;
  const { built, fits } = fitted(STEPS, room, (step) => {
    const gap = Math.round(44 * step);
    const [about, reasons] = [aboutOf(content, type, step), reasonsOf(content, type, step)];
    const now = nowOf(content, type, step);
    return { about, reasons, now, height: about.height + reasons.height + now.height + 3 * gap };
  });
  const middle = box(
    {
      height: room - built.now.height,
      padding: `0 ${EDGE}px`,
      justifyContent: 'space-evenly',
      backgroundColor: PALETTE.paper,
    },
    built.about.node,
    built.reasons.node,
  );
  return {
    tree: box({ ...BOARD, backgroundColor: PALETTE.paper }, head.node, middle, built.now.node, foot.node),
    fits,
  };
}

function headOf({ county, name, stop, led }: Content, type: Typesetter): Piece {
  const label = type.paragraph(name, {
    size: 66,
    weight: 700,
    colour: PALETTE.sand,
    width: INNER - LAMP,
    leading: 1.25,
  });
  const advice = type.display(stop, 900, {
    width: INNER - LAMP - 40,
    height: 320,
    mostLines: 1,
    mostSize: 300,
    leading: 1.06,
  });
  const hero = setLines(advice.lines, {
    size: advice.size,
    weight: 900,
    colour: PALETTE.wheat,
    width: INNER,
    leading: 1.06,
  });
  const said = type.display(led, 700, { width: INNER, height: 200, mostLines: 2, mostSize: 80, leading: 1.3 });
  const tip = setLines(said.lines, { size: said.size, weight: 700, colour: PALETTE.paper, width: INNER, leading: 1.3 });
  const above = 84 + 56 + 52;
  const height = above + label.height + hero.height + 14 + tip.height + 60;
  const [x, y] = [BOARD.width - EDGE - LAMP / 2, above + label.height + hero.height / 2 - 20];
  const node = box(
    {
      width: BOARD.width,
      height,
      padding: `84px ${EDGE}px 0`,
      backgroundColor: PALETTE.pine,
    },
    ...rings(x, y, 1280, 740),
    lamp(x, y, LAMP),
    masthead(county, type, 46, INNER),
    box({ position: 'absolute', left: EDGE, top: above }, label.node, hero.node, box({ marginTop: 14 }, tip.node)),
  );
  return { node, height };
}

function aboutOf({ what }: Content, type: Typesetter, step: number): Piece {
  const size = Math.round(46 * step);
  const text = stack(
    Math.round(4 * step),
    what.map((one) => type.paragraph(one, { size, weight: 400, colour: PALETTE.ink, width: COLUMN, leading: 1.4 })),
  );
  return { node: beside('这是什么', size, text), height: text.height };
}

/** The reasons beside their title; or, when there is a case, under it, and the case in a panel at their right. */
function reasonsOf(content: Content, type: Typesetter, step: number): Piece {
  const { story } = content;
  const size = Math.round(46 * step);
  if (!story) {
    const text = listOf(content, type, step, COLUMN);
    return { node: beside('怎么看穿', size, text), height: text.height };
  }
  const list = listOf(content, type, step, INNER - CASE - BETWEEN);
  const left = stack(Math.round(16 * step), [titleOf('怎么看穿', size), list]);
  const told = caseOf(story, type, step);
  const height = Math.max(left.height, told.height);
  const panel = box(
    { width: CASE, height, padding: PANEL, backgroundColor: PALETTE.shade, justifyContent: 'center' },
    told.node,
  );
  return {
    node: box({ flexDirection: 'row', gap: BETWEEN }, box({ width: INNER - CASE - BETWEEN }, left.node), panel),
    height,
  };
}

function listOf({ seeThrough }: Content, type: Typesetter, step: number, width: number): Piece {
  const size = Math.round(52 * step);
  const leading = 1.3;
  const numeral = Math.round(size * 1.2);
  const items = seeThrough.map((reason, i): Piece => {
    const text = type.paragraph(reason, { size, weight: 700, colour: PALETTE.ink, width: width - numeral, leading });
    const number = setLines([String(i + 1)], { size, weight: 900, colour: PALETTE.brick, width: numeral, leading });
    return {
      node: box({ flexDirection: 'row' }, box({ width: numeral }, number.node), text.node),
      height: text.height,
    };
  });
  return stack(Math.round(16 * step), items);
}

/** What it cost, large; then where, when and how. The height holds the padding of the panel. */
function caseOf(story: NonNullable<Content['story']>, type: Typesetter, step: number): Piece {
  const width = CASE - 2 * PANEL;
  const size = Math.round(42 * step);
  const loss = type.display(story.loss, 900, {
    width,
    height: 260,
    mostLines: 2,
    mostSize: Math.round(96 * step),
    leading: 1.2,
  });
  const setting = { size, weight: 400, colour: PALETTE.ink, width, leading: 1.4 } as const;
  const inner = stack(Math.round(12 * step), [
    titleOf('真实案例', Math.round(46 * step)),
    setLines(loss.lines, { ...setting, size: loss.size, weight: 900, colour: PALETTE.brick, leading: 1.2 }),
    type.paragraph(story.when, { ...setting, weight: 700 }),
    type.paragraph(story.text, setting),
    type.paragraph(`来源：${story.source}`, { ...setting, size: 27, colour: PALETTE.moss }),
  ]);
  return { node: inner.node, height: inner.height + 2 * PANEL };
}

function titleOf(title: string, size: number): Piece {
  return setLines([title], { size, weight: 900, colour: PALETTE.pine, width: TITLES, leading: 1.4 });
}

/** The title at the left, the text at the right. */
function beside(title: string, size: number, text: Piece): Node {
  return box({ flexDirection: 'row' }, box({ width: TITLES }, titleOf(title, size).node), text.node);
}

function nowOf({ now }: Content, type: Typesetter, step: number): Piece {
  const size = Math.round(60 * step);
  const lines = stack(
    Math.round(8 * step),
    now.map((one) => type.paragraph(one, { size, weight: 700, colour: PALETTE.ink, width: COLUMN, leading: 1.3 })),
  );
  const height = lines.height + 88;
  const title = setLines(['现在', '怎么办'], {
    size: Math.round(50 * step),
    weight: 900,
    colour: PALETTE.pine,
    width: TITLES,
    leading: 1.3,
  });
  const node = box(
    { height, flexDirection: 'row', alignItems: 'center', padding: `0 ${EDGE}px`, backgroundColor: PALETTE.wheat },
    box({ width: TITLES }, title.node),
    lines.node,
  );
  return { node, height };
}

function footOf({ entry, source, printed, code }: Content, type: Typesetter): Piece {
  const left = INNER - (code ? CODE_ROOM + 60 : 0);
  const { size } = type.display(SLOGAN, 900, { width: left, height: 140, mostLines: 1, mostSize: 110, leading: 1.2 });
  const calls: Piece = {
    node: box(
      { flexDirection: 'row', gap: 64 },
      telephone('110', '被骗了马上打', 80, PALETTE.paper, PALETTE.sand),
      telephone('96110', '拿不准先问', 80, PALETTE.paper, PALETTE.sand),
    ),
    height: 80,
  };
  const small = stack(
    0,
    [`来源：${source}`, `印于${printed}　　${CAMPAIGN}`].map((line) =>
      type.paragraph(line, { size: 27, weight: 400, colour: PALETTE.sand, width: left, leading: 1.4 }),
    ),
  );
  const words = stack(26, [
    setLines([SLOGAN], { size, weight: 900, colour: PALETTE.wheat, width: left, leading: 1.2 }),
    calls,
    type.paragraph(entry, { size: 46, weight: 700, colour: PALETTE.paper, width: left, leading: 1.3 }),
    small,
  ]);
  const height = Math.max(words.height, code ? CODE_ROOM : 0) + 2 * 60;
  const node = box(
    {
      height,
      padding: `0 ${EDGE}px`,
      flexDirection: 'row',
      justifyContent: 'space-between',
      alignItems: 'center',
      backgroundColor: PALETTE.pine,
    },
    words.node,
    ...(code ? [codeTile(code, CODE_ROOM)] : []),
  );
  return { node, height };
}
