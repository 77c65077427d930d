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

let builtInModule: Promise<SqliteModule> | undefined;

/** Built into Node from 22.13 on; on Node 20 the package with the same API. */
export async function loadSqlite(): Promise<SqliteModule> {
  if (isAtLeast(process.versions.node, '22.13.0')) {
    // In a variable, because neither the compiler nor a bundler made for Node 20 knows this name.
    const builtIn: string = 'node:sqlite';
    builtInModule ??= withoutWarning(() => import(builtIn) as Promise<SqliteModule>);
    return await builtInModule;
  }
  return (await import('@photostructure/sqlite')) as unknown as SqliteModule;
}

/**
 * Node 22 and 24 call their SQLite experimental, on stderr and before whatever a command prints. Which SQLite is good
 * enough is checked here (OLDEST_SQLITE), so an operator need not read it. Every other warning goes through.
 */
async function withoutWarning<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  const { emitWarning } = process;
  process.emitWarning = ((warning: string | Error, ...more: never[]) => {
    if (!/^SQLite is an experimental feature/.test(String(warning))) emitWarning.call(process, warning, ...more);
  }) as typeof process.emitWarning;
  try {
    return await load();
  } finally {
    process.emitWarning = emitWarning;
  }
}

export function isAtLeast(version: string, oldest: string): boolean {
  const [have, want] = [version, oldest].map((one) => one.split('.').map(Number)) as [number[], number[]];
  for (const [i, number] of want.entries()) if (have[i] !== number) return (have[i] ?? 0) > number;
  return true;
}
