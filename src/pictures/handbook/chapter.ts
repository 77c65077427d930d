import { OperatorFault } from '../../domain/index.ts';
import { type Block, bar, blank, flowEvenly, paragraph, stack } from './blocks.ts';
import { bold, COLOURS, COLUMN, DEPTH, plain } from './look.ts';
import type { Typesetter } from './typesetter.ts';

/** One page with the names that lead to it. */
export interface Sheet {
  readonly body: Block;
  /** Destinations of links, and titles for the bookmarks and the table of contents. */
  readonly entries: readonly { readonly id: string; readonly title: string }[];
}

/** Sheets that belong together. `id` names the page where it begins. */
export interface Chapter {
  readonly id: string;
  readonly title: string;
  readonly sheets: readonly Sheet[];
}

const GAP = 12;
/** Points added at most between the blocks of a page that has room. */
const MOST_AIR = 14;

/** The title of a chapter, and below it a sentence that leads in; none when `lead` is empty. */
export function chapterHead(title: string, lead: string, setter: Typesetter): Block {
  return stack([
    paragraph(setter, title, { ...bold(24), leading: 1.4 }, COLUMN),
    bar(COLOURS.accent, 36, 3),
    ...(lead === '' ? [] : [blank(7), paragraph(setter, lead, plain(11.5, COLOURS.quiet), COLUMN)]),
  ]);
}

/** Blocks under the head of a chapter, on as many pages as they need; `where` is blamed when one is longer than a page. */
export function flowing(head: Block, blocks: readonly Block[], where: string, gap = GAP): readonly Block[] {
  if (blocks.some(({ height }) => height > DEPTH))
    throw new OperatorFault('手册印不下', [{ where, what: '有一段一页放不下', cure: '把句子写短一些，或者少写几句' }]);
  return flowEvenly([head, ...blocks], gap, DEPTH).map((page) => {
    const spare = DEPTH - stack(page, gap).height;
    return stack(page, gap + Math.min(MOST_AIR, spare / Math.max(1, page.length - 1)));
  });
}
