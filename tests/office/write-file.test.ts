import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeMadeFile, writeNewFile, writingFault } from '../../src/commands/write-file.ts';
import { formatFault, OperatorFault } from '../../src/domain/index.ts';
import { stateFolder } from '../state-folder.ts';

const folder = stateFolder();
const write = (file: string) => writeNewFile(file, '内容', '没有写');
const messageOf = (file: string): Promise<string> =>
  write(file).then(
    () => 'written',
    (error: unknown) => (error instanceof OperatorFault ? error.message : String(error)),
  );

describe('a file that a command writes', () => {
  test('is there whole, for its owner alone, and nothing else is left', async () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    await write(join(own, 'a.csv'));
    expect(readFileSync(join(own, 'a.csv'), 'utf8')).toBe('内容');
    expect(statSync(join(own, 'a.csv')).mode & 0o777).toBe(0o600);
    expect(readdirSync(own)).toEqual(['a.csv']);
  });
  test('never takes the place of another, nor of a folder', async () => {
    writeFileSync(join(folder, 'taken.csv'), 'mine');
    expect(await messageOf(join(folder, 'taken.csv'))).toMatch(/^没有写\n.*已经有这个文件。怎么改：换一个名字/);
    expect(await messageOf(folder)).toContain('已经有这个文件');
    expect(readFileSync(join(folder, 'taken.csv'), 'utf8')).toBe('mine');
  });
  test('takes the place of a former one where it can be made again at any time, but never that of a folder', async () => {
    const file = join(folder, 'made.png');
    await writeMadeFile(file, '一', '没有印成');
    await writeMadeFile(file, '二', '没有印成');
    expect(readFileSync(file, 'utf8')).toBe('二');
    await expect(writeMadeFile(folder, '三', '没有印成')).rejects.toThrow('已经有这个文件');
  });
  test('needs its folder', async () => {
    expect(await messageOf(join(folder, 'none', 'a.csv'))).toContain('没有这个文件夹。怎么改：先建好文件夹');
    expect(await messageOf(join(folder, 'taken.csv', 'a.csv'))).toContain('没有这个文件夹');
  });
  test.skipIf(process.getuid?.() === 0)('needs leave to write there', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o500 });
    expect(await messageOf(join(closed, 'a.csv'))).toContain('没有权限写在这里。怎么改：');
    chmodSync(closed, 0o700);
  });
  test('may not have a name that is too long', async () => {
    expect(await messageOf(join(folder, `${'x'.repeat(300)}.csv`))).toContain('文件名太长');
  });
  test.each([
    ['ENOSPC', '磁盘满了，没有写成。怎么改：腾出空间'],
    ['EACCES', '没有权限写在这里。怎么改：换一个能写的文件夹'],
    ['EROFS', '没有权限写在这里'],
    ['EIO', '没有写成（EIO）。怎么改：换一个位置'],
  ])('tells the cure of %s', (code, sentence) => {
    expect(formatFault(writingFault(Object.assign(new Error(), { code }), 'a.csv'))).toContain(sentence);
  });
});
