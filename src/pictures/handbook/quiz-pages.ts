import { paragraph, stack } from './blocks.ts';
import { type Chapter, chapterHead, flowing } from './chapter.ts';
import { listed } from './fraud-page.ts';
import { bold, COLOURS, COLUMN, plain } from './look.ts';
import type { Manuscript } from './manuscript.ts';
import type { Typesetter } from './typesetter.ts';

const TEXT = plain(12);

/** The questions, and behind them on pages of their own the answers. No chapter without questions. */
export function quizChapters({ quiz }: Manuscript, setter: Typesetter): readonly Chapter[] {
  if (quiz.length === 0) return [];
  const questions = quiz.map(({ ask, options }, i) =>
    stack([
      paragraph(setter, `${i + 1}. ${ask}`, bold(12.5), COLUMN),
      listed(options, (option) => `${option + 1}`, TEXT, COLUMN, setter),
    ]),
  );
  const answers = quiz.map(({ options, answer, why }, i) =>
    stack([
      paragraph(
        setter,
        `${i + 1}. 选${answer}：${options[answer - 1] ?? ''}`,
        { ...bold(11.5, COLOURS.accent), leading: 1.4 },
        COLUMN,
      ),
      paragraph(setter, why, { ...plain(11.5), leading: 1.4 }, COLUMN),
    ]),
  );
  const chapter = (id: string, title: string, lead: string, blocks: typeof answers, gap: number): Chapter => ({
    id,
    title,
    sheets: flowing(chapterHead(title, lead, setter), blocks, '知识问答', gap).map((body) => ({ body, entries: [] })),
  });
  return [
    chapter('quiz', '考考自己', '每题只有一个对。先自己选，再看后面的答案。', questions, 13),
    chapter('answers', '答案', '', answers, 6),
  ];
}
