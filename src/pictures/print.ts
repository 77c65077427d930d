import { type Fraud, OperatorFault } from '../domain/index.ts';
import { BANNER, banner } from './banner.ts';
import { BOARD, board } from './board.ts';
import type { Node } from './box.ts';
import { CARD, card } from './card.ts';
import { type Content, contentOf } from './content.ts';
import type { Imprint } from './imprint.ts';
import { LED, led } from './led.ts';
import { encodePng } from './png.ts';
import { type Pixels, type Placed, paint, type Size } from './render.ts';
import { createTypesetter, type Typesetter } from './typesetter.ts';

/** A phone card, a screen in the street, a board in a hall, a cloth across a road. */
export const PICTURE_FORMATS = ['card', 'led', 'board', 'banner'] as const;

export type PictureFormat = (typeof PICTURE_FORMATS)[number];

type Design = (content: Content, type: Typesetter) => { readonly tree: Node; readonly fits: boolean };

const DESIGNS: Readonly<Record<PictureFormat, Size & { readonly design: Design }>> = {
  card: { ...CARD, design: card },
  led: { ...LED, design: led },
  board: { ...BOARD, design: board },
  banner: { ...BANNER, design: banner },
};

/** A PNG. Throws an operator's fault for a sign that the font lacks, for texts that do not fit, and when a library is missing. */
export async function printPicture(fraud: Fraud, format: PictureFormat, imprint: Imprint): Promise<Buffer> {
  return encodePng(await drawPicture(fraud, format, imprint));
}

/** The same picture before it is packed; tells where each box came to stand. */
export async function drawPicture(
  fraud: Fraud,
  format: PictureFormat,
  imprint: Imprint,
  onPlaced?: (placed: Placed) => void,
): Promise<Pixels> {
  const { width, height } = DESIGNS[format];
  const { tree, fits } = await designed(fraud, format, imprint);
  if (!fits)
    throw new OperatorFault(`“${fraud.id}”的图片印不了`, [
      {
        where: `frauds/${fraud.id}.yml`,
        what: `字太多，${format} 这一种放不下`,
        cure: '把 what、see_through、now、tip.led 写短些',
      },
    ]);
  return paint(tree, { width, height }, onPlaced);
}

/** Whether the texts have room, without painting. */
export async function fitsInto(fraud: Fraud, format: PictureFormat, imprint: Imprint): Promise<boolean> {
  return (await designed(fraud, format, imprint)).fits;
}

async function designed(fraud: Fraud, format: PictureFormat, imprint: Imprint): Promise<ReturnType<Design>> {
  const [content, type] = await Promise.all([contentOf(fraud, imprint), createTypesetter()]);
  return DESIGNS[format].design(content, type);
}
