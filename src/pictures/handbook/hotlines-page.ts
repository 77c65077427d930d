import { type Block, bar, blank, paragraph, stack } from './blocks.ts';
import { type Chapter, chapterHead, flowing } from './chapter.ts';
import { bold, COLOURS, COLUMN, plain } from './look.ts';
import type { Manuscript } from './manuscript.ts';
import type { Typesetter } from './typesetter.ts';

/** Of the numbers: the largest at which all of them stand on one page, otherwise the smallest. */
const SIZES = [34, 32, 30, 28, 26];

/** Only numbers that somebody has checked. Absent when there are none. */
export function hotlinesChapter({ hotlines }: Manuscript, setter: Typesetter): Chapter | undefined {
  if (hotlines.length === 0) return undefined;
  const title = '记住这几个号码';
  const head = chapterHead(title, '银行的电话，看银行卡背面。别打短信里、网上搜来的电话。', setter);
  const set = (size: number): readonly Block[] => {
    const blocks = hotlines.map(({ name, number, what }) =>
      stack([
        bar(COLOURS.hairline, COLUMN, 0.6),
        blank(6),
        paragraph(setter, number, { ...bold(size, COLOURS.accent), leading: 1.15 }, COLUMN),
        paragraph(setter, name, { ...bold(14), leading: 1.4 }, COLUMN),
        paragraph(setter, what, { ...plain(12.5), leading: 1.4 }, COLUMN),
      ]),
    );
    return flowing(head, blocks, 'contacts.yml', 10);
  };
  const tries = SIZES.map(set);
  const pages = tries.find(({ length }) => length === 1) ?? tries.at(-1) ?? [];
  return { id: 'hotlines', title, sheets: pages.map((body) => ({ body, entries: [] })) };
}
