import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { OperatorFault } from '../domain/index.ts';
import { createSecrets, type Secrets } from './secrets.ts';
import { KEY_FILE, keepPrivate } from './state-folder.ts';
import type { Tables } from './tables.ts';

const KEY_BYTES = 32;
const DIGEST = 'key-digest';

/**
 * The secrets that fit this database. A key is created only for a database that has none yet, and a file that is there
 * is never overwritten: with another key nothing in the database can be read, nobody is recognised, nobody erased.
 */
export async function secretsFor(db: Kysely<Tables>, stateDir: string): Promise<Secrets> {
  const file = join(stateDir, KEY_FILE);
  const known = await readDigest(db);
  const key = readKey(file) ?? (known === undefined ? createKey(file) : undefined);
  if (key === undefined)
    throw new OperatorFault('密钥不见了', [{ where: file, what: '数据库有密钥，这里没有', cure: CURE }]);
  const secrets = createSecrets(key);
  if (known === undefined) {
    await db
      .insertInto('kv')
      .values({ key: DIGEST, value: secrets.digest })
      .onConflict((oc) => oc.doNothing())
      .execute();
  }
  // Read again: another machine may have been first with a key of its own.
  if ((await readDigest(db)) !== secrets.digest)
    throw new OperatorFault('密钥和数据库不是一对', [{ where: file, what: '数据库用的是另一把密钥', cure: CURE }]);
  return secrets;
}

const CURE = `放回这个数据库原来的 ${KEY_FILE}；多台机器共用一个数据库时，把它复制到每台机器`;

async function readDigest(db: Kysely<Tables>): Promise<string | undefined> {
  return (await db.selectFrom('kv').select('value').where('key', '=', DIGEST).executeTakeFirst())?.value;
}

function readKey(file: string): Buffer | undefined {
  let key: Buffer;
  try {
    key = readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new OperatorFault('密钥读不了', [
      { where: file, what: '没有读它的权限，或它不是文件', cure: '让运行程序的用户能读它' },
    ]);
  }
  if (key.length !== KEY_BYTES)
    throw new OperatorFault('密钥坏了', [
      { where: file, what: `应该是 ${KEY_BYTES} 个字节，现在是 ${key.length} 个`, cure: CURE },
    ]);
  keepPrivate(file);
  return key;
}

/** The file appears with all of its bytes or not at all, also when two processes start at once. */
function createKey(file: string): Buffer {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    const fd = openSync(draft, 'wx', 0o600);
    writeSync(fd, randomBytes(KEY_BYTES));
    fsyncSync(fd);
    closeSync(fd);
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new OperatorFault('密钥写不了', [
        { where: file, what: '这个文件夹写不了', cure: '换一个能写的 FANZHA_STATE_DIR，或给它写的权限' },
      ]);
  } finally {
    removeIfThere(draft);
  }
  return readFileSync(file);
}

function removeIfThere(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // It was never created.
  }
}
