import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLexicon, PhraseFault, parsePhrase, parseWithSlots } from '../../src/knowledge/index.ts';

const lexicon = createLexicon({ 机关: ['公安局', '法院'], 转: ['转账', '转'], 套: ['{机关}', '银行'], 圈: ['{圈}'] });

describe('a phrase', () => {
  test('is a row of pieces with the distance between them', () => {
    const [pieces] = parsePhrase('自称…{机关}……(涉嫌|涉案)');
    expect(pieces?.map((piece) => piece.gap)).toEqual([
      undefined,
      { max: 12, acrossSentences: false },
      { max: 40, acrossSentences: true },
    ]);
    expect(pieces?.[2]?.choices).toEqual([{ word: '涉嫌' }, { word: '涉案' }]);
  });
  test('counts the characters that a numbered distance allows', () => {
    expect(parsePhrase('转…4卡')[0]?.[1]?.gap).toEqual({ max: 4, acrossSentences: false });
  });
  test('gives one variant with and one without an optional part', () => {
    expect(parsePhrase('转[到]卡')).toHaveLength(2);
    expect(parsePhrase('转[到|进]卡')).toHaveLength(2);
  });
  test('gives a variant for each alternative that is more than one word', () => {
    expect(parsePhrase('(借钱|借{金额})给他')).toHaveLength(2);
  });
  test('looks up words inside slots inside slots', () => {
    expect(lexicon.expand('套').words).toEqual(['公安局', '法院', '银行']);
  });
});

describe('a phrase is refused with a cure', () => {
  const refused: readonly [string, RegExp, RegExp][] = [
    ['转账.*账户', /正则表达式/, /…/],
    ['(转|汇)+', /正则表达式/, /…/],
    ['转{机构}', /没有叫 \{机构\} 的词表/, /机关/],
    ['{圈}了', /转了一圈/, /去掉/],
    ['{转}', /太宽/, /两个字/],
    ['钱', /太宽/, /两个字/],
    ['转账…', /省略号结尾/, /省略号/],
    ['转…99卡', /隔 99 个字/, /60/],
    ['转[到卡', /方括号不成对/, /\[甲\]/],
    ['(转|汇', /不成对/, /括号/],
    ['[一][二][三][四][五][六][七]账户', /太多/, /拆/],
  ];
  test.each(refused)('%s', (phrase, what, cure) => {
    const fault = catchFault(() => parseWithSlots(phrase, lexicon));
    expect(fault.message).toMatch(what);
    expect(fault.cure).toMatch(cure);
  });

  test('whatever is written, it is parsed or refused, and quickly', () => {
    const signs = fc.constantFrom(
      '转',
      '账户',
      '{转}',
      '{金额}',
      '(',
      ')',
      '[',
      ']',
      '|',
      '…',
      '……',
      '…4',
      '^',
      '$',
      '{',
      '}',
      '.*',
      '?',
    );
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 40 }), (parts) => {
        try {
          expect(parseWithSlots(parts.join(''), lexicon).length).toBeLessThanOrEqual(64);
        } catch (error) {
          expect(error).toBeInstanceOf(PhraseFault);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

function catchFault(act: () => unknown): PhraseFault {
  try {
    act();
  } catch (error) {
    if (error instanceof PhraseFault) return error;
    throw error;
  }
  throw new Error('the phrase was accepted');
}
