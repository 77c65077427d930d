import { box, type Node } from './box.ts';
import type { Content } from './content.ts';
import { PALETTE } from './palette.ts';
import { setLines, type Typesetter } from './typesetter.ts';

export const BANNER = { width: 4800, height: 600 };

const SIDE = 640;
const EDGE = 110;

/** One or two lines across a street; who says it stands at the left. */
export function banner({ led, county }: Content, type: Typesetter): { readonly tree: Node; readonly fits: boolean } {
  const space = { width: BANNER.width - SIDE - 2 * EDGE, height: 520, mostLines: 2, mostSize: 330, leading: 1.12 };
  const { lines, size } = type.display(led, 900, space);
  const words = setLines(lines, { size, weight: 900, colour: PALETTE.ink, width: space.width, leading: space.leading });
  const signed = Math.min(126, Math.floor((SIDE - 110) / type.measure(county, 700)));
  const who = [
    setLines([county], { size: signed, weight: 700, colour: PALETTE.paper, width: SIDE, leading: 1.2 }),
    setLines(['反诈宣传'], { size: 126, weight: 900, colour: PALETTE.wheat, width: SIDE, leading: 1.2 }),
  ];
  const tree = box(
    { ...BANNER, flexDirection: 'row', backgroundColor: PALETTE.wheat },
    box(
      {
        width: SIDE,
        height: BANNER.height,
        alignItems: 'center',
        justifyContent: 'center',
        backgroundColor: PALETTE.pine,
      },
      ...who.map((one) => one.node),
    ),
    box(
      {
        width: BANNER.width - SIDE,
        height: BANNER.height,
        padding: `0 ${EDGE}px`,
        justifyContent: 'center',
        alignItems: 'center',
      },
      words.node,
    ),
  );
  return { tree, fits: size >= 120 };
}
