import { box, type Node, textLine } from './box.ts';
import { type Content, SLOGAN } from './content.ts';
import { masthead, rings } from './marks.ts';
import { PALETTE } from './palette.ts';
import { setLines, type Typesetter } from './typesetter.ts';

export const LED = { width: 1920, height: 1080 };

const EDGE = 96;
const STRIP = 132;

/** At most three lines, as large as they can be: to be read in passing, from across the street. */
export function led(
  { led: words, county }: Content,
  type: Typesetter,
): { readonly tree: Node; readonly fits: boolean } {
  const space = {
    width: LED.width - 2 * EDGE,
    height: LED.height - STRIP - 100,
    mostLines: 3,
    mostSize: 340,
    leading: 1.16,
  };
  const { lines, size } = type.display(words, 900, space);
  const large = setLines(lines, {
    size,
    weight: 900,
    colour: PALETTE.wheat,
    width: space.width,
    leading: space.leading,
  });
  const tree = box(
    { ...LED, backgroundColor: PALETTE.pine },
    ...rings(LED.width, 0, 1500, 860),
    box(
      {
        position: 'absolute',
        top: 0,
        width: LED.width,
        height: LED.height - STRIP,
        padding: `0 ${EDGE}px`,
        justifyContent: 'center',
        alignItems: 'flex-start',
      },
      large.node,
    ),
    box(
      {
        position: 'absolute',
        bottom: 0,
        width: LED.width,
        height: STRIP,
        padding: `0 ${EDGE}px`,
        flexDirection: 'row',
        alignItems: 'center',
        justifyContent: 'space-between',
        backgroundColor: PALETTE.pineCore,
      },
      masthead(county, type, 46, 1000),
      textLine(SLOGAN, { fontSize: 46, fontWeight: 700, color: PALETTE.paper, lineHeight: '56px' }),
    ),
  );
  return { tree, fits: size >= 120 };
}
