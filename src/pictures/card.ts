import { sideOf } from '../lib/qr-code.ts';
import { box, type Node, type Piece, stack, textLine } from './box.ts';
import { type Content, SLOGAN } from './content.ts';
import { codeTile, lamp, masthead, rings, telephone } from './marks.ts';
import { PALETTE } from './palette.ts';
import { fitted, setLines, type Typesetter } from './typesetter.ts';

export const CARD = { width: 750, height: 1180 };

const EDGE = 52;
const INNER = CARD.width - 2 * EDGE;
/** Three reasons as long as the type stays large, then two: the first ones of a fraud are its best. */
const STEPS: readonly (readonly [reasons: number, step: number])[] = [
  ...[1.12, 1.08, 1.04, 1, 0.96, 0.92, 0.88].map((step) => [3, step] as const),
  ...[1, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76].map((step) => [2, step] as const),
];
const CODE_ROOM = 158;
/** A telephone reads a code from the picture when a module has so many pixels. */
const MODULE = 3;
/** The tip goes into one line unless its type would be smaller. */
const SMALLEST_TIP = 30;
/** Between the name of the campaign and that of the fraud. */
const GAP = 34;
/** Above and below the reasons. */
const AROUND = 2 * 24;

/** What to forward: the advice first and largest, then how to see through it, what to do, whom to call. */
export function card(content: Content, type: Typesetter): { readonly tree: Node; readonly fits: boolean } {
  const [head, foot] = [headOf(content, type), footOf(content, type)];
  const room = CARD.height - head.height - foot.height;
  const { built, fits } = fitted(STEPS, room, ([most, step]) => {
    const [reasons, now] = [reasonsOf(content, type, most, step), nowOf(content, type, step)];
    return { reasons, now, height: reasons.height + AROUND + now.height };
  });
  const middle = box(
    {
      height: room - built.now.height,
      padding: `0 ${EDGE}px`,
      justifyContent: 'center',
      backgroundColor: PALETTE.paper,
    },
    built.reasons.node,
  );
  return {
    tree: box({ ...CARD, backgroundColor: PALETTE.paper }, head.node, middle, built.now.node, foot.node),
    fits,
  };
}

function headOf({ county, name, stop, led }: Content, type: Typesetter): Piece {
  const named = type.display(name, 700, { width: INNER - 140, height: 44, mostLines: 1, mostSize: 34, leading: 1.25 });
  const label = setLines(named.lines, {
    size: named.size,
    weight: 700,
    colour: PALETTE.sand,
    width: INNER,
    leading: 1.25,
  });
  const advice = type.display(stop, 900, { width: INNER, height: 166, mostLines: 1, mostSize: 158, leading: 1.05 });
  const hero = setLines(advice.lines, {
    size: advice.size,
    weight: 900,
    colour: PALETTE.wheat,
    width: INNER,
    leading: 1.05,
  });
  const space = { width: INNER, height: 100, mostLines: 1, mostSize: 38, leading: 1.3 };
  const short = type.display(led, 700, space);
  const said = short.size >= SMALLEST_TIP ? short : type.display(led, 700, { ...space, mostLines: 2 });
  const tip = setLines(said.lines, { size: said.size, weight: 700, colour: PALETTE.paper, width: INNER, leading: 1.3 });
  const above = 40 + 34;
  const height = above + GAP + label.height + hero.height + 8 + tip.height + 30;
  const node = box(
    {
      width: CARD.width,
      height,
      padding: `40px ${EDGE}px 0`,
      backgroundColor: PALETTE.pine,
    },
    ...rings(CARD.width - EDGE - 56, 94, 520, 300),
    lamp(CARD.width - EDGE - 56, 94, 112),
    masthead(county, type, 28, INNER - 140),
    box({ position: 'absolute', left: EDGE, top: above + GAP }, label.node, hero.node, box({ marginTop: 8 }, tip.node)),
  );
  return { node, height };
}

function reasonsOf({ seeThrough }: Content, type: Typesetter, most: number, step: number): Piece {
  const size = Math.round(36 * step);
  const numeral = Math.round(size * 1.2);
  const items = seeThrough.slice(0, most).map((reason, i): Piece => {
    const text = type.paragraph(reason, {
      size,
      weight: 400,
      colour: PALETTE.ink,
      width: INNER - numeral,
      leading: 1.32,
    });
    const number = textLine(String(i + 1), {
      width: numeral,
      fontSize: size,
      fontWeight: 900,
      color: PALETTE.brick,
      lineHeight: `${Math.round(size * 1.32)}px`,
    });
    return { node: box({ flexDirection: 'row' }, number, text.node), height: text.height };
  });
  const title = setLines(['怎么看穿'], { size: 27, weight: 900, colour: PALETTE.brick, width: INNER, leading: 1.2 });
  return stack(Math.round(12 * step), [title, ...items]);
}

function nowOf({ now }: Content, type: Typesetter, step: number): Piece {
  const title = setLines(['现在怎么办'], { size: 27, weight: 900, colour: PALETTE.pine, width: INNER, leading: 1.2 });
  const lines = now.map((one) =>
    type.paragraph(one, { size: Math.round(37 * step), weight: 700, colour: PALETTE.ink, width: INNER, leading: 1.3 }),
  );
  const inner = stack(Math.round(6 * step), [title, ...lines]);
  const height = inner.height + 46;
  return { node: box({ height, padding: `22px ${EDGE}px 24px`, backgroundColor: PALETTE.wheat }, inner.node), height };
}

function footOf({ entry, source, printed, code }: Content, type: Typesetter): Piece {
  const { size } = type.display(SLOGAN, 900, { width: INNER, height: 60, mostLines: 1, mostSize: 50, leading: 1.2 });
  const motto = setLines([SLOGAN], { size, weight: 900, colour: PALETTE.wheat, width: INNER, leading: 1.2 });
  const room = code ? Math.max(CODE_ROOM, MODULE * sideOf(code)) : 0;
  const left = INNER - (code ? room + 28 : 0);
  const words = type.paragraph(entry, { size: 23, weight: 700, colour: PALETTE.paper, width: left, leading: 1.3 });
  const small = stack(
    0,
    [`来源：${source}`, `印于${printed}`].map((line) =>
      type.paragraph(line, { size: 17, weight: 400, colour: PALETTE.sand, width: left, leading: 1.3 }),
    ),
  );
  const row = Math.max(room, 94 + 8 + words.height + 8 + small.height);
  const height = 22 + motto.height + 14 + row + 26;
  const calls = box(
    { width: left, gap: 6 },
    telephone('110', '被骗了马上打', 44, PALETTE.paper, PALETTE.sand),
    telephone('96110', '拿不准先问', 44, PALETTE.paper, PALETTE.sand),
    box({ marginTop: 2 }, words.node),
    box({ marginTop: 2 }, small.node),
  );
  const node = box(
    { height, padding: `22px ${EDGE}px 0`, backgroundColor: PALETTE.pine },
    motto.node,
    box(
      { height: row, flexDirection: 'row', justifyContent: 'space-between', alignItems: 'center', marginTop: 14 },
      calls,
      ...(code ? [codeTile(code, room)] : []),
    ),
  );
  return { node, height };
}
