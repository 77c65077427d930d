import { type Block, field, paragraph, stack } from './blocks.ts';
import { type Chapter, chapterHead, flowing } from './chapter.ts';
import { listed } from './fraud-page.ts';
import { bold, COLOURS, COLUMN, plain } from './look.ts';
import type { Manuscript } from './manuscript.ts';
import type { Typesetter } from './typesetter.ts';

const TEXT = { ...plain(12.5), leading: 1.42 };
const TITLE = { ...bold(13.5), leading: 1.42 };
const FIRST = { ...TITLE, colour: COLOURS.urgent };
const LIST_TITLE = { ...TITLE, colour: COLOURS.accent };

const PADDING = 13;

function urgent(setter: Typesetter): Block {
  const width = COLUMN - 2 * PADDING;
  const call = { ...bold(19, COLOURS.white), leading: 1.4 };
  const words = stack([
    paragraph(setter, '钱动了，先打110', call, width),
    paragraph(
      setter,
      '再打银行卡背面的电话，要求冻结。打不通110，就去最近的派出所。',
      plain(12.5, COLOURS.white),
      width,
    ),
  ]);
  return field(COLOURS.urgent, COLUMN, PADDING - 3, PADDING, words);
}

/** What has happened and what to do about it, then the words for the police. */
export function firstAidChapter({ firstAid }: Manuscript, setter: Typesetter): Chapter {
  const { situations, toPolice, evidence, afterwards } = firstAid;
  const title = '已经出事了怎么办';
  const head = stack(
    [chapterHead(title, '找到像您的那一种，先做红字那一句，再一步步往下做。', setter), urgent(setter)],
    12,
  );
  const steps = situations.map(({ name, first, steps }) =>
    stack([
      paragraph(setter, name, TITLE, COLUMN),
      paragraph(setter, first, FIRST, COLUMN),
      listed(steps, (i) => `${i + 1}`, TEXT, COLUMN, setter),
    ]),
  );
  const lists: readonly (readonly [string, readonly string[], (i: number) => string])[] = [
    ['对110这样说', toPolice, (i) => `${i + 1}`],
    ['这些留好，别删', evidence, () => '✓'],
    ['报警以后', afterwards, () => '✓'],
  ];
  const words = lists.map(
    ([name, items, mark]): Block =>
      stack([paragraph(setter, name, LIST_TITLE, COLUMN), listed(items, mark, TEXT, COLUMN, setter)]),
  );
  const sheets = flowing(head, [...steps, ...words], 'first-aid.yml').map((body) => ({ body, entries: [] }));
  return { id: 'first-aid', title, sheets };
}
