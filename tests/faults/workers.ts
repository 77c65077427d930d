import { type ChildProcess, fork } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { loadKnowledge } from '../../src/knowledge/index.ts';
import type { FromWorker, WorkerSettings } from './worker.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OPEN_WITHIN_MS = 30_000;

/** The worker program as one file, and the knowledge base, checked and laid out once for all workers. */
export interface Workshop {
  /**
   * Starts a worker. Resolves when it takes messages. `hear` is called with it at once: a worker begins to say what others
   * left behind before it is told of.
   */
  start(settings: Omit<WorkerSettings, 'knowledgeFile'>, hear: (worker: ChildProcess) => void): Promise<ChildProcess>;
  readonly folder: string;
  close(): Promise<void>;
}

export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'fanzha-faults-'));
  const knowledgeFile = join(folder, 'knowledge.json');
  const { learned: _, ...knowledge } = await loadKnowledge(join(ROOT, 'knowledge'));
  await writeFile(knowledgeFile, JSON.stringify({ ...knowledge, harmless: {} }));
  // Beside node_modules, where the packages are found.
  const program = join(ROOT, '.build', `fault-worker-${process.pid}-${Date.now()}.js`);
  await mkdir(join(ROOT, '.build'), { recursive: true });
  await build({
    entryPoints: [join(ROOT, 'tests/faults/worker.ts')],
    outfile: program,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    charset: 'utf8',
    logLevel: 'error',
  });
  const running = new Set<ChildProcess>();
  return {
    folder,
    async start(settings, hear) {
      const worker = fork(program, [JSON.stringify({ ...settings, knowledgeFile })], {
        execArgv: [],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      hear(worker);
      running.add(worker);
      worker.on('exit', () => running.delete(worker));
      let printed = '';
      worker.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      await new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => reject(new Error(`a worker did not open in time:\n${printed}`)), OPEN_WITHIN_MS);
        worker.once('exit', (code, signal) => {
          clearTimeout(late);
          reject(new Error(`a worker ended (${code ?? signal}) before it was open:\n${printed}`));
        });
        worker.on('message', (words: FromWorker) => {
          if (words.kind !== 'open') return;
          clearTimeout(late);
          resolve();
        });
      });
      return worker;
    },
    async close() {
      await Promise.all([...running].map((worker) => kill(worker)));
      await rm(program, { force: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** kill -9. Resolves when the process is gone and what it had written was read. */
export function kill(worker: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (worker.exitCode !== null || worker.signalCode !== null) return resolve();
    worker.once('close', () => resolve());
    worker.kill('SIGKILL');
  });
}
