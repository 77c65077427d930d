import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Storage } from '../../src/storage/index.ts';
import { people, queueAll, subscribeAll, TIP, TODAY, tipTo } from './campaign-samples.ts';
import { ask, borrowServer, NO_POSTGRES } from './cluster.ts';
import { openIn, stateFolder } from './folder.ts';
import { LI, NOW } from './samples.ts';

describe.skipIf(NO_POSTGRES !== undefined)('two processes on PostgreSQL', () => {
  let server: Awaited<ReturnType<typeof borrowServer>>;
  beforeAll(async () => {
    server = await borrowServer();
  });
  afterAll(() => server.stop());

  async function two(): Promise<{ url: string; one: Storage; other: Storage }> {
    const url = await server.fresh();
    const stateDir = stateFolder();
    const one = await openIn(stateDir, url);
    return { url, one, other: await openIn(stateDir, url) };
  }

  test('queue a sending together, and nobody gets it twice or not at all', async () => {
    const { url, one, other } = await two();
    await subscribeAll(one, people(300));
    const planned = await Promise.all(
      [one, other].map((storage) => storage.campaign.plan({ ...TIP, state: 'queueing' })),
    );
    expect(planned.toSorted()).toEqual([false, true]);
    const counts = await Promise.all([one, other, one, other].map((storage) => queueAll(storage, 7)));
    expect(counts.filter((parts) => parts.length > 0).length).toBeGreaterThan(1);
    const [sum] = await ask(url, 'select count(*) as rows, count(distinct conversation) as people from outbox');
    expect(sum).toEqual({ rows: '300', people: '300' });
    expect(await other.campaign.broadcasts('weekly-tip', 1)).toMatchObject([{ state: 'queued', count: 300 }]);
    expect(await other.campaign.events(TODAY, TODAY)).toMatchObject([{ kind: 'broadcast', amount: 300 }]);
  });

  test('go on when one of them stops in the middle of a part', async () => {
    const { url, one, other } = await two();
    await subscribeAll(one, people(100));
    await one.campaign.plan({ ...TIP, state: 'queueing' });
    const broken = one.campaign.queueNext(
      TIP,
      60,
      (address, position) => {
        if (position === 50) throw new Error('stopped');
        return tipTo(address, position);
      },
      TODAY,
    );
    const others = queueAll(other, 30);
    await expect(broken).rejects.toThrow('stopped');
    expect(await others).toEqual([30, 30, 30, 10]);
    expect(await ask(url, 'select count(distinct conversation) as people from outbox')).toEqual([{ people: '100' }]);
  });

  test('use up an invitation once', async () => {
    const { one, other } = await two();
    for (let i = 0; i < 10; i++) {
      await one.campaign.invite(`CODE${i}`, NOW + 1, NOW);
      const used = await Promise.all(
        [one, other].map((storage) => storage.talks.transaction((tx) => tx.useInvitation(`CODE${i}`, NOW))),
      );
      expect(used.toSorted()).toEqual([false, true]);
    }
  });

  test('change a new member one after the other', async () => {
    const { one, other } = await two();
    const more = (storage: Storage) =>
      storage.talks.transaction(async (tx) => {
        const groups = (await tx.member('local', LI.talker))?.lastForward?.groups ?? 0;
        await tx.keepMember('local', LI.talker, { lastForward: { groups: groups + 1, people: 0, at: NOW } }, NOW);
      });
    await Promise.all(Array.from({ length: 10 }, (_, i) => more(i % 2 === 0 ? one : other)));
    const member = await one.talks.transaction((tx) => tx.member('local', LI.talker));
    expect(member?.lastForward?.groups).toBe(10);
  });

  test('leave nothing to say to whom one forgets while the other queues to him', async () => {
    const { url, one, other } = await two();
    const all = people(60);
    for (let round = 0; round < 8; round++) {
      await subscribeAll(one, all);
      const sending = { ...TIP, slot: NOW + round };
      await one.campaign.plan({ ...sending, state: 'queueing' });
      let erased: Promise<unknown> | undefined;
      await one.campaign.queueNext(
        sending,
        100,
        (address, position) => {
          erased ??= Promise.all(
            all
              .slice(0, 20)
              .map(({ talker }) => other.talks.transaction((tx) => tx.forget('local', talker, Date.now()))),
          );
          return tipTo(address, position);
        },
        TODAY,
      );
      await erased;
      expect(await ask(url, 'select count(*) as rows from outbox')).toEqual([{ rows: '40' }]);
      await ask(url, 'delete from outbox');
    }
  });
});
