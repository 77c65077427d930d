import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A state folder for the tests of one file; deleted after them. */
export function stateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fanzha-state-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
