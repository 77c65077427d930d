import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { mib, names, numbers, printTable } from './report.ts';

/** What stands in memory after each step of loading, garbage collected. Bytes: heap and what belongs to it outside. */
interface Step {
  readonly name: string;
  readonly bytes: number;
  /** Resident memory of the whole process, bytes. */
  readonly resident: number;
}

const MESSAGES = 2_000;
/** What lets node read TypeScript, wherever the command is run from. */
const TSX = import.meta.resolve('tsx');

/** Prints what one loaded mind takes. A process of its own measures it, so that nothing else stands in its memory. */
export async function printMemory(): Promise<void> {
  const steps = await measureInOwnProcess();
  const rows = steps.map(({ name, bytes, resident }, i) => {
    const before = steps[i - 1]?.bytes;
    return [name, before === undefined ? '' : mib(bytes - before), mib(bytes), mib(resident)];
  });
  const columns = [names('after'), numbers('added MiB'), numbers('heap MiB'), numbers('resident MiB')];
  printTable('memory of one loaded mind (garbage collected, own process)', columns, rows);
}

function measureInOwnProcess(): Promise<readonly Step[]> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), { execArgv: ['--expose-gc', '--import', TSX] });
    child.on('message', (steps) => resolve(steps as readonly Step[]));
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`the process that measures memory ended with ${code}`)));
  });
}

/** The other side: loads one thing after the other. Imports lazily, as the libraries are a step themselves. */
async function measureHere(): Promise<readonly Step[]> {
  const steps: Step[] = [stepNow('start of node')];
  const { readConfig } = await import('../src/config/index.ts');
  const { loadKnowledge } = await import('../src/knowledge/index.ts');
  const { createMind } = await import('../src/conversation/index.ts');
  const { messagesOf } = await import('./texts.ts');
  steps.push(stepNow('libraries'));
  const config = readConfig(process.env);
  const base = await loadKnowledge(config.knowledgeDir);
  steps.push(stepNow('knowledge base'));
  const mind = createMind(base, config.county);
  steps.push(stepNow('mind built from it'));
  for (const text of messagesOf(mind.base, 100, MESSAGES)) mind.understand(text);
  steps.push(stepNow(`${MESSAGES} messages`));
  return steps;
}

function stepNow(name: string): Step {
  if (!globalThis.gc) throw new Error('node must be started with --expose-gc');
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { name, bytes: heapUsed + external, resident: rss };
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.send) {
  process.send(await measureHere(), () => {
    if (process.connected) process.disconnect();
  });
}
