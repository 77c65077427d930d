/** The part of the `node:sqlite` API that is used; @types/node of Node 20 does not have it yet. */
export interface SqliteDatabase {
  readonly isTransaction?: boolean;
  close(): void;
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
}

export interface SqliteStatement {
  all(...parameters: unknown[]): unknown[];
  get(...parameters: unknown[]): unknown;
  run(...parameters: unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  iterate(...parameters: unknown[]): IterableIterator<unknown>;
  /** Empty when the statement returns no rows. */
  columns(): readonly unknown[];
}

interface SqliteModule {
  readonly DatabaseSync: new (
    file: string,
    options?: { readonly readOnly?: boolean; readonly timeout?: number },
  ) => SqliteDatabase;
}

/** Below 3.51.3 two connections can lose what was committed when the WAL starts over. */
export const OLDEST_SQLITE = '3.51.3';

/** Built into Node from 22.13 on; on Node 20 the package with the same API. */
export async function loadSqlite(): Promise<SqliteModule> {
  if (isAtLeast(process.versions.node, '22.13.0')) {
    // In a variable, because neither the compiler nor a bundler made for Node 20 knows this name.
    const builtIn: string = 'node:sqlite';
    return (await import(builtIn)) as SqliteModule;
  }
  return (await import('@photostructure/sqlite')) as unknown as SqliteModule;
}

export function isAtLeast(version: string, oldest: string): boolean {
  const [have, want] = [version, oldest].map((one) => one.split('.').map(Number)) as [number[], number[]];
  for (const [i, number] of want.entries()) if (have[i] !== number) return (have[i] ?? 0) > number;
  return true;
}
