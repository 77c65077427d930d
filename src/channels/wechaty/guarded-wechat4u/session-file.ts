import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** What is kept over a restart. `bot` holds keys that open the account: nobody else may read the file. */
export interface SavedSession {
  /** wechat4u's own data, or undefined when nobody is logged in. */
  readonly bot: Readonly<Record<(typeof BOT_KEYS)[number], object>> | undefined;
  /** Ids of the newest messages that were handed on, oldest first. */
  readonly seen: readonly string[];
  /** Messages from before then are history, epoch seconds; undefined until the first login. */
  readonly since: number | undefined;
}

const BOT_KEYS = ['PROP', 'CONF', 'COOKIE', 'user'] as const;
const NOTHING: SavedSession = { bot: undefined, seen: [], since: undefined };
const VERSION = 1;

/** Reads the file. No file: nothing was saved. A file that is broken counts as none, and is said to be `corrupt`. */
export function readSession(file: string): { readonly saved: SavedSession; readonly corrupt: boolean } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return { saved: NOTHING, corrupt: (error as NodeJS.ErrnoException).code !== 'ENOENT' };
  }
  try {
    return { saved: parse(JSON.parse(text)), corrupt: false };
  } catch {
    return { saved: NOTHING, corrupt: true };
  }
}

/** Writes the file whole or not at all: beside it first, down to the disk, then in its place. Throws when it cannot. */
export function writeSession(file: string, session: SavedSession): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.draft`;
  try {
    rmSync(draft, { force: true });
    const fd = openSync(draft, 'wx', 0o600);
    try {
      writeSync(fd, JSON.stringify({ version: VERSION, ...session }));
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function parse(value: unknown): SavedSession {
  if (!isRecord(value) || value.version !== VERSION) throw new Error('not a session');
  const { bot, seen, since } = value;
  if (!Array.isArray(seen) || !seen.every((id) => typeof id === 'string')) throw new Error('no seen messages');
  if (since !== undefined && !Number.isFinite(since)) throw new Error('no time');
  return { bot: bot === undefined ? undefined : toBot(bot), seen, since: since as number | undefined };
}

/** Only the four known parts, since wechat4u writes whatever it is given over itself. */
function toBot(value: unknown): NonNullable<SavedSession['bot']> {
  const part = (key: string): Record<string, unknown> => {
    const found = isRecord(value) ? value[key] : undefined;
    if (!isRecord(found)) throw new Error(`no ${key}`);
    return found;
  };
  const [PROP, CONF, COOKIE, user] = [part('PROP'), part('CONF'), part('COOKIE'), part('user')];
  for (const key of ['uin', 'sid', 'skey'])
    if (typeof PROP[key] !== 'string' || PROP[key] === '') throw new Error(`no ${key}`);
  return { PROP, CONF, COOKIE, user };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
