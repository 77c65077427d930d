import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ToSay } from '../../src/domain/index.ts';
import { createTranscript, LOCAL, SendFault } from '../../src/outbox/index.ts';
import { openStorage, type Storage } from '../../src/storage/index.ts';
import { channelOf, SOURCE, stage, words } from './stage.ts';

let folder: string;
let storage: Storage;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fanzha-outbox-'));
  storage = await openStorage({ stateDir: folder, databaseUrl: undefined, now: Date.now });
});
afterEach(async () => {
  await storage.close();
  await rm(folder, { recursive: true });
});

const putAll = (rows: readonly ToSay[]) =>
  storage.talks.transaction(async (tx) => {
    for (const row of rows) await tx.say(row);
  });
const many = (count: number, talkers: number) =>
  Array.from({ length: count }, (_, i) => words(`${i}`, { talker: `talker-${i % talkers}` }));

describe('the pump on SQLite', () => {
  test('says 2,000 rows in few commits and in order, and the page reads them', async () => {
    await putAll(many(2_000, 500));
    const { channel, said } = channelOf(LOCAL);
    let marked = 0;
    const at = (point: string) => {
      if (point === 'after-settle') marked += 1;
    };
    const { pump } = stage(channel, { store: storage.outbox, at });
    await pump.drained();
    await pump.stop();
    expect(said).toHaveLength(2_000);
    expect(marked).toBeLessThanOrEqual(20);
    expect(await storage.outbox.tally()).toEqual({ sent: 2_000 });
    const transcript = createTranscript({ store: storage.outbox, source: SOURCE, now: Date.now });
    expect((await transcript.since('talker-7', 0)).map(({ text }) => text)).toEqual(['7', '507', '1007', '1507']);
  });
  test('shares the outbox among three pumps without saying a row twice', async () => {
    await putAll(many(600, 40));
    const { channel, said } = channelOf(LOCAL);
    const pumps = ['one', 'two', 'three'].map((owner) => stage(channel, { owner, store: storage.outbox }).pump);
    await expect.poll(() => said.length).toBe(600);
    await Promise.all(pumps.map((pump) => pump.stop()));
    expect(new Set(said.map(({ id }) => id)).size).toBe(600);
    expect(await storage.outbox.tally()).toEqual({ sent: 600 });
  });
  test('settles each outcome so that the database knows it', async () => {
    const faults = [undefined, new SendFault('window-closed'), new Error('lost'), new SendFault('refused')];
    const { channel } = channelOf({}, ({ text }) => faults[Number(text)]);
    await putAll([...many(4, 4), words('9', { talker: 'late', expiresAt: Date.now() - 1 })]);
    const { pump } = stage(channel, { store: storage.outbox });
    await pump.drained();
    await pump.stop();
    expect(await storage.outbox.tally()).toEqual({ sent: 1, failed: 1, unknown: 1, due: 1, expired: 1 });
  });
  test('waits when the database is closed under it, and says so with the cure', async () => {
    const { channel } = channelOf();
    const { pump, lines } = stage(channel, { store: storage.outbox, pollMs: 20 });
    await pump.drained();
    await storage.close();
    await expect.poll(() => lines.length).toBe(1);
    expect(lines[0]).toContain('怎么改');
    await pump.stop();
    storage = await openStorage({ stateDir: folder, databaseUrl: undefined, now: Date.now });
  });
});
