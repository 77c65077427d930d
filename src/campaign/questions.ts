import type { Mind } from '../conversation/index.ts';
import type { QuizQuestion } from '../domain/index.ts';

/** A question as it is asked: each answer on a line of its own behind its digit. */
export function questionText(question: QuizQuestion, title: string, mind: Mind): string {
  return [
    `${title}${question.ask}`,
    ...question.options.map((option, i) => `${i + 1} ${option}`),
    mind.say('question-choose'),
  ].join('\n');
}

/** Said after an answer, right or wrong: what is right, and why. */
export function explanation(question: QuizQuestion, choice: number, mind: Mind): string {
  const right = question.options[question.answer - 1] ?? '';
  const verdict =
    choice === question.answer
      ? mind.say('question-right')
      : mind.say('question-other', { 题号: String(question.answer), 答案: right });
  return `${verdict}\n${question.why}`;
}

const LETTERS = 'ABCDEF';
const HANZI = ['一二三四五六七八九', '壹贰叁肆伍陆柒捌玖'] as const;
const ANSWER =
  /^(?:我)?(?:觉得|认为|想|应该|应当|可能)*(?:第\d题)?(?:选择?|答案?|回复?|是)*(?:第)?([1-9]\d?|[一二三四五六七八九壹贰叁肆]|[A-F])(?:个|项|号|条|选项)?(?:答案)?(?:吧|啊|呀|呢|嘛)?$/u;

/** The position that a whole message chooses, counted from 1: 2, ２, ②, 二, 选B, （2）, 我觉得是2. */
export function readChoice(text: string): number | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[\ufe0f\u20e3\s\p{P}]/gu, '')
    .toUpperCase();
  const sign = ANSWER.exec(plain)?.[1];
  if (sign === undefined) return undefined;
  if (LETTERS.includes(sign)) return LETTERS.indexOf(sign) + 1;
  for (const digits of HANZI) if (digits.includes(sign)) return digits.indexOf(sign) + 1;
  return Number(sign);
}
