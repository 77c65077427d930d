import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLexicon } from '../../src/knowledge/index.ts';
import { createMatcher } from '../../src/recognise/matcher.ts';

const lexicon = createLexicon({ 机关: ['公安局', '公安', '法院'], 转: ['转账', '转到', '转'], 钱: ['钱', '{金额}'] });

function matches(phrase: string, text: string): boolean {
  return createMatcher([{ phrase, owner: 0, lexicon }], (word) => word).match(text).length > 0;
}

describe('a phrase', () => {
  test('finds its words within the distance', () => {
    expect(matches('自称…{机关}', '有人自称是县公安局的')).toBe(true);
    expect(matches('自称…4{机关}', '自称是我们这里的公安局')).toBe(false);
  });
  test('does not reach into the next sentence, unless it is written ……', () => {
    expect(matches('自称…{机关}', '他自称专家。公安局来了')).toBe(false);
    expect(matches('自称……{机关}', '他自称专家。公安局来了')).toBe(true);
  });
  test('keeps the order of its pieces', () => {
    expect(matches('{转}…{钱}', '钱要转')).toBe(false);
  });
  test('allows nothing between pieces that stand side by side', () => {
    expect(matches('{转}{机关}', '转公安局')).toBe(true);
    expect(matches('{转}{机关}', '转给公安局')).toBe(false);
  });
  test('prefers no word over another: the short one serves where the long one leads nowhere', () => {
    expect(matches('{转}到账', '转到账户')).toBe(true);
    expect(matches('{机关}局长', '公安局长')).toBe(true);
  });
  test('knows the beginning and the end of a message', () => {
    expect(matches('^(你好|您好)$', '你好')).toBe(true);
    expect(matches('^(你好|您好)$', '你好!')).toBe(true);
    expect(matches('^你好$', '他说你好')).toBe(false);
  });
  test('knows sums, web addresses and numbers', () => {
    for (const sum of ['5000元', '五万', '2w', '三千块', '两千多', '1.5万', '几百块'])
      expect(matches('交{金额}', `先交${sum}`), sum).toBe(true);
    expect(matches('点{网址}', '请点http://xx.example/a')).toBe(true);
    expect(matches('点{网址}', '请点a-b.top/abc')).toBe(true);
  });
  test('tells where it stands', () => {
    const [hit] = createMatcher([{ phrase: '{转}…{钱}', owner: 0, lexicon }], (word) => word).match('他让我转一笔钱');
    expect([hit?.start, hit?.end]).toEqual([3, 7]);
  });
  test('leaves nothing behind for the next message', () => {
    const matcher = createMatcher([{ phrase: '{转}…{钱}', owner: 0, lexicon }], (word) => word);
    expect(matcher.match('转')).toHaveLength(0);
    expect(matcher.match('钱')).toHaveLength(0);
  });
});

/** The naive way: the same phrase as a regular expression, which the matcher must agree with. */
function oracle(words: readonly (readonly string[])[], gaps: readonly number[], text: string): boolean {
  const pattern = words
    .map((choices, i) => `${i === 0 ? '' : `[^。!?;\\n]{0,${gaps[i - 1]}}`}(?:${[...choices].join('|')})`)
    .join('');
  return new RegExp(pattern).test(text);
}

test('agrees with a regular expression on any text', () => {
  const word = fc.constantFrom('甲', '甲乙', '乙', '丙丁', '丁');
  const choices = fc.uniqueArray(word, { minLength: 1, maxLength: 3 });
  const text = fc
    .array(fc.constantFrom('甲', '乙', '丙', '丁', '戊', '。'), { maxLength: 30 })
    .map((chars) => chars.join(''));
  fc.assert(
    fc.property(
      fc.array(choices, { minLength: 2, maxLength: 3 }),
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 2 }),
      text,
      (words, gaps, message) => {
        const phrase = words.map((list, i) => `${i === 0 ? '' : `…${gaps[i - 1]}`}(${list.join('|')})`).join('');
        expect(matches(phrase, message)).toBe(oracle(words, gaps, message));
      },
    ),
    { seed: 7, numRuns: 400 },
  );
});
