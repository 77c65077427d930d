import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStorage, type Storage } from '../../src/storage/index.ts';
import { loadSqlite } from '../../src/storage/sqlite-api.ts';
import { NOW } from './samples.ts';

/** A state folder that goes with the test. */
export function stateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fanzha-state-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens the bot's storage; closed at the end of the test at the latest. */
export async function openIn(stateDir: string, databaseUrl?: string, connections?: number): Promise<Storage> {
  const storage = await openStorage({ stateDir, databaseUrl, now: () => NOW, connections });
  onTestFinished(() => storage.close());
  return storage;
}

/** One statement over a second connection. */
export async function askFile(file: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const { DatabaseSync } = await loadSqlite();
  const database = new DatabaseSync(file, { timeout: 1_000 });
  try {
    return database.prepare(sql).all() as Record<string, unknown>[];
  } finally {
    database.close();
  }
}

/** The bytes of every file of a folder, read by another process: closing a file here would give up SQLite's locks on it. */
export function bytesIn(folder: string): Buffer {
  return spawnSync('sh', ['-c', 'cat "$0"/*', folder], { maxBuffer: 1 << 30 }).stdout;
}
