import pino from 'pino';
import type { Log } from '../src/lib/log.ts';

/** A log that keeps its lines, so that a test can read what the program would have written. */
export function memoryLog(): { readonly log: Log; readonly lines: string[] } {
  const lines: string[] = [];
  return { log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }), lines };
}
