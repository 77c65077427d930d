import { asSvg, type QrCode, sideOf } from '../lib/qr-code.ts';
import { box, disc, type Node, type Style, square, textLine } from './box.ts';
import { PALETTE } from './palette.ts';
import { setLines, type Typesetter } from './typesetter.ts';

/** The campaign in three words of the article that the project comes from. */
export const CAMPAIGN = '看得到 · 听得到 · 问得到';

/** The rings by which a word spreads, two tones lighter than the ground; their centre stands at x, y. */
export function rings(x: number, y: number, outer: number, inner: number): readonly Node[] {
  return [disc(outer, PALETTE.pineRing, around(x, y, outer)), disc(inner, PALETTE.pineCore, around(x, y, inner))];
}

/** The amber lamp that stops. */
export function lamp(x: number, y: number, diameter: number): Node {
  return disc(diameter, PALETTE.wheat, around(x, y, diameter), stopSign(Math.round(diameter * 0.58)));
}

function around(x: number, y: number, diameter: number): Style {
  return { position: 'absolute', left: x - diameter / 2, top: y - diameter / 2 };
}

/** The word itself, set a little high: the glyph sits low in its square. */
function stopSign(size: number): Node {
  const { node } = setLines(['停'], { size, weight: 900, colour: PALETTE.pine, width: size, leading: 1 });
  return box({ marginTop: -Math.round(size * 0.06) }, node);
}

/** The name of the campaign behind its small lamp, in one line of at most so much width. */
export function masthead(county: string, type: Typesetter, most: number, width: number): Node {
  const name = `${county}反诈宣传`;
  const size = type.display(name, 700, {
    width: width - 1.2 * most,
    height: 2 * most,
    mostLines: 1,
    mostSize: most,
    leading: 1,
  }).size;
  return box(
    { flexDirection: 'row', alignItems: 'center', height: Math.round(most * 1.2), gap: Math.round(most * 0.5) },
    disc(Math.round(most * 0.62), PALETTE.wheat),
    setLines([name], { size, weight: 700, colour: PALETTE.paper, width, leading: 1.2 }).node,
  );
}

/** The code on white, in whole pixels per module so that it stays sharp, as large as the room allows. */
export function codeTile(code: QrCode, room: number): Node {
  const modules = sideOf(code);
  return square(asSvg(code, ''), modules * Math.max(1, Math.floor(room / modules)));
}

/** A number to call and what for. */
export function telephone(number: string, why: string, size: number, colour: string, whyColour: string): Node {
  const small = Math.round(size * 0.42);
  return box(
    { flexDirection: 'row', alignItems: 'flex-end', gap: Math.round(size * 0.22) },
    textLine(number, { fontSize: size, fontWeight: 900, color: colour, lineHeight: `${size}px` }),
    textLine(why, { fontSize: small, fontWeight: 700, color: whyColour, lineHeight: `${Math.round(small * 1.5)}px` }),
  );
}
