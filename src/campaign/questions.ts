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
const ANSWER =
  /^(?:我)?(?:选|答|回|答案是?|应该是|是)?(?:第)?([1-9]\d?|[一二三四五六七八九]|[A-F])(?:个|项|号|条)?(?:吧|啊|呀|呢)?[.。、，,!！?？~～]*$/u;

/** The position that a whole message chooses, counted from 1: 2, ２, ②, 二, 选B. */
export function readChoice(text: string): number | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[\ufe0f\u20e3\s]/g, '')
    .toUpperCase();
  const sign = ANSWER.exec(plain)?.[1];
  if (sign === undefined) return undefined;
  if (LETTERS.includes(sign)) return LETTERS.indexOf(sign) + 1;
  const hanzi = '一二三四五六七八九'.indexOf(sign);
  return hanzi >= 0 ? hanzi + 1 : Number(sign);
}
