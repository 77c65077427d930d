import { describe, expect, test } from 'vitest';
import { knowledge } from '../knowledge-base.ts';

describe("the project's own lessons", () => {
  const { lessons, quiz } = knowledge;
  const texts = [
    ...lessons.flatMap((one) => [one.title, ...one.text]),
    ...quiz.flatMap((one) => [one.ask, ...one.options, one.why]),
  ];

  test('are twelve, in order, the three frauds that all must know first', () => {
    expect(lessons.map((one) => one.id)).toEqual(Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0')));
    expect(lessons.slice(0, 3).map((one) => one.about[0])).toEqual([
      'impersonate-leader',
      'impersonate-police',
      'email',
    ]);
  });
  test('are read in a minute: 8 to 14 lines', () => {
    for (const { id, text } of lessons) {
      expect(text.length, id).toBeGreaterThanOrEqual(8);
      expect(text.length, id).toBeLessThanOrEqual(14);
    }
  });
  test('and the quiz have at least sixty questions, those of the lessons first', () => {
    expect(quiz.length).toBeGreaterThanOrEqual(60);
    expect(quiz.slice(0, 36)).toEqual(lessons.flatMap((one) => one.questions));
  });
  test('spread the right answer over the places, and do not give it away by its length', () => {
    for (const place of [1, 2, 3]) {
      const share = quiz.filter((one) => one.answer === place).length / quiz.length;
      expect(share, `place ${place}`).toBeGreaterThan(0.25);
      expect(share, `place ${place}`).toBeLessThan(0.42);
    }
    const longest = quiz.filter((one) => {
      const right = one.options[one.answer - 1] ?? '';
      return one.options.every((option) => option === right || option.length < right.length);
    });
    expect(longest.length / quiz.length).toBeLessThan(0.45);
  });
  test('mostly give three answers to choose from', () => {
    expect(quiz.filter((one) => one.options.length === 3).length / quiz.length).toBeGreaterThan(0.8);
  });
  test('explain without blame', () => {
    for (const { id, why } of quiz)
      expect(why, id).not.toMatch(/傻|笨|贪|糊涂|粗心|大意|怪您|怪你|咋会|怎么会信|早该|答错|错了/);
  });
  test('name the four numbers that are verified, and no tool of which nobody knows whether it still runs', () => {
    const numbers = new Set(texts.flatMap((text) => text.match(/\d{3,}/g) ?? []));
    expect([...numbers].sort()).toEqual(['110', '12345', '12381', '96110']);
    expect(texts.join('')).not.toMatch(/金钟罩|https?:/);
    expect(lessons.flatMap((one) => one.video ?? [])).toEqual([]);
  });
  test('close with the slogan, letter for letter', () => {
    expect(lessons.at(-1)?.text.at(-1)).toContain(knowledge.wording.slogan);
  });
});
