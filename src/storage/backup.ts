import { closeSync, fsyncSync, openSync, realpathSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { OperatorFault } from '../domain/index.ts';
import { StorageFault, toFault } from './faults.ts';
import { loadSqlite, type SqliteDatabase } from './sqlite-api.ts';

/**
 * Writes a consistent copy: what was committed when it begins, nothing later. Writers go on meanwhile. `vacuum into` and
 * not the page-wise backup, which starts over at every commit of another connection and may never end under load; it
 * also leaves out free pages. The copy is on the disk and checked when this returns. Without the key file beside the
 * database nobody can read the copy, the bot included. Throws OperatorFault that names the copy when its place is at fault.
 */
export async function copySqlite(database: SqliteDatabase, target: string, stateDir: string): Promise<void> {
  const file = resolve(target);
  if (isInside(file, stateDir)) throw cannot(file, '它在机器人自己的文件夹里', '换到别的文件夹，最好是别的磁盘');
  create(file);
  try {
    database.prepare('vacuum into ?').run(file);
    sync(file);
    sync(dirname(file));
    await verify(file);
  } catch (error) {
    rmSync(file, { force: true });
    throw copyFault(error, file);
  }
}

function cannot(where: string, what: string, cure: string): OperatorFault {
  return new OperatorFault('没有备份', [{ where, what, cure }]);
}

/** Also behind links. A folder that is not there is nowhere. */
function isInside(file: string, folder: string): boolean {
  try {
    const way = relative(realpathSync(folder), realpathSync(dirname(file)));
    return !isAbsolute(way) && way.split(/[\\/]/)[0] !== '..';
  } catch {
    return false;
  }
}

/** Whether the copy or the database is at fault, SQLite does not say; only the copy is written to. */
function copyFault(error: unknown, file: string): unknown {
  const fault = toFault(error, file);
  const code = fault instanceof StorageFault ? fault.code : (error as NodeJS.ErrnoException).code;
  if (code === 'disk-full' || code === 'ENOSPC' || code === 'EDQUOT')
    return cannot(file, '放备份的磁盘满了', '腾出空间，或换一块磁盘');
  if (code === 'other' || code === 'read-only' || code === 'EIO' || code === 'EROFS')
    return cannot(file, '这里写不下去', '检查这块磁盘，或换一块');
  return error;
}

/** PostgreSQL brings its own tool, which knows more than we do. */
export function refusePostgresBackup(target: string, where: string): never {
  throw new OperatorFault('PostgreSQL 用它自己的工具备份', [
    {
      where,
      what: '这条命令只备份 SQLite',
      cure: `运行 pg_dump --format=custom --file=${shellQuoted(target)} "$FANZHA_DATABASE_URL"，再抄走 talker.key`,
    },
  ]);
}

function shellQuoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Empty, ours alone, and never over a file that is there. */
function create(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw cannot(file, '已经有这个文件', '换一个文件名，备份不覆盖旧的');
    if (code === 'ENOSPC' || code === 'EDQUOT') throw copyFault(error, file);
    throw cannot(file, '这里写不了', '换一个能写的地方');
  }
}

function sync(path: string): void {
  const fd = openSync(path, 'r');
  fsyncSync(fd);
  closeSync(fd);
}

async function verify(file: string): Promise<void> {
  const { DatabaseSync } = await loadSqlite();
  const copy = new DatabaseSync(file, { readOnly: true });
  const answer = copy.prepare('pragma quick_check(1)').get() as { quick_check: string };
  copy.close();
  if (answer.quick_check !== 'ok')
    throw new OperatorFault('备份没有写好', [{ where: file, what: '读回来不对', cure: '换一块磁盘再备份' }]);
}
