import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { borrowServer, NO_POSTGRES } from '../storage/cluster.ts';
import { crashAt, killRounds, POINTS } from './kills.ts';
import { openWorkshop, type Workshop } from './workers.ts';

const PATIENCE = 120_000;
let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
}, PATIENCE);
afterAll(() => workshop.close());

describe('a process that is killed under load', () => {
  test(
    'on SQLite, ten times: loses nothing that it took, doubles at most one reply each time, always opens again',
    async () => {
      const report = await killRounds({ workshop, processes: 1, rounds: 10, seed: 20 });
      expect(report).toMatchObject({ killed: 10, lost: 0, refused: 0 });
      expect(report.doubled).toBeLessThanOrEqual(report.killed);
      expect(report.taken).toBeGreaterThan(100);
    },
    PATIENCE,
  );
  test.skipIf(NO_POSTGRES !== undefined)(
    `on PostgreSQL, two at once, ten times${NO_POSTGRES === undefined ? '' : ` (skipped: ${NO_POSTGRES})`}`,
    async () => {
      const server = await borrowServer();
      try {
        const databaseUrl = await server.fresh();
        const report = await killRounds({ workshop, databaseUrl, processes: 2, rounds: 10, seed: 21 });
        expect(report).toMatchObject({ killed: 20, lost: 0, refused: 0 });
        expect(report.doubled).toBeLessThanOrEqual(report.killed);
        expect(report.taken).toBeGreaterThan(100);
      } finally {
        await server.stop();
      }
    },
    PATIENCE,
  );
  test.each(POINTS)(
    'exactly %s: that point was reached, and everything is answered by the next process',
    async (point) => {
      const report = await crashAt(point, { workshop, seed: 22 });
      expect(report).toMatchObject({ reached: true, lost: 0 });
      expect(report.doubled).toBeLessThanOrEqual(1);
      expect(report.taken).toBe(50);
    },
    PATIENCE,
  );
});
