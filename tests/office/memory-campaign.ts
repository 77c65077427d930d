import type { Broadcast, CampaignEvent, CampaignStore, CampaignTotal, NamedAnswer } from '../../src/campaign/index.ts';

/** An event of which a test tells only what matters to it. */
export function event(kind: CampaignEvent['kind'], told: Partial<CampaignEvent> = {}): CampaignEvent {
  return { day: '2026-11-24', kind, about: '', unit: '', amount: 0, people: 0, ...told };
}

/** Sums as the store gives them. */
export function totalsOf(events: readonly CampaignEvent[]): readonly CampaignTotal[] {
  const sums = new Map<string, CampaignTotal>();
  for (const { kind, about, unit, amount, people } of events) {
    const key = JSON.stringify([kind, about, unit]);
    const sum = sums.get(key) ?? { kind, about, unit, amount: 0, people: 0, events: 0 };
    sums.set(key, {
      ...sum,
      amount: sum.amount + amount,
      people: sum.people + people,
      events: sum.events + 1,
    });
  }
  return [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

/** The part of the campaign's store that the office uses, in memory. */
export function memoryCampaign(events: CampaignEvent[] = [], sendings: Broadcast[] = []) {
  const codes: { code: string; until: number }[] = [];
  const tips = new Map<string, string>();
  const store: Pick<CampaignStore, 'totals' | 'broadcasts' | 'chosenTip' | 'chooseTip' | 'invite'> = {
    totals: async (from, to) => totalsOf(events.filter(({ day }) => day >= from && day <= to)),
    broadcasts: async (topic, limit) =>
      sendings
        .filter((one) => one.topic === topic)
        .sort((a, b) => b.slot - a.slot)
        .slice(0, limit),
    chosenTip: async (monday) => tips.get(monday),
    async chooseTip(monday, entry) {
      if (entry === undefined) tips.delete(monday);
      else tips.set(monday, entry);
    },
    async invite(code, until) {
      codes.push({ code, until });
    },
  };
  return { store, codes, tips, events, sendings };
}

export function named(name: string, told: Partial<NamedAnswer> = {}): NamedAnswer {
  return {
    unit: '县人大机关',
    name,
    tool: 'app',
    answer: 'installed',
    at: Date.parse('2026-11-24T02:00:00Z'),
    ...told,
  };
}
