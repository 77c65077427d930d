import type { QrCode } from '../../lib/qr-code.ts';
import { entryCode, type Imprint } from '../imprint.ts';
import { type Block, blank, paragraph, stack } from './blocks.ts';
import { bold, COLOURS, COLUMN, LEFT, PAGE, plain, type Type } from './look.ts';
import type { Manuscript } from './manuscript.ts';
import type { Paper } from './paper.ts';
import type { Typesetter } from './typesetter.ts';

export const TITLE = '反诈知识手册';
const PROMISE = '看得到、听得到、问得到';

/** Height of the coloured upper part. */
const GROUND = 368;
const CODE = 96;
/** Readers of codes need light around them; the code stands on the white part and needs no frame of its own. */
const BETWEEN = 22;

/** Fills the whole page. Throws when `entryUrl` is longer than a code can hold. */
export async function drawCover(
  paper: Paper,
  { county, entry, slogan, date, hotlines }: Manuscript,
  imprint: Imprint,
  setter: Typesetter,
): Promise<void> {
  const { entryUrl } = imprint;
  const code = await entryCode(imprint);
  paper.fill(COLOURS.accent, 0, 0, PAGE.width, GROUND);
  const set = (size: number, colour: string = COLOURS.white): Type => ({ ...bold(size, colour), leading: 1.2 });
  paragraph(setter, county, set(18), COLUMN).draw(paper, LEFT, 48);
  const [above, below] = [TITLE.slice(0, 2), TITLE.slice(2)];
  paragraph(setter, above, set(108), COLUMN).draw(paper, LEFT - 4, 92);
  paragraph(setter, below, set(54), COLUMN).draw(paper, LEFT - 2, 216);
  paper.fill(COLOURS.bright, LEFT, 300, 36, 3);
  paragraph(setter, slogan, set(largest(slogan, 21, setter), COLOURS.bright), COLUMN).draw(paper, LEFT, 316);
  drawEntry(paper, entry, code, setter);
  const numbers = hotlines.slice(0, 2).map(({ name, number }) => `${name} ${number}`);
  paper.fill(COLOURS.hairline, LEFT, PAGE.height - 78, COLUMN, 0.6);
  paragraph(setter, numbers.join('　'), bold(12.5), COLUMN).draw(paper, LEFT, PAGE.height - 71);
  const foot = plain(10.5, COLOURS.quiet);
  paper.write(setter.line(`${county}　${date}`, foot), foot, LEFT, PAGE.height - 30);
  if (code && entryUrl !== undefined && isWebAddress(entryUrl))
    paper.leadOut(new URL(entryUrl).href, PAGE.width - LEFT - CODE, GROUND + 28, CODE, CODE);
}

function drawEntry(paper: Paper, entry: string, code: QrCode | undefined, setter: Typesetter): void {
  const width = code ? COLUMN - CODE - BETWEEN : COLUMN;
  const words: Block = stack([
    paragraph(setter, PROMISE, bold(13, COLOURS.accent), width),
    blank(8),
    paragraph(setter, entry, bold(15), width),
    ...(code ? [blank(4), paragraph(setter, '用手机扫右边的码，也能问。', plain(11.5, COLOURS.quiet), width)] : []),
  ]);
  words.draw(paper, LEFT, GROUND + 24);
  if (code) paper.code(code, COLOURS.ink, PAGE.width - LEFT - CODE, GROUND + 28, CODE);
}

function isWebAddress(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}

/** The largest size up to `most` at which the words stand on one line. */
function largest(words: string, most: number, setter: Typesetter): number {
  return Math.min(most, (most * COLUMN) / setter.line(words, bold(most)).width);
}
