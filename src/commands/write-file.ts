import { randomBytes } from 'node:crypto';
import { lstat, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Fault, OperatorFault } from '../domain/index.ts';

/** Writes a new file for its owner alone: a file that is there already stays, as it may hold what is nowhere else. */
export function writeNewFile(file: string, content: string | Uint8Array, headline: string): Promise<void> {
  return write(file, content, headline, { mode: 0o600, mayReplace: false });
}

/** Writes what can be made again at any time and is for everybody: it takes the place of a file that is there already. */
export function writeMadeFile(file: string, content: string | Uint8Array, headline: string): Promise<void> {
  return write(file, content, headline, { mode: 0o644, mayReplace: true });
}

/**
 * The file appears whole or not at all: written beside its place under another name, brought to disk, then renamed. Throws
 * an OperatorFault under the headline.
 */
async function write(
  file: string,
  content: string | Uint8Array,
  headline: string,
  { mode, mayReplace }: { readonly mode: number; readonly mayReplace: boolean },
): Promise<void> {
  const path = resolve(file);
  const draft = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    const there = await lstat(path).catch(() => undefined);
    if (there && !(mayReplace && there.isFile())) throw Object.assign(new Error(`${path} exists`), { code: 'EEXIST' });
    const handle = await open(draft, 'wx', mode);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw new OperatorFault(headline, [writingFault(error, file)]);
  }
}

/** What the file system said, as what, where and the cure. */
export function writingFault(error: unknown, file: string): Fault {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const folder = dirname(resolve(file));
  switch (code) {
    case 'EEXIST':
      return { where: file, what: '已经有这个文件', cure: '换一个名字，或先把原来的移走' };
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return { where: folder, what: '磁盘满了，没有写成', cure: '腾出空间再运行一次，或写到别的磁盘' };
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { where: folder, what: '没有权限写在这里', cure: '换一个能写的文件夹，或给这个文件夹加上写权限' };
    case 'ENOENT':
    case 'ENOTDIR':
      return { where: folder, what: '没有这个文件夹', cure: '先建好文件夹，或换一个位置' };
    case 'ENAMETOOLONG':
      return { where: file, what: '文件名太长', cure: '换一个短一点的名字' };
    default:
      return { where: file, what: `没有写成（${code || String(error)}）`, cure: '换一个位置再运行一次' };
  }
}
