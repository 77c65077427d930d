import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../src/config/index.ts';
import { loadKnowledge } from '../src/knowledge/index.ts';
import { startProgram } from './program.ts';
import { mib, ms, names, numbers, printMachine, printTable } from './report.ts';

const STARTS = 5;
/** How long the program is left alone before its memory is read. */
const IDLE_MS = 5_000;

/** One start of the real program. */
interface Start {
  /** From the start of the process until /ready answered 200, milliseconds. */
  readonly readyMs: number;
  /** Resident memory after the idle seconds, bytes. */
  readonly resident: number;
}

/** One start after the other. Always true: it throws when the program does not start. */
export async function benchStartup(): Promise<boolean> {
  printMachine();
  const { version, frauds } = await loadKnowledge(readConfig(process.env).knowledgeDir);
  console.log(`knowledge: version ${version}, ${frauds.length} frauds`);
  const starts: Start[] = [];
  for (let i = 0; i < STARTS; i += 1) starts.push(await startOnce());

  const row = (name: string, readyMs: number, resident: number): readonly string[] => [
    name,
    ms(readyMs),
    mib(resident),
  ];
  const ready = inOrder(starts.map((start) => start.readyMs));
  const resident = inOrder(starts.map((start) => start.resident));
  printTable(
    `\nthe real program, started ${STARTS} times`,
    [names('start'), numbers('ready after ms'), numbers(`resident MiB after ${IDLE_MS / 1_000} idle s`)],
    [
      ...starts.map((start, i) => row(String(i + 1), start.readyMs, start.resident)),
      row('least', ready.least, resident.least),
      row('median', ready.median, resident.median),
      row('most', ready.most, resident.most),
    ],
  );
  return true;
}

async function startOnce(): Promise<Start> {
  const program = await startProgram();
  try {
    await pause(IDLE_MS);
    return { readyMs: program.readyMs, resident: await residentOf(program.pid) };
  } finally {
    await program.stop();
  }
}

/** VmRSS of a process in bytes; /proc gives it in KiB. Linux only. */
async function residentOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kib === undefined) throw new Error('the process tells no VmRSS');
  return Number(kib) * 1024;
}

function inOrder(values: readonly number[]): { least: number; median: number; most: number } {
  const sorted = [...values].sort((a, b) => a - b);
  return { least: sorted[0] ?? 0, median: sorted[Math.floor(sorted.length / 2)] ?? 0, most: sorted.at(-1) ?? 0 };
}
