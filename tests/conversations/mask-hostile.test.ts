import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mask } from '../../src/conversation/mask.ts';
import { WORDS_LIKE_NAMES } from '../../src/conversation/mask-names.ts';

const HAN = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((code) => String.fromCodePoint(code));
const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓',
  '欧阳',
  '司马',
  '诸葛',
  '上官',
];
const SURE = [
  '我叫',
  '俺叫',
  '他叫',
  '有个叫',
  '一个叫',
  '名字是',
  '姓名：',
  '户名：',
  '户名',
  '收款人',
  '联系人 ',
  '户主',
  '机主',
  '收件人：',
];
const LIKELY = [
  '我儿子',
  '俺闺女',
  '我老伴',
  '老公叫',
  '邻居',
  '同事',
  '俺表哥',
  '我是',
  '俺是',
  '对方自称',
  '受害人',
  '俺婆婆',
];
const OFTEN_GIVEN = fc.constantFrom(
  ...'建国军伟芳秀英兰花梅娟丽敏静强磊洋勇艳杰娜涛明超霞平刚桂玉萍红鹏凤云飞文斌波辉琴荣春新永福贵财德柱根栓喜顺庆',
);
const AFTER = fc.constantFrom('', '，', '。', ' ', '昨天', '在深圳', '让人骗了', '的卡');

describe('the mask, whatever stands around', () => {
  test('no name comes through behind a word that only a name can follow', () => {
    const given = fc.array(HAN, { minLength: 1, maxLength: 2 }).map((all) => all.join(''));
    fc.assert(
      fc.property(
        fc.constantFrom(...SURE),
        fc.constantFrom(...SURNAMES),
        given,
        AFTER,
        (word, surname, name, after) => {
          expect(mask(`${word}${surname}${name}${after}`)).not.toContain(surname + name);
        },
      ),
      { numRuns: 2_000 },
    );
  });
  test('no usual name comes through behind a word that may introduce one, if it is not an everyday word', () => {
    const given = fc.array(OFTEN_GIVEN, { minLength: 1, maxLength: 2 }).map((all) => all.join(''));
    fc.assert(
      fc.property(
        fc.constantFrom(...LIKELY),
        fc.constantFrom(...SURNAMES),
        given,
        AFTER,
        (word, surname, name, after) => {
          fc.pre(!WORDS_LIKE_NAMES.has((surname + name).slice(0, 2)));
          expect(mask(`${word}${surname}${name}${after}`)).not.toContain(surname + name);
        },
      ),
      { numRuns: 2_000 },
    );
  });
  test('no number of seven and more digits comes through, in any spacing and script', () => {
    const scripts = [
      '0123456789',
      '０１２３４５６７８９',
      '零一二三四五六七八九',
      '〇幺二三四五六七八九',
      '⓪①②③④⑤⑥⑦⑧⑨',
      'O123456789',
    ];
    const spacing = fc.constantFrom(
      '',
      ' ',
      '  ',
      '-',
      '—',
      '——',
      '.',
      '·',
      '、',
      '，',
      '_',
      ' - ',
      '\n',
      '\u3000',
      '\u200b',
    );
    const digits = fc
      .array(fc.nat(9), { minLength: 7, maxLength: 19 })
      .filter((all) => (all[0] ?? 0) > 0 && (all.at(-1) ?? 0) > 0);
    const words = fc.constantFrom('他电话', '，', '卡号：', ' ', '转给', '尾号', '。', '看');
    const group = fc.constantFrom(1, 2, 3, 4, 20);
    fc.assert(
      fc.property(
        words,
        digits,
        fc.constantFrom(...scripts),
        spacing,
        group,
        words,
        (before, all, script, gap, size, after) => {
          const written = all.map((digit, at) => (at > 0 && at % size === 0 ? gap : '') + script[digit]).join('');
          const masked = mask(`${before}${written}${after}`);
          const left = [...masked].filter((char) => scripts.some((one) => one.includes(char)));
          expect(left.length, `${written} → ${masked}`).toBeLessThan(4);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});

/** The shortest of several runs, in milliseconds: what the work costs when nothing disturbs it. */
function cost(text: string): number {
  const runs = Array.from({ length: 7 }, () => {
    const begin = performance.now();
    mask(text);
    return performance.now() - begin;
  });
  return Math.min(...runs);
}

describe('a hostile text', () => {
  test.each([
    '1',
    'a',
    '王',
    '1 - ',
    'a.',
    '村',
    '路1号',
    '我叫',
    '我叫王',
    '、王',
    '小区1号楼',
    '微信a',
    'a@',
    '豫A1',
    '验证码 1',
    '住李',
    '密码是',
    'O1',
    '1:',
    '阿买·',
    '收款人',
    '县路',
    '老师',
    '姓名某',
  ])('eight times as long costs about eight times as much: %s', (piece) => {
    const text = piece.repeat(Math.ceil(5_000 / piece.length));
    mask(text.repeat(2));
    // Work that grows with the square would cost 64 times as much.
    expect(cost(text.repeat(8)) / Math.max(cost(text), 0.2)).toBeLessThan(32);
  });
});
