import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_WITHIN_MS = 20_000;
const STOP_WITHIN_MS = 8_000;

/** The real program as a user starts it, on a free port, with a state folder of its own. */
export interface RunningProgram {
  readonly url: string;
  /** Everything it printed so far, standard output and errors together. */
  output(): string;
  /** Asks it to stop and returns its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut would; what it kept on disk stays for `startAgain`. */
  kill(): Promise<void>;
  /** The same program again, on the same port and the same state folder. */
  startAgain(): Promise<RunningProgram>;
}

/** `options`: of the start command, such as --channel. */
export async function startProgram(
  settings: Readonly<Record<string, string>> = {},
  options: readonly string[] = [],
): Promise<RunningProgram> {
  return startIn(await mkdtemp(join(tmpdir(), 'fanzha-')), settings, options);
}

async function startIn(
  folder: string,
  settings: Readonly<Record<string, string>>,
  options: readonly string[],
): Promise<RunningProgram> {
  const environment = {
    ...process.env,
    FANZHA_PUBLIC_PORT: '0',
    FANZHA_ADMIN_PORT: '0',
    FANZHA_STATE_DIR: join(folder, 'data'),
    ...settings,
  };
  const child = spawn(process.execPath, [join(ROOT, 'bin/fanzha.js'), 'start', ...options], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const exit = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`the program was not ready in time:\n${printed}`)), START_WITHIN_MS);
    const read = (chunk: Buffer): void => {
      printed += chunk.toString();
      const found = /http:\/\/[\d.]+:\d+/.exec(printed)?.[0];
      if (found === undefined) return;
      clearTimeout(late);
      resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the program ended with ${code} before it was ready:\n${printed}`));
    });
  });
  return {
    url,
    output: () => printed,
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      const code = await exit;
      clearTimeout(late);
      await rm(folder, { recursive: true, force: true });
      return code;
    },
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
    startAgain: () => startIn(folder, { ...settings, FANZHA_PUBLIC_PORT: new URL(url).port }, options),
  };
}
