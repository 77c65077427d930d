import { type Block, blank, field, flow, paragraph, stack } from './blocks.ts';
import { type Chapter, chapterHead } from './chapter.ts';
import { bold, COLOURS, COLUMN, DEPTH, plain, type Type } from './look.ts';
import type { Typesetter } from './typesetter.ts';

export const CONTENTS_TITLE = '目录';

/** Chapters, their entries and pages; the entries of a chapter follow it. The number of pages does not hang on the numbers. */
export function contentsPages(
  chapters: readonly Chapter[],
  pageOf: (id: string) => number,
  setter: Typesetter,
): readonly Block[] {
  const rows = chapters.flatMap(({ id, title, sheets }) => {
    const entries = sheets.flatMap((sheet) => sheet.entries);
    const first = row(title, id, pageOf(id), bold(12.5, COLOURS.accent), setter);
    const [next, ...rest] = entries.map((entry) => row(entry.title, entry.id, pageOf(entry.id), plain(12), setter));
    return next ? [stack([blank(7), first, next]), ...rest] : [stack([blank(3), first])];
  });
  const urgent = urgentField(pageOf('first-aid'), setter);
  return flow([chapterHead(CONTENTS_TITLE, '', setter), urgent, ...rows], 0, DEPTH).map((page) => stack(page));
}

/** Whoever has lost money has no time to look for the page. */
function urgentField(page: number, setter: Typesetter): Block {
  const padding = 9;
  const words = paragraph(setter, `钱已经转了？直接翻到第${page}页。`, bold(13, COLOURS.white), COLUMN - 2 * padding);
  const block = field(COLOURS.urgent, COLUMN, padding, padding, words);
  return {
    height: block.height + 14,
    draw: (paper, left, top) => {
      block.draw(paper, left, top + 10);
      paper.leadTo('first-aid', left, top + 10, COLUMN, block.height);
    },
  };
}

function row(title: string, id: string, page: number, type: Type, setter: Typesetter): Block {
  const number = setter.line(String(page), type);
  const name = paragraph(setter, title, type, COLUMN - 40);
  const end = setter.lines(title, type, COLUMN - 40).at(-1)?.width ?? 0;
  return {
    height: name.height,
    draw: (paper, left, top) => {
      name.draw(paper, left, top);
      const baseline = top + name.height - type.size * 0.37;
      paper.dots(COLOURS.hairline, left + end + 7, left + COLUMN - number.width - 6, baseline - type.size * 0.3);
      paper.write(number, type, left + COLUMN - number.width, baseline);
      paper.leadTo(id, left, top, COLUMN, name.height);
    },
  };
}
