import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { openStorage } from '../../src/storage/index.ts';
import { memoryLog } from '../quiet-log.ts';
import { keepsTheContract } from './contract.ts';
import { askFile } from './folder.ts';
import { NOW } from './samples.ts';

describe('SQLite', () => {
  keepsTheContract(async () => {
    const { log, lines } = memoryLog();
    const stateDir = await mkdtemp(join(tmpdir(), 'fanzha-state-'));
    const storage = await openStorage({ stateDir, databaseUrl: undefined, now: () => NOW, log });
    return {
      storage,
      lines,
      query: async (sql) => (await askFile(join(stateDir, 'fanzha.db'), sql)).map((row) => ({ ...row })),
      async close() {
        await storage.close();
        rmSync(stateDir, { recursive: true });
      },
    };
  });
});
