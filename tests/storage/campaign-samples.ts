import type { CampaignEvent, Member, NamedAnswer } from '../../src/campaign/index.ts';
import type { Address, ToSay } from '../../src/domain/index.ts';
import type { Storage } from '../../src/storage/index.ts';
import { NOW, reply } from './samples.ts';

export const TODAY = '2026-11-24';

/** Something of everything that a member may be. */
export const DEPUTY: Member = {
  deputySince: NOW,
  tries: { count: 2, at: NOW },
  unit: '老王坡管委会',
  learning: true,
  lesson: { lesson: '03', slot: NOW, asked: 1, right: 1 },
  lastForward: { groups: 3, people: 240, at: NOW },
  answers: { app: 'installed' },
  offer: { at: NOW, kind: 'practice', question: 'police-2' },
};

export const named = (name: string, over: Partial<NamedAnswer> = {}): NamedAnswer => ({
  unit: '五沟营镇',
  name,
  tool: 'app',
  answer: 'installed',
  at: NOW,
  ...over,
});

export const event = (over: Partial<CampaignEvent> = {}): CampaignEvent => ({
  day: TODAY,
  kind: 'forwarded',
  about: 'email',
  unit: '',
  amount: 1,
  people: 10,
  ...over,
});

export const TIP = { topic: 'weekly-tip', slot: NOW, about: 'email' } as const;

export const tipTo = (address: Address, position = 0): ToSay =>
  reply(address, `tip ${position}`, { urgency: 'unasked', replyTo: [] });

export const people = (count: number): readonly Address[] =>
  Array.from({ length: count }, (_, i) => ({ source: 'local', talker: `t${i}` }));

export async function subscribeAll(storage: Storage, addresses: readonly Address[]): Promise<void> {
  await storage.talks.transaction(async (tx) => {
    for (const address of addresses) await tx.subscribe('weekly-tip', address, NOW);
  });
}

/** Queues until the end. How many went out each time. */
export async function queueAll(storage: Storage, limit: number, sending = TIP): Promise<readonly number[]> {
  for (const counts: number[] = []; ; ) {
    const count = await storage.campaign.queueNext(sending, limit, tipTo, TODAY);
    if (count === 0) return counts;
    counts.push(count);
  }
}
