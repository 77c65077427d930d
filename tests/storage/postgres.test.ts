import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openStorage } from '../../src/storage/index.ts';
import { memoryLog } from '../quiet-log.ts';
import { ask, borrowServer, NO_POSTGRES } from './cluster.ts';
import { keepsTheContract } from './contract.ts';
import { NOW } from './samples.ts';

/** As after the migrations. Making a new database for every test would take most of the time. */
const EMPTY = `delete from inbox; delete from talk; delete from talk_group; delete from outbox; delete from open_question;
  delete from stat_day; delete from kv; delete from passive_reply; delete from allowance;
  delete from member; delete from invitation; delete from subscription; delete from broadcast; delete from campaign_event;
  delete from weekly_choice; delete from roll_call_name; alter sequence outbox_id_seq restart`;

if (NO_POSTGRES) test.skip(`PostgreSQL was not tried: ${NO_POSTGRES}`, () => {});

describe.skipIf(NO_POSTGRES !== undefined)('PostgreSQL', () => {
  let server: Awaited<ReturnType<typeof borrowServer>>;
  let databaseUrl: string;
  beforeAll(async () => {
    server = await borrowServer();
    databaseUrl = await server.fresh();
  });
  afterAll(() => server.stop());

  keepsTheContract(async () => {
    const { log, lines } = memoryLog();
    const stateDir = await mkdtemp(join(tmpdir(), 'fanzha-state-'));
    const storage = await openStorage({ stateDir, databaseUrl, now: () => NOW, log });
    return {
      storage,
      lines,
      query: (sql) => ask(databaseUrl, sql),
      async close() {
        await storage.close();
        await ask(databaseUrl, EMPTY);
        rmSync(stateDir, { recursive: true });
      },
    };
  });
});
