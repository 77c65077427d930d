import { basename } from 'node:path';
import type { Fault, KnowledgeBase, Lesson } from '../domain/index.ts';
import { type Allowed, faultOfVideo } from './check-video.ts';
import type { KnowledgeFiles } from './files.ts';
import { type PlacedQuestion, placedQuestions } from './placed-questions.ts';
import type { YamlFile } from './yaml-file.ts';

const QUESTIONS_PER_LESSON = 3;
/** Characters. A lesson is read in a minute, a question with its answers fits on one screen of a phone. */
const LONGEST_TITLE = 16;
const LONGEST_TEXT = 400;
const LONGEST_ASK = 60;
const LONGEST_OPTION = 20;
const LONGEST_WHY = 60;

/** Words that reproach. The explanation is read by people who have just answered wrongly, or who have lost money that way. */
const REPROACHES = [
  '傻',
  '笨',
  '蠢',
  '活该',
  '糊涂',
  '贪心',
  '贪便宜',
  '贪小便宜',
  '粗心',
  '太大意',
  '怎么会信',
  '咋会信',
  '这么容易信',
  '早该',
  '谁让你',
  '谁叫你',
  '丢人现眼',
];

/** Lessons and questions: ids, counts, the right answer, lengths, links, and no reproach. */
export function checkLessons(base: KnowledgeBase, files: KnowledgeFiles, allowed: Allowed): readonly Fault[] {
  const questions = placedQuestions(base, files);
  const known = new Set(base.frauds.map((fraud) => fraud.id));
  return [
    ...base.lessons.flatMap((lesson, i) => {
      const file = files.lessons[i];
      return file ? checkLesson(lesson, file, known, allowed) : [];
    }),
    ...questions.flatMap((one) => checkQuestion(one, known)),
    ...doubleIds(questions),
  ];
}

function checkLesson(lesson: Lesson, file: YamlFile, known: ReadonlySet<string>, allowed: Allowed): readonly Fault[] {
  const faults: Fault[] = [];
  const name = basename(file.name, '.yml');
  const fault = (path: readonly PropertyKey[], what: string, cure: string): void => {
    faults.push({ where: file.place(path), what, cure });
  };
  if (!/^\d{2}$/.test(name)) fault([], `课的文件名“${name}”不是两位数字`, '改成下一个号，例如 13.yml');
  else if (lesson.id !== name) fault(['id'], `编号“${lesson.id}”和文件名不一样`, `改成 '${name}'，要加引号`);
  const { length } = lesson.questions;
  if (length !== QUESTIONS_PER_LESSON)
    fault(['questions'], `这一课有 ${length} 道题`, `正好写 ${QUESTIONS_PER_LESSON} 道；多的挪到 quiz/ 里`);
  lesson.about.forEach((id, i) => {
    if (!known.has(id)) fault(['about', i], ...unknown(id));
  });
  tooLong(lesson.title, LONGEST_TITLE, '题目', (what, cure) => fault(['title'], what, cure));
  tooLong(lesson.text.join(''), LONGEST_TEXT, '课文', (what, cure) => fault(['text'], what, cure));
  lesson.text.forEach((line, i) => reproach(line, (what, cure) => fault(['text', i], what, cure)));
  const wrongLink = lesson.video === undefined ? undefined : faultOfVideo(lesson.video, allowed);
  if (wrongLink) fault(['video'], wrongLink.what, wrongLink.cure);
  return faults;
}

function checkQuestion({ question, place }: PlacedQuestion, known: ReadonlySet<string>): readonly Fault[] {
  const faults: Fault[] = [];
  const at =
    (path: readonly PropertyKey[]) =>
    (what: string, cure: string): void => {
      faults.push({ where: place(path), what, cure });
    };
  const { ask, options, answer, why, about } = question;
  if (options.length < 2 || options.length > 3)
    at(['options'])(`这道题有 ${options.length} 个答案`, '写两个或三个答案');
  if (!Number.isInteger(answer) || answer < 1 || answer > options.length)
    at(['answer'])(`answer 写了 ${answer}，可是只有 ${options.length} 个答案`, '写对的那个是第几个，从 1 数起');
  const plain = options.map((option) => option.replace(/[\s\p{P}]/gu, ''));
  plain.forEach((option, i) => {
    const first = plain.indexOf(option);
    if (first < i) at(['options', i])(`第 ${i + 1} 个答案和第 ${first + 1} 个一样`, '改成不一样的答案');
    tooLong(options[i] ?? '', LONGEST_OPTION, '答案', at(['options', i]));
  });
  if (about !== undefined && !known.has(about)) at(['about'])(...unknown(about));
  tooLong(ask, LONGEST_ASK, '问题', at(['ask']));
  tooLong(why, LONGEST_WHY, 'why', at(['why']));
  reproach(ask, at(['ask']));
  reproach(why, at(['why']));
  return faults;
}

type Tell = (what: string, cure: string) => void;

function tooLong(text: string, longest: number, name: string, tell: Tell): void {
  const { length } = [...text];
  if (length > longest) tell(`${name}有 ${length} 个字`, `改到最多 ${longest} 个字`);
}

function reproach(text: string, tell: Tell): void {
  for (const word of REPROACHES) if (text.includes(word)) tell(`“${word}”听着像责怪人`, '只说为什么、该怎么做');
}

const unknown = (id: string): [what: string, cure: string] => [
  `没有编号是“${id}”的骗局`,
  '写 frauds/ 里有的文件名，例如 email；哪种骗局都不是就删掉',
];

function doubleIds(questions: readonly PlacedQuestion[]): readonly Fault[] {
  const first = new Map<string, PlacedQuestion>();
  return questions.flatMap((one) => {
    const { id } = one.question;
    const before = first.get(id);
    if (!before) first.set(id, one);
    return before
      ? [
          {
            where: one.place(['id']),
            what: `题的编号“${id}”在 ${before.place(['id'])} 已经有了`,
            cure: '换一个没用过的编号',
          },
        ]
      : [];
  });
}
