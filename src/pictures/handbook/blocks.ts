import type { Type } from './look.ts';
import type { Paper } from './paper.ts';
import type { Typesetter } from './typesetter.ts';

/** Something set and measured that waits for its place on a page. Points. */
export interface Block {
  readonly height: number;
  readonly draw: (paper: Paper, left: number, top: number) => void;
}

/** Points by which pages are made less deep when they are evened out. */
const FINENESS = 10;

/** How far below the top of its box the baseline of a Chinese character lies, as a share of the size. */
const ASCENT = 0.88;

function baselineOf({ size, leading }: Type): number {
  return size * ((leading - 1) / 2 + ASCENT);
}

/** A text of as many lines as it takes. */
export function paragraph(setter: Typesetter, text: string, type: Type, width: number): Block {
  const lines = setter.lines(text, type, width);
  const step = type.size * type.leading;
  return {
    height: lines.length * step,
    draw: (paper, left, top) => {
      for (const [i, line] of lines.entries()) paper.write(line, type, left, top + i * step + baselineOf(type));
    },
  };
}

/** Blocks one below the other. */
export function stack(blocks: readonly Block[], gap = 0): Block {
  return {
    height: blocks.reduce((sum, { height }) => sum + height, 0) + gap * Math.max(0, blocks.length - 1),
    draw: (paper, left, top) => {
      let y = top;
      for (const block of blocks) {
        block.draw(paper, left, y);
        y += block.height + gap;
      }
    },
  };
}

/** A mark at the left, and the block set in behind it. */
export function hung(mark: Block, indent: number, block: Block): Block {
  return {
    height: Math.max(mark.height, block.height),
    draw: (paper, left, top) => {
      mark.draw(paper, left, top);
      block.draw(paper, left + indent, top);
    },
  };
}

/** A coloured field behind a block, which was set `2 * beside` narrower. */
export function field(colour: string, width: number, above: number, beside: number, block: Block): Block {
  const height = block.height + 2 * above;
  return {
    height,
    draw: (paper, left, top) => {
      paper.fill(colour, left, top, width, height, 3);
      block.draw(paper, left + beside, top + above);
    },
  };
}

export const bar = (colour: string, width: number, height: number): Block => ({
  height,
  draw: (paper, left, top) => paper.fill(colour, left, top, width, height),
});

export const blank = (height: number): Block => ({ height, draw: () => undefined });

/** Shares blocks out evenly to as few pages as hold them, in their order; a block is never cut. */
export function flowEvenly(blocks: readonly Block[], gap: number, depth: number): readonly (readonly Block[])[] {
  const fewest = flow(blocks, gap, depth);
  let even = fewest;
  for (let less = depth; less > 0 && fewest.length > 1; less -= FINENESS) {
    const pages = flow(blocks, gap, less);
    if (pages.length > fewest.length) break;
    even = pages;
  }
  return even;
}

/** Shares blocks out to pages in their order, each page as full as it gets. */
export function flow(blocks: readonly Block[], gap: number, depth: number): readonly (readonly Block[])[] {
  const pages: Block[][] = [];
  let used = 0;
  for (const block of blocks) {
    const page = pages.at(-1);
    if (page && used + gap + block.height <= depth) {
      page.push(block);
      used += gap + block.height;
    } else {
      pages.push([block]);
      used = block.height;
    }
  }
  return pages;
}
