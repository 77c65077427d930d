import { expect, test } from 'vitest';
import { HOUR } from '../../src/lib/clock.ts';
import { openStorage } from '../../src/storage/index.ts';
import { stateFolder } from './folder.ts';
import { lease, NOW, reply, say, WANG } from './samples.ts';

test('ids of the outbox go on from the time of the start, so that after a restored backup no page misses a reply', async () => {
  const stateDir = stateFolder();
  const idAt = async (now: number): Promise<number | undefined> => {
    const storage = await openStorage({ stateDir, databaseUrl: undefined, now: () => now });
    await storage.talks.transaction(say(reply(WANG, `said at ${now}`)));
    const [row] = await storage.outbox.claim(lease('one'));
    await storage.outbox.settle('one', [row?.id ?? 0], { state: 'sent' }, NOW);
    await storage.close();
    return row?.id;
  };
  expect(await idAt(NOW)).toBe(NOW);
  expect(await idAt(NOW + HOUR)).toBe(NOW + HOUR);
  expect(await idAt(NOW)).toBe(NOW + HOUR + 1);
});
