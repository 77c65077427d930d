import type { Imprint } from '../imprint.ts';
import type { Chapter, Sheet } from './chapter.ts';
import { CONTENTS_TITLE, contentsPages } from './contents.ts';
import { drawCover, TITLE } from './cover.ts';
import { firstAidChapter } from './first-aid-pages.ts';
import { fraudPage, GROUP_NAMES } from './fraud-page.ts';
import { hotlinesChapter } from './hotlines-page.ts';
import { indexChapter } from './index-pages.ts';
import { bold, COLOURS, FOOT, LEFT, PAGE, plain, TOP } from './look.ts';
import { GROUPS, type HandbookBase, type Manuscript, placeOf, writeManuscript } from './manuscript.ts';
import { openPaper, type Paper } from './paper.ts';
import { quizChapters } from './quiz-pages.ts';
import { createTypesetter, type Typesetter } from './typesetter.ts';

const COVER_PAGES = 1;

/**
 * The handbook as a PDF: A5, text that can be selected and searched, bookmarks, links. The same input gives the same file.
 * Throws an operator's fault for a character that the font lacks, for an entry that does not fit on a page, and when a
 * package for printing was left out at installation.
 */
export async function printHandbook(base: HandbookBase, imprint: Imprint): Promise<Buffer> {
  const manuscript = await writeManuscript(base, imprint);
  const setter = await createTypesetter();
  const { contents, chapters, pageOf } = compose(manuscript, setter);
  const paper = await openPaper({
    title: TITLE,
    author: manuscript.county,
    date: new Date(`${imprint.date}T00:00:00+08:00`),
  });
  paper.turnPage();
  paper.bookmark(TITLE, 0);
  await drawCover(paper, manuscript, imprint, setter);
  const foot = createFoot(manuscript.slogan, setter);
  for (const [i, body] of contents.entries()) {
    paper.turnPage();
    if (i === 0) paper.bookmark(CONTENTS_TITLE, 0);
    body.draw(paper, LEFT, TOP);
    foot(paper, COVER_PAGES + 1 + i);
  }
  for (const [place, { id, title, sheets }] of chapters.entries())
    for (const [i, sheet] of sheets.entries()) {
      paper.turnPage();
      if (i === 0) {
        paper.name(id);
        paper.bookmark(title, 0);
      }
      drawSheet(paper, sheet);
      const number = pageOf(id) + i;
      drawTab(paper, place, chapters.length, number);
      foot(paper, number);
    }
  return paper.bind();
}

interface Composed {
  readonly contents: ReturnType<typeof contentsPages>;
  readonly chapters: readonly Chapter[];
  /** Page of a chapter or an entry. */
  readonly pageOf: (id: string) => number;
}

/** The pages in their order. Contents come before what they count, so that they are set twice: first for their number. */
function compose(manuscript: Manuscript, setter: Typesetter): Composed {
  const before = [
    ...fraudChapters(manuscript, setter),
    firstAidChapter(manuscript, setter),
    ...[hotlinesChapter(manuscript, setter)].filter((chapter) => chapter !== undefined),
    ...quizChapters(manuscript, setter),
  ];
  const draft = [...before, indexChapter(manuscript.entries, () => 0, setter)];
  const pages = new Map<string, number>();
  let next = COVER_PAGES + contentsPages(draft, () => 0, setter).length + 1;
  for (const { id, sheets } of draft) {
    pages.set(id, next);
    for (const sheet of sheets) {
      for (const entry of sheet.entries) pages.set(entry.id, next);
      next += 1;
    }
  }
  const pageOf = (id: string): number => pages.get(id) ?? 0;
  const chapters = [...before, indexChapter(manuscript.entries, pageOf, setter)];
  return { contents: contentsPages(chapters, pageOf, setter), chapters, pageOf };
}

function fraudChapters({ entries }: Manuscript, setter: Typesetter): readonly Chapter[] {
  const sheets = entries.map((entry, i) => ({
    group: entry.group,
    body: fraudPage(entry, i + 1, setter),
    entries: [{ id: placeOf(entry), title: entry.name }],
  }));
  return GROUPS.map((group) => ({
    id: group,
    title: GROUP_NAMES[group],
    sheets: sheets.filter((sheet) => sheet.group === group),
  })).filter((chapter) => chapter.sheets.length > 0);
}

function drawSheet(paper: Paper, { body, entries }: Sheet): void {
  for (const { id, title } of entries) {
    paper.name(id);
    paper.bookmark(title, 1);
  }
  body.draw(paper, LEFT, TOP);
}

/** A mark at the outer edge, lower for every chapter: the thumb finds it in the closed book. */
function drawTab(paper: Paper, place: number, places: number, number: number): void {
  const [width, height] = [9, 30];
  const top = TOP + (place * (PAGE.height - 2 * TOP - height)) / Math.max(1, places - 1);
  paper.fill(COLOURS.accent, number % 2 === 0 ? 0 : PAGE.width - width, top, width, height);
}

/** The number of the page at its outer edge, the slogan at the inner one. Even pages lie on the left. */
function createFoot(slogan: string, setter: Typesetter): (paper: Paper, number: number) => void {
  const [small, strong] = [plain(9.5, COLOURS.quiet), bold(12, COLOURS.accent)];
  const words = setter.line(slogan, small);
  return (paper, number) => {
    const figure = setter.line(String(number), strong);
    const right = PAGE.width - LEFT;
    const even = number % 2 === 0;
    paper.write(figure, strong, even ? LEFT : right - figure.width, FOOT);
    paper.write(words, small, even ? right - words.width : LEFT, FOOT);
  };
}
