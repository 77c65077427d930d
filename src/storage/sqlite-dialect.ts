import {
  type DialectAdapter,
  type SqliteDatabase as KyselyDatabase,
  type SqliteStatement as KyselyStatement,
  SqliteAdapter,
  SqliteDialect,
} from 'kysely';
import type { SqliteDatabase } from './sqlite-api.ts';

/** Prepared statements that are kept; lists of ids make some of them differ in length. */
const KEPT_STATEMENTS = 200;

/** kysely over the `node:sqlite` API. */
export function sqliteDialect(database: SqliteDatabase): SqliteDialect {
  return new TransactionalDialect({ database: adapt(database) });
}

/** SQLite can roll back a change of tables, so a migration that is killed half-way leaves nothing behind. */
class TransactionalDialect extends SqliteDialect {
  override createAdapter(): DialectAdapter {
    return new TransactionalAdapter();
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function adapt(database: SqliteDatabase): KyselyDatabase {
  const kept = new Map<string, KyselyStatement>();
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = kept.get(sql);
      if (known) return known;
      const made = prepare(database, sql);
      if (kept.size >= KEPT_STATEMENTS) kept.delete(kept.keys().next().value ?? '');
      kept.set(sql, made);
      return made;
    },
  };
}

function prepare(database: SqliteDatabase, sql: string): KyselyStatement {
  // The write lock is taken at once: a transaction that read first could no longer wait for it, only fail.
  const statement = database.prepare(sql === 'begin' ? 'begin immediate' : sql);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters),
    iterate: (parameters) => statement.iterate(...parameters),
    run(parameters) {
      try {
        return statement.run(...parameters);
      } catch (error) {
        // After some faults (a full disk) SQLite has already rolled back; the first error is the one to report.
        if (sql === 'rollback' && /no transaction is active/.test(String(error)))
          return { changes: 0, lastInsertRowid: 0 };
        throw error;
      }
    },
  };
}
