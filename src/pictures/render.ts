import { readFile } from 'node:fs/promises';
import { OperatorFault } from '../domain/index.ts';
import type { Node } from './box.ts';
import { type FontWeight, fontPath } from './font.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Four bytes a pixel: red, green, blue, alpha. */
export interface Pixels extends Size {
  readonly rgba: Buffer;
}

/** Where a node came to stand, in pixels. */
export interface Placed extends Size {
  readonly left: number;
  readonly top: number;
  readonly text: string | undefined;
}

const FAMILY = 'Noto Sans SC';
const WEIGHTS: readonly FontWeight[] = [400, 700, 900];

type Press = Awaited<ReturnType<typeof loadPress>>;
let press: Promise<Press> | undefined;

/** Lays a tree of boxes out and paints it. The first call loads the two libraries and three fonts. */
export async function paint(tree: Node, size: Size, onPlaced?: (placed: Placed) => void): Promise<Pixels> {
  press ??= loadPress();
  const { satori, renderAsync, fonts } = await press.catch((error: unknown) => {
    press = undefined;
    throw error;
  });
  const svg = await satori(tree as unknown as Parameters<Press['satori']>[0], {
    ...size,
    fonts,
    ...(onPlaced && {
      onNodeDetected: ({ left, top, width, height, textContent }) =>
        onPlaced({ left, top, width, height, text: textContent }),
    }),
  });
  const { pixels, width, height } = await renderAsync(svg, { font: { loadSystemFonts: false } });
  return { rgba: pixels, width, height };
}

async function loadPress() {
  const [{ default: satori }, { renderAsync }] = await Promise.all([
    needed('satori', import('satori')),
    needed('@resvg/resvg-js', import('@resvg/resvg-js')),
  ]);
  const fonts = await Promise.all(
    WEIGHTS.map(async (weight) => ({
      name: FAMILY,
      weight,
      style: 'normal' as const,
      data: await readFile(fontPath(weight)),
    })),
  );
  return { satori, renderAsync, fonts };
}

/** The package itself, or the part of it that is built for this machine. */
const NOT_INSTALLED = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];

/** A library that was left out at installation is an operator's fault. */
export async function needed<Library>(name: string, library: Promise<Library>): Promise<Library> {
  try {
    return await library;
  } catch (error) {
    if (!NOT_INSTALLED.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw new OperatorFault('印不了图片', [
      { where: name, what: '没有装画图的部件', cure: '运行 npm ci，不要加 --omit=optional' },
    ]);
  }
}
