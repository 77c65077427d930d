import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Talk } from '../src/conversation/index.ts';
import { createSecrets } from '../src/storage/secrets.ts';
import { DATABASE_FILE } from '../src/storage/sqlite.ts';
import { loadSqlite } from '../src/storage/sqlite-api.ts';
import { KEY_FILE } from '../src/storage/state-folder.ts';

/** Talkers in the database of one machine. */
export const KNOWN = 1_000_000;

/** As WeChat names people: 28 characters. */
export function person(index: number): string {
  return `o6_bmjrPTlm6_2sgVt7${String(index).padStart(9, '0')}`;
}

/** Rows of one commit. */
const BATCH = 250_000;

/**
 * Writes `count` talkers into the database of a bot that is open in this process, as if they had spoken before: straight
 * into the table, since one transaction each would take
 * half an hour. `talks` are given out in turn.
 */
export async function insertKnown(
  stateDir: string,
  source: string,
  count: number,
  talkerOf: (person: number) => string,
  talks: readonly Talk[],
  at: number,
): Promise<void> {
  const secrets = createSecrets(readFileSync(join(stateDir, KEY_FILE)));
  const { DatabaseSync } = await loadSqlite();
  const database = new DatabaseSync(join(stateDir, DATABASE_FILE), { timeout: 5_000 });
  database.exec('pragma synchronous = off');
  const insert = database.prepare(
    'insert into talk (name, owner, source, sealed, wake_at, updated_at) values (?, ?, ?, ?, null, ?) on conflict do nothing',
  );
  for (let first = 0; first < count; first += BATCH) {
    database.exec('begin immediate');
    for (let person = first; person < Math.min(count, first + BATCH); person += 1) {
      const address = { source, talker: talkerOf(person) };
      const name = secrets.talk(address);
      const sealed = secrets.seal('talk', name, { address, talk: talks[person % talks.length] });
      insert.run(name, secrets.owner(source, address.talker), source, sealed, at);
    }
    database.exec('commit');
    await new Promise((resolve) => setImmediate(resolve));
  }
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
}

/** Bytes of the pages that hold something, those in the log included. */
export async function databaseBytes(stateDir: string): Promise<number> {
  const { DatabaseSync } = await loadSqlite();
  const database = new DatabaseSync(join(stateDir, DATABASE_FILE), { readOnly: true });
  const pragma = (name: string): number =>
    Number((database.prepare(`pragma ${name}`).get() as Record<string, unknown>)[name]);
  const bytes = (pragma('page_count') - pragma('freelist_count')) * pragma('page_size');
  database.close();
  return bytes;
}
