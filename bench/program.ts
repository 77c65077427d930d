import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../src/config/index.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const READY_WITHIN_MS = 30_000;
const STOP_WITHIN_MS = 8_000;
/** How often /ready is asked: times until ready are this exact. */
const ASK_EVERY_MS = 10;

/** The real program as a user starts it, in a process and a folder of its own. */
export interface RunningProgram {
  /** Without a slash at the end. */
  readonly url: string;
  readonly pid: number;
  /** From the start of the process until /ready answered 200, milliseconds. */
  readonly readyMs: number;
  /** All that it has printed so far. */
  output(): string;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
}

/** Starts it with the knowledge base of this command, on a free port; `options`: of the start command. Throws with what it printed when it fails. */
export async function startProgram(
  settings: Readonly<Record<string, string>> = {},
  options: readonly string[] = [],
): Promise<RunningProgram> {
  const { knowledgeDir } = readConfig(process.env);
  const folder = await mkdtemp(join(tmpdir(), 'fanzha-bench-'));
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, [join(ROOT, 'bin/fanzha.js'), 'start', ...options], {
    cwd: folder,
    env: {
      ...process.env,
      FANZHA_HOST: '127.0.0.1',
      FANZHA_PUBLIC_PORT: String(port),
      FANZHA_ADMIN_PORT: '0',
      FANZHA_STATE_DIR: join(folder, 'data'),
      FANZHA_KNOWLEDGE_DIR: knowledgeDir,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await exit;
    clearTimeout(late);
    process.removeListener('exit', killWithUs);
    await rm(folder, { recursive: true, force: true });
  };

  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || performance.now() - started > READY_WITHIN_MS) {
      await stop();
      throw new Error(`the program ${ended ? 'ended before it was ready' : 'was not ready in time'}:\n${printed}`);
    }
    await pause(ASK_EVERY_MS);
  }
  const readyMs = performance.now() - started;
  if (child.pid === undefined) throw new Error('the program answers, yet its process has no id');
  return { url, pid: child.pid, readyMs, output: () => printed, stop };
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/ready`).catch(() => undefined);
  await answer?.arrayBuffer();
  return answer?.status === 200;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port was given');
  return address.port;
}
