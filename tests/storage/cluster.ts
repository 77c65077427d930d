import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL server of our own. */
export interface Cluster {
  /** Of its first database, on 127.0.0.1. */
  readonly url: string;
  /** A new empty database in it. */
  fresh(): Promise<string>;
  /** Stops the server as a crash would; its data stays. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

const GIVEN = process.env.FANZHA_TEST_DATABASE_URL;
const PROGRAMS = GIVEN === undefined ? findPrograms() : undefined;

/** Why nothing can be tried on PostgreSQL here; `undefined` when it can. */
export const NO_POSTGRES: string | undefined =
  GIVEN !== undefined || PROGRAMS !== undefined
    ? undefined
    : 'no PostgreSQL: FANZHA_TEST_DATABASE_URL is not set, and initdb and postgres are not found';

/** A server that somebody runs for tests, which is left as it was, or else a throw-away cluster. */
export async function borrowServer(): Promise<Pick<Cluster, 'fresh' | 'stop'>> {
  if (GIVEN === undefined) return startCluster();
  const made: string[] = [];
  return {
    async fresh() {
      const url = await freshDatabase(GIVEN);
      made.push(new URL(url).pathname.slice(1));
      return url;
    },
    async stop() {
      for (const name of made) await ask(GIVEN, `drop database if exists ${name} with (force)`);
    },
  };
}

/** Only where `initdb` and `postgres` are found. Durable as a real one: fsync is on. */
export async function startCluster(): Promise<Cluster> {
  if (PROGRAMS === undefined) throw new Error('initdb and postgres are not found');
  const folder = mkdtempSync(join(tmpdir(), 'fanzha-cluster-'));
  const data = join(folder, 'data');
  const user = unprivileged();
  if (user) chownSync(folder, user.uid, user.gid);
  chmodSync(folder, 0o700);
  const as = { ...user, cwd: folder, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } };
  const init = ['-D', data, '-U', 'fanzha', '-A', 'trust', '-E', 'UTF8', '--no-locale', '--no-sync'];
  execFileSync(join(PROGRAMS, 'initdb'), init, { ...as, stdio: 'ignore' });
  const port = await freePort();
  const url = `postgres://fanzha@127.0.0.1:${port}/postgres`;
  const options = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'unix_socket_directories=',
  ];
  const postgres = join(PROGRAMS, 'postgres');

  let server: ChildProcess | undefined;
  const killAtExit = (): void => void server?.kill('SIGQUIT');
  process.once('exit', killAtExit);
  const resume = async (): Promise<void> => {
    if (server) return;
    server = spawn(postgres, [...options, '-c', 'max_connections=50'], { ...as, stdio: 'ignore' });
    await untilReady(url);
  };
  const pause = async (): Promise<void> => {
    const running = server;
    if (!running) return;
    server = undefined;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    // SIGQUIT: at once, without goodbye to clients and without a checkpoint.
    running.kill('SIGQUIT');
    await gone;
  };
  await resume();
  return {
    url,
    fresh: () => freshDatabase(url),
    pause,
    resume,
    async stop() {
      await pause();
      process.removeListener('exit', killAtExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let databases = 0;

async function freshDatabase(server: string): Promise<string> {
  const name = `fanzha_${process.pid}_${Date.now()}_${++databases}`;
  await ask(server, `create database ${name} encoding 'UTF8' template template0`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** One statement over a connection of its own. */
export async function ask(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function untilReady(url: string): Promise<void> {
  for (const end = Date.now() + 20_000; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    try {
      await ask(url, 'select 1');
      return;
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}

function findPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // Not on this machine.
    }
  }
  throw new Error('root may not run PostgreSQL, and there is neither a user postgres nor nobody');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
