import { describe, expect, test } from 'vitest';
import { plainText, widthOf } from '../../src/office/index.ts';

describe('a table in the terminal', () => {
  test('has its columns under each other although Chinese is twice as wide', () => {
    const text = plainText({
      title: '安装情况',
      columns: ['单位', '已装'],
      rows: [
        ['县人大机关', 12],
        ['A镇', 3],
      ],
    });
    expect(text).toBe(['安装情况', '单位        已装', '县人大机关    12', 'A镇            3'].join('\n'));
    const [, ...lines] = text.split('\n');
    expect(new Set(lines.map(widthOf)).size).toBe(1);
  });
  test('lets no cell move the cursor, colour the terminal or turn the line around', () => {
    const text = plainText({ title: '\u001b[2J', columns: ['姓名'], rows: [['\u001b[31m红\r\n\u202e反\u0007']] });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(text.split('\n')).toHaveLength(3);
  });
  test('may have no rows', () => {
    expect(plainText({ title: '名单', columns: ['姓名', '回答'], rows: [] })).toBe('名单\n姓名  回答');
  });
});
