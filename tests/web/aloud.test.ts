import { expect, test } from 'vitest';

const { aloud } = (await import(new URL('../../src/web/public/aloud.js', import.meta.url).href)) as {
  aloud(text: string): string[];
};

test.each([
  ['马上拨110。', '马上拨幺幺零。'],
  ['打96110问一问', '打九六一一零问一问'],
  ['12381发的短信', '一二三八一发的短信'],
  ['银行客服95588', '银行客服九五五八八'],
  ['转了110元', '转了110元'],
  ['转了12345元', '转了12345元'],
  ['转了1101.5元', '转了1101.5元'],
  ['尾号1102', '尾号1102'],
  ['【高危】先别转钱', '，高危，先别转钱'],
])('the page reads %s as %s', (text, said) => {
  expect(aloud(text)).toEqual([said]);
});

test('addresses of pictures and empty lines are not read', () => {
  expect(aloud('网络贷款的图片：\n/pictures/loan-card.png\n\n长按可以保存')).toEqual([
    '网络贷款的图片：',
    '长按可以保存',
  ]);
});
