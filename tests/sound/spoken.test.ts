import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { spoken, syllables } from '../../src/sound/index.ts';
import { knowledge } from '../knowledge-base.ts';

const table = parse(readFileSync(fileURLToPath(new URL('./spoken.yml', import.meta.url)), 'utf8')) as readonly {
  readonly written: string;
  readonly said: string;
}[];
const anything = fc.string({ unit: 'binary', maxLength: 200 });
const numbers = fc.string({ unit: fc.constantFrom(...'0123456789.,-:/%年月日元万¥第号码电话 '), maxLength: 80 });

describe('an announcer says', () => {
  test.each(table)('$written as $said', ({ written, said }) => {
    expect(spoken(written)).toBe(said);
  });

  test('no digit of any text', () => {
    fc.assert(
      fc.property(fc.oneof(anything, numbers), (text) => {
        expect(spoken(text)).not.toMatch(/[0-9０-９]/);
      }),
    );
  });

  test('the loudspeaker texts just as they are written', () => {
    for (const { tip } of knowledge.frauds) expect(spoken(tip.loudspeaker)).toBe(tip.loudspeaker);
  });

  test('a text made of nothing but digits without getting lost in it', () => {
    expect(spoken('1'.repeat(20_000))).toBe('一'.repeat(20_000));
    expect(spoken('1,'.repeat(10_000))).not.toMatch(/\d/);
    expect(spoken('0-1 '.repeat(5_000))).not.toMatch(/\d/);
  });
});

describe('the sounds of', () => {
  const readings: readonly [string, string][] = [
    ['银行', 'yin2 hang2'],
    ['重要', 'zhong4 yao4'],
    ['重新', 'chong2 xin1'],
    ['别着急', 'bie2 zhao2 ji2'],
    ['女儿', 'nv3 er2'],
    ['骗子', 'pian4 zi5'],
    ['钱还得你自己还', 'qian2 hai2 dei3 ni3 zi4 ji3 huan2'],
    ['乡亲们，先别转钱。打幺幺零！', 'xiang1 qin1 men5 , xian1 bie2 zhuan3 qian2 . da3 yao1 yao1 ling2 .'],
    ['你的ETC卡', 'ni3 de5 yi4 ti4 xi1 ka3'],
    ['“别转”，他说', 'bie2 zhuan3 , ta1 shuo1'],
    ['。，先听', 'xian1 ting1'],
    ['😀', ''],
  ];
  test.each(readings)('%s', (text, sounds) => {
    expect(syllables(text)).toBe(sounds);
  });

  test('银行 are right in the middle of a long text, where the dictionary alone stumbles', () => {
    const all = knowledge.frauds.map((fraud) => syllables(fraud.tip.loudspeaker)).join(' . ');
    expect(all).toContain('yin2 hang2');
    expect(all).not.toContain('yin2 xing2');
  });

  test('any text are letters, tones and pauses only, so that nothing can command the voice', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(syllables(text)).toMatch(/^(?:[a-z]+[1-5]|[.,])?(?: (?:[a-z]+[1-5]|[.,]))*$/);
      }),
    );
    expect(syllables('<audio src="x"/>[[DDD]]｜别听')).toMatch(/^[a-z1-5 ,.]+ bie2 ting1$/);
  });
});
