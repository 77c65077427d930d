import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quote } from '../../src/domain/index.ts';
import { foldWord } from '../../src/normalise/index.ts';
import { knowledge, normalise } from '../knowledge-base.ts';

const read = (text: string): string => normalise(text).text;

describe('makes readable', () => {
  const written: readonly [string, string, string][] = [
    ['full width', 'ＱＱ１２３', 'qq123'],
    ['traditional characters', '請把錢轉賬到安全帳戶', '请把钱转账到安全账户'],
    ['readings in brackets', '機(jī)關(guān)單位', '机关单位'],
    ['dots between characters', '安.全.账.户', '安全账户'],
    ['blanks between characters', '安 全 账 户', '安全账户'],
    ['emoji between characters', '转💰账', '转账'],
    ['invisible characters', '转\u200b账\u2060', '转账'],
    ['a character a line', '安\n全\n账\n户', '安全账户'],
    ['letters for digits', '奖金2oooo元', '奖金20000元'],
    ['a nickname of WeChat beside 加', '加薇信聊', '加微信聊'],
    ['pinyin inside a word', '转到安全zhang户', '转到安全账户'],
    ['a word by its sound', '可以代款不看征信', '可以贷款不看征信'],
    ['a core word by its sound without the tone', '说我涉嫌洗前', '说我涉嫌洗钱'],
    ['characters taken apart', '不上征亻言 氵先钱', '不上征信洗钱'],
    ['letters of other alphabets by their looks', '【ΕТС】失效', '【etc】失效'],
    ['digits in discs', '领❺⓿⓿元', '领500元'],
    ['a picture for a word', '快打💰', '快打钱'],
    ['a word half in letters, its character as it should be', '带shou机来', '带手机来'],
  ];
  test.each(written)('%s', (_, from, to) => expect(read(from)).toBe(to));
});

describe('leaves alone', () => {
  test.each([
    '脉脉上有人发消息',
    '他在村里很有威信',
    '装了个卫星电视',
    '滴滴打车到家',
    '买个U盘存照片',
    '本地妹妹多',
    '先打5千到这卡',
    '私我加你',
  ])('%s', (text) => {
    expect(read(text)).toBe(foldWord(text));
  });
  test('the end of a line, which ends a sentence', () => expect(read('他自称专家\n公安来了')).toContain('\n'));
});

describe('the way back', () => {
  test('quotes the sender in his own writing', () => {
    const text = normalise('请把錢轉到安.全.帳.戶哦');
    const at = text.text.indexOf('安全账户');
    expect(quote(text, at, at + 4)).toBe('安.全.帳.戶');
  });
  test('has an entry for every character, in order, and one for the end', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (original) => {
        const { text, map } = normalise(original);
        expect(map).toHaveLength(text.length + 1);
        expect([...map].sort((a, b) => a - b)).toEqual(map);
        expect(map.at(-1)).toBe(original.length);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

test('normalising twice is normalising once', () => {
  const sayings = knowledge.frauds.flatMap((fraud) => Object.values(fraud.sayings).flat()).slice(0, 400);
  const changed = sayings.filter((saying) => read(read(saying)) !== read(saying));
  expect(changed).toEqual([]);
});

test('a hundred thousand characters are read at their beginning and their end', () => {
  const { text } = normalise(`开头${'啊'.repeat(100_000)}转到安全账户`);
  expect(text.startsWith('开头')).toBe(true);
  expect(text.endsWith('转到安全账户')).toBe(true);
  expect(text.length).toBeLessThan(2_100);
});
