import type { CampaignStore, CampaignTransaction } from '../campaign/index.ts';
import type { TalkStore } from '../conversation/index.ts';
import { OperatorFault } from '../domain/index.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { OutboxStore, PassiveStore } from '../outbox/index.ts';
import { createCampaignStore } from './campaign.ts';
import { type Cell, createCell } from './cell.ts';
import type { Engine } from './engine.ts';
import { erase } from './erase.ts';
import { toFault } from './faults.ts';
import { migrate, requireCurrent } from './migrations/index.ts';
import { createOfficeStore, type OfficeStore } from './office.ts';
import { createOutboxStore } from './outbox.ts';
import { createPassiveStore } from './passive.ts';
import { patiently } from './patience.ts';
import { openPostgres } from './postgres.ts';
import { raiseSequence } from './sequence.ts';
import { openSqlite } from './sqlite.ts';
import { prepareStateFolder } from './state-folder.ts';
import { secretsFor } from './talker-key.ts';
import { createTalkStore } from './talks.ts';
import { type Tidied, tidy } from './tidy.ts';
import { type TellUnreadable, unreadableRows } from './unreadable.ts';

export interface StorageOptions {
  /** Holds the key, and the SQLite file. */
  readonly stateDir: string;
  /** `postgres://…`; `undefined`: SQLite in the state folder. */
  readonly databaseUrl: string | undefined;
  readonly now: Clock;
  readonly log?: Log | undefined;
  /** Most connections to PostgreSQL at once. */
  readonly connections?: number | undefined;
}

/** What an operator does beside a running bot, from a process of its own. */
export interface Upkeep {
  readonly engine: 'sqlite' | 'postgres';
  /** Writes a consistent copy to a file that must not exist. On PostgreSQL an OperatorFault with the command to use. */
  backup(file: string): Promise<void>;
  /** Deletes a talker, named as his channel names him, in every source. Returns how many rows there were. */
  erase(talker: string): Promise<number>;
  /** Invitations, choices, lists and figures; what is done here counts for the bot at once. */
  readonly campaign: CampaignStore;
  close(): Promise<void>;
}

export interface Storage extends Upkeep {
  readonly talks: TalkStore<CampaignTransaction>;
  readonly outbox: OutboxStore;
  readonly passive: PassiveStore;
  readonly office: OfficeStore;
  /** What all processes share under a name. */
  cell<Content>(name: string): Cell<Content>;
  /** Deletes what has been kept long enough. Once an hour is often enough. */
  tidy(now: number): Promise<Tidied>;
  /** Throws StorageFault unless something can be written right now. */
  check(): Promise<void>;
}

/**
 * One, as on SQLite: a process does one thing after the other. More make a single process faster by a third, and take from
 * the server what further processes would use: two processes then do little more than one (`bench -- outbox`).
 */
export const CONNECTIONS = 1;
/** Who asks whether we are ready does not wait long. Milliseconds. */
const PROBE_WAIT = 1_000;

/**
 * Opens the one database of the bot, brings its tables up to date and makes sure that the key fits. Throws
 * OperatorFault with the cure when it cannot. Calls on what it returns throw StorageFault.
 */
export async function openStorage(options: StorageOptions): Promise<Storage> {
  prepareStateFolder(options.stateDir);
  return storageOn(await openEngine(options, true), options);
}

/** `engine` is closed with the storage, and also when this throws. */
export async function storageOn(engine: Engine, { stateDir, now, log }: StorageOptions): Promise<Storage> {
  try {
    const migrated = await migrate(engine.db, engine.where, { engine: engine.name, now: now() });
    // A step may delete what must not stay legible. A reader in the way only puts that off until the next scrub.
    if (migrated) await engine.scrub().catch(() => {});
    const tell = unreadableRows(log);
    const { upkeep, secrets } = await upkeepOf(engine, { stateDir, now }, tell);
    const released = engine.name === 'sqlite' ? await releaseLeases(engine) : 0;
    await raiseSequence(engine, now());
    log?.info({ engine: engine.name, released }, 'storage is open');
    return {
      ...upkeep,
      talks: createTalkStore(engine, secrets, tell),
      outbox: createOutboxStore(engine, secrets, tell),
      passive: createPassiveStore(engine, secrets, tell),
      office: createOfficeStore(engine, secrets, tell),
      cell: (name) => createCell(engine, secrets, name),
      tidy: (at) => tidy(engine, at),
      check: () => patiently(engine.where, () => probe(engine, now()), PROBE_WAIT),
    };
  } catch (error) {
    await engine.close();
    throw toFault(error, engine.where);
  }
}

/** Opens the database of a bot that may be running, for what an operator does beside it. Creates and migrates nothing. */
export async function openForUpkeep(options: StorageOptions): Promise<Upkeep> {
  const engine = await openEngine(options, false);
  try {
    await requireCurrent(engine.db, engine.where);
    return (await upkeepOf(engine, options, unreadableRows(options.log))).upkeep;
  } catch (error) {
    await engine.close();
    throw toFault(error, engine.where);
  }
}

function openEngine({ stateDir, databaseUrl, connections }: StorageOptions, alone: boolean): Promise<Engine> {
  if (databaseUrl === undefined) return openSqlite({ stateDir, alone });
  if (/^postgres(ql)?:\/\//.test(databaseUrl))
    return openPostgres({ databaseUrl, connections: connections ?? CONNECTIONS });
  throw new OperatorFault('数据库打不开', [
    {
      where: 'FANZHA_DATABASE_URL',
      what: '它应该以 postgres:// 开头',
      cure: '写成 postgres://用户:密码@主机:5432/库名；用 SQLite 就删掉这一项',
    },
  ]);
}

async function upkeepOf(
  engine: Engine,
  { stateDir, now }: Pick<StorageOptions, 'stateDir' | 'now'>,
  tell: TellUnreadable,
) {
  const secrets = await secretsFor(engine.db, stateDir);
  const upkeep: Upkeep = {
    engine: engine.name,
    backup: (file) => patiently(engine.where, () => engine.backup(file)),
    erase: (talker) => erase(engine, secrets, talker, now()),
    campaign: createCampaignStore(engine, secrets, tell),
    close: () => engine.close(),
  };
  return { secrets, upkeep };
}

/** We are alone, so a lease can only be that of a process that died: what it held is due at once. */
async function releaseLeases({ db }: Engine): Promise<number> {
  const result = await db
    .updateTable('outbox')
    .set({ state: 'due', lease_owner: null, lease_until: null })
    .where('state', '=', 'leased')
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** A commit, because a full disk, a lock and a folder that became read-only show only there. */
async function probe({ db }: Engine, now: number): Promise<void> {
  await db
    .insertInto('kv')
    .values({ key: 'probe', value: String(now) })
    .onConflict((oc) => oc.column('key').doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })))
    .execute();
}
