import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { OperatorFault } from '../domain/index.ts';
import { SECOND } from '../lib/clock.ts';
import { refusePostgresBackup } from './backup.ts';
import { notAnAddress, placeOf } from './database-url.ts';
import type { Engine } from './engine.ts';
import { StorageFault, toFault } from './faults.ts';
import type { Tables } from './tables.ts';

const OLDEST_SERVER = 140_000;
const INT8 = 20;
/** Tables from which people are deleted. */
const PERSONAL = ['talk', 'outbox', 'open_question', 'member', 'subscription', 'roll_call_name'] as const;

interface PostgresOptions {
  readonly databaseUrl: string;
  readonly connections: number;
  /** How long a connection may take to come about. */
  readonly connectMs?: number | undefined;
}

/** Connects and checks the server. Throws OperatorFault, which never shows the password, when it cannot be used. */
export async function openPostgres({ databaseUrl, connections, connectMs }: PostgresOptions): Promise<Engine> {
  const where = placeOf(databaseUrl);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: connections,
    connectionTimeoutMillis: connectMs ?? 5 * SECOND,
    idleTimeoutMillis: 30 * SECOND,
    keepAlive: true,
    statement_timeout: 10 * SECOND,
    idle_in_transaction_session_timeout: 30 * SECOND,
    // For a server that has stopped answering altogether.
    query_timeout: 15 * SECOND,
    application_name: 'fanzha',
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // A connection that breaks is replaced at the next query, which reports it; without listeners it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await check(db, where);
  } catch (error) {
    await pool.end();
    throw openingFault(error, where);
  }
  return {
    name: 'postgres',
    where,
    db,
    scrub: () => vacuum(db),
    // Autovacuum lets freed room be used again.
    shrink: async () => {},
    backup: async (target) => refusePostgresBackup(target, where),
    // The pool, because kysely leaves one alone that it has not used yet.
    close: async () => {
      if (!pool.ended) await pool.end();
    },
  };
}

/**
 * Removes dead rows from the tables that hold people. The best there is: rows that an open transaction can still see,
 * the server's WAL files, its replicas and dumps keep their past until the server itself drops it.
 */
async function vacuum(db: Kysely<Tables>): Promise<void> {
  try {
    await sql`vacuum ${sql.join(PERSONAL.map((table) => sql.table(table)))}`.execute(db);
  } catch (error) {
    // Not the owner of the tables, or too slow just now: autovacuum does the same later.
    const fault = toFault(error, '');
    if (fault instanceof StorageFault && fault.code === 'unreachable') throw error;
  }
}

async function check(db: Kysely<Tables>, where: string): Promise<void> {
  const { rows } = await sql<{ version: string; encoding: string }>`
    select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding
  `.execute(db);
  const { version, encoding } = rows[0] ?? { version: '0', encoding: '' };
  if (Number(version) < OLDEST_SERVER)
    throw new OperatorFault('PostgreSQL 太旧', [{ where, what: '要 14 或更新', cure: '升级数据库服务器' }]);
  if (encoding !== 'UTF8')
    throw new OperatorFault('数据库存不了中文', [
      { where, what: `它的编码是 ${encoding}`, cure: '用 createdb --encoding=UTF8 新建一个' },
    ]);
}

function openingFault(error: unknown, where: string): unknown {
  if (error instanceof OperatorFault) return error;
  const code = String((error as { code?: unknown }).code);
  const say = (what: string, cure: string) => new OperatorFault('数据库打不开', [{ where, what, cure }]);
  if (code === '28P01' || code === '28000') return say('用户名或密码不对', '改 FANZHA_DATABASE_URL 里的用户名和密码');
  if (code === '3D000') return say('没有这个数据库', '用 createdb 建好它，或改 FANZHA_DATABASE_URL');
  if (code === '42501') return say('没有建表的权限', '给这个用户建表的权限');
  const fault = toFault(error, where);
  if (fault instanceof StorageFault && fault.code === 'unreachable')
    return say('连不上', '检查服务器开着没有、地址和端口对不对');
  if (code === 'ERR_INVALID_URL') return notAnAddress();
  return fault;
}
