import { type Kysely, type Migration, Migrator } from 'kysely';
import { OperatorFault } from '../../domain/index.ts';
import type { Tables } from '../tables.ts';
import { talks } from './001-talks.ts';
import { office } from './002-office.ts';
import { passive } from './003-passive.ts';
import { sealedQuestions } from './004-sealed-questions.ts';
import { campaign } from './005-campaign.ts';
import type { Schema } from './schema.ts';

/** In order; a step that has been released is never changed again. */
const STEPS: readonly (readonly [name: string, up: (db: Kysely<unknown>, schema: Schema) => Promise<void>])[] = [
  ['001-talks', talks],
  ['002-office', office],
  ['003-passive', passive],
  ['004-sealed-questions', sealedQuestions],
  ['005-campaign', campaign],
];

export const VERSIONS: readonly string[] = STEPS.map(([name]) => name);

/**
 * Brings the tables up to `target` (the newest when absent): all steps or none, and on PostgreSQL under a lock, so that
 * processes may start together. Tells whether there was anything to do. Throws OperatorFault for a database that a newer program has changed.
 */
export async function migrate(db: Kysely<Tables>, where: string, schema: Schema, target?: string): Promise<boolean> {
  await refuseNewer(db, where);
  const migrations: Record<string, Migration> = Object.fromEntries(
    STEPS.map(([name, up]) => [name, { up: (inner: Kysely<unknown>) => up(inner, schema) }]),
  );
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results } = target === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(target);
  if (error === undefined) return (results ?? []).length > 0;
  // A newer program may have come in between.
  await refuseNewer(db, where);
  throw error;
}

/** Throws OperatorFault unless the tables are exactly those of this program. */
export async function requireCurrent(db: Kysely<Tables>, where: string): Promise<void> {
  await refuseNewer(db, where);
  if ((await versionsIn(db)).length === VERSIONS.length) return;
  throw new OperatorFault('数据库比程序旧', [
    { where, what: '表还没有升级', cure: '先用这个版本的程序启动一次机器人（fanzha start）' },
  ]);
}

async function refuseNewer(db: Kysely<Tables>, where: string): Promise<void> {
  const unknown = (await versionsIn(db)).filter((name) => !VERSIONS.includes(name));
  if (unknown.length === 0) return;
  throw new OperatorFault('数据库比程序新', [
    { where, what: `新版程序已经改过它（${unknown.join('、')}）`, cure: '装上新版程序，或用升级以前的备份恢复' },
  ]);
}

async function versionsIn(db: Kysely<Tables>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const open = db as unknown as Kysely<{ kysely_migration: { name: string } }>;
  return (await open.selectFrom('kysely_migration').select('name').execute()).map(({ name }) => name);
}
