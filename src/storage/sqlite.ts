import { closeSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Kysely } from 'kysely';
import { OperatorFault } from '../domain/index.ts';
import { copySqlite } from './backup.ts';
import type { Engine } from './engine.ts';
import { StorageFault, toFault } from './faults.ts';
import { lockFolder } from './lock-file.ts';
import { isAtLeast, loadSqlite, OLDEST_SQLITE, type SqliteDatabase } from './sqlite-api.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { keepPrivate, unusable } from './state-folder.ts';
import type { Tables } from './tables.ts';

export const DATABASE_FILE = 'fanzha.db';

/** How long SQLite itself waits for another process, holding up this one; patiently() waits longer without that. */
const BUSY_MS = 20;
/** The WAL is cut back to this size after a burst. */
const WAL_BYTES = 16 * 1024 * 1024;
/** Pages that are given back in one go: some milliseconds. */
const SHRINK_PAGES = 500;

interface SqliteOptions {
  readonly stateDir: string;
  /** The bot itself, which must be alone. Backup and erase come in beside it, and never create anything. */
  readonly alone: boolean;
}

/** Opens the file, and checks it. Throws OperatorFault when it cannot be used. */
export async function openSqlite({ stateDir, alone }: SqliteOptions): Promise<Engine> {
  const file = join(stateDir, DATABASE_FILE);
  let unlock = (): void => {};
  let database: SqliteDatabase | undefined;
  try {
    if (alone) unlock = await lockFolder(stateDir);
    // SQLite gives its side files the mode of the file, so it is created here and not by SQLite.
    if (alone) closeSync(openSync(file, 'a', 0o600));
    else statSync(file);
    keepPrivate(file);
    const { DatabaseSync } = await loadSqlite();
    database = new DatabaseSync(file, { timeout: alone ? BUSY_MS : 2_000 });
    check(database, file);
    setUp(database);
  } catch (error) {
    database?.close();
    unlock();
    throw openingFault(error, file, alone);
  }
  return engineOn(database, file, stateDir, unlock);
}

/** `database` is open and is closed by the engine; `unlock` is called last. */
function engineOn(database: SqliteDatabase, file: string, stateDir: string, unlock: () => void): Engine {
  let open = true;
  const db = new Kysely<Tables>({ dialect: sqliteDialect(database) });
  return {
    name: 'sqlite',
    where: file,
    db,
    async scrub() {
      // Pages were zeroed when they were freed (secure_delete); this empties the WAL, where their past still stands.
      const { busy } = database.prepare('pragma wal_checkpoint(truncate)').get() as { busy: number };
      if (busy !== 0) throw new StorageFault('locked', file, new Error('a reader holds the WAL'));
    },
    async shrink() {
      for (;;) {
        const free = freePages(database);
        if (free === 0) return;
        // exec and not a statement: each step of the pragma frees one page only.
        database.exec(`pragma incremental_vacuum(${SHRINK_PAGES})`);
        if (freePages(database) === free) return;
        await nextTurn();
      }
    },
    backup: (target) => copySqlite(database, target, stateDir),
    async close() {
      if (!open) return;
      open = false;
      // Waits for whoever is at work; and kysely does not close a file that it has not used.
      await db.connection().execute(async () => leaveWal(database));
      await db.destroy();
      unlock();
    },
  };
}

/**
 * Puts everything into the one file, and lets go of it. @photostructure/sqlite 1.2 finalizes statements only when they
 * are collected as garbage; until then a closed connection in WAL mode would keep its locks.
 */
function leaveWal(database: SqliteDatabase): void {
  try {
    database.exec('pragma journal_mode = delete');
  } catch {
    // Another process has the file open; the WAL stays, and is read at the next start.
  }
}

function freePages(database: SqliteDatabase): number {
  return (database.prepare('pragma freelist_count').get() as { freelist_count: number }).freelist_count;
}

function setUp(database: SqliteDatabase): void {
  // Before the first table: freed pages can then be given back step by step, without rewriting the file.
  database.exec('pragma auto_vacuum = incremental');
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  database.exec('pragma secure_delete = on');
  database.exec('pragma temp_store = memory');
  database.exec(`pragma journal_size_limit = ${WAL_BYTES}`);
}

function check(database: SqliteDatabase, file: string): void {
  const { version } = database.prepare('select sqlite_version() as version').get() as { version: string };
  if (!isAtLeast(version, OLDEST_SQLITE))
    throw new OperatorFault('SQLite 太旧', [
      { where: `SQLite ${version}`, what: `要 ${OLDEST_SQLITE} 或更新`, cure: '换一个更新的 Node' },
    ]);
  const answer = database.prepare('pragma quick_check(1)').get() as { quick_check: string };
  if (answer.quick_check !== 'ok') throw damaged(file);
}

function openingFault(error: unknown, file: string, alone: boolean): unknown {
  if (error instanceof OperatorFault) return error;
  const errno = (error as NodeJS.ErrnoException).code;
  if (errno === 'ENOENT' && !alone)
    return new OperatorFault('还没有数据库', [
      { where: file, what: '找不到这个文件', cure: '检查 FANZHA_STATE_DIR，或先启动一次机器人' },
    ]);
  if (['ENOENT', 'EACCES', 'EPERM', 'EROFS', 'EISDIR', 'ENOTDIR'].includes(errno ?? '')) return unusable(file, error);
  const fault = toFault(error, file);
  if (!(fault instanceof StorageFault)) return fault;
  if (fault.code === 'damaged') return damaged(file);
  if (fault.code === 'read-only') return unusable(file, error);
  if (fault.code === 'disk-full')
    return new OperatorFault('数据库打不开', [{ where: file, what: '磁盘满了', cure: '腾出空间再启动' }]);
  if (fault.code === 'locked')
    return new OperatorFault('数据库打不开', [
      { where: file, what: '别的程序占着它', cure: '关掉正在用它的别的程序再启动' },
    ]);
  return fault;
}

function damaged(file: string): OperatorFault {
  return new OperatorFault('数据库坏了', [
    { where: file, what: '里面不是完整的数据', cure: '把它移到别处，用最近的备份恢复；没有备份，移走后会新建一个' },
  ]);
}
