import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { CampaignEvent, CampaignSettings, CampaignTotal } from '../../src/campaign/index.ts';
import { countyForTest } from './county.ts';

interface Step {
  readonly at?: string;
  readonly down?: string;
  readonly who?: string;
  readonly says?: string;
  readonly mail?: string;
  readonly bot?: readonly string[];
  readonly never?: readonly string[];
  readonly messages?: number;
  readonly again?: boolean;
  readonly restart?: boolean;
  readonly look?: boolean;
  readonly invite?: string;
  readonly names?: string;
  readonly are?: readonly string[];
}

interface Month {
  readonly name: string;
  readonly because: string;
  readonly from: string;
  readonly asked?: Readonly<Record<string, number>>;
  readonly settings?: Partial<Omit<CampaignSettings, 'holidays'>> & { readonly holidays?: readonly string[] };
  readonly steps: readonly Step[];
  /** “kind|about|unit” → how many events, sum of amount, sum of people; “*”: whatever. Complete for the kinds it names. */
  readonly totals: Readonly<Record<string, readonly (number | '*')[]>>;
}

const months = parse(readFileSync(fileURLToPath(new URL('./months.yml', import.meta.url)), 'utf8')) as readonly Month[];

describe('months', () => {
  test.each(months)('$name', { timeout: 30_000 }, async ({ from, asked = {}, settings = {}, steps, totals }) => {
    const county = await countyForTest(
      { ...settings, holidays: new Set(settings.holidays) },
      { from, asked: new Map(Object.entries(asked)) },
    );
    let sent = 0;
    let last: Step | undefined;
    for (const step of steps) {
      const told = JSON.stringify(step);
      if (step.at) await county.goTo(step.at);
      if (step.down) county.sleepUntil(step.down);
      if (step.restart) await county.restart();
      if (step.look) await county.look();
      if (step.invite) await county.invite(step.invite);
      if (step.names)
        expect((await county.storage().campaign.names(step.names)).map(({ name }) => name)).toEqual(step.are);
      if (step.again && last?.who !== undefined)
        expect(await county.say(last.who, last.says ?? '', { id: `step-${sent}` }), told).toEqual([]);
      if (step.who !== undefined) {
        sent += 1;
        last = step;
        judge(step, await county.say(step.who, step.says ?? '', { id: `step-${sent}` }), told);
      }
      if (step.mail !== undefined) judge(step, await county.mail(step.mail), told);
    }
    const { campaign } = county.storage();
    const [begin, end] = ['2026-01-01', '2027-12-31'];
    const sums = await campaign.totals(begin, end);
    expect(bySum(sums)).toEqual(bySum(sumsOf(await campaign.events(begin, end))));
    const kinds = new Set(Object.keys(totals).map((key) => key.split('|')[0]));
    const told = sums
      .filter(({ kind }) => kinds.has(kind))
      .map((one) => {
        const values = [one.events, one.amount, one.people];
        return [keyOf(one), values.map((value, i) => (totals[keyOf(one)]?.[i] === '*' ? '*' : value))];
      });
    expect(Object.fromEntries(told)).toEqual(totals);
  });
});

function judge({ bot = [], never = [], messages }: Step, texts: readonly string[], told: string): void {
  const all = texts.join('\n---\n');
  if (messages !== undefined) expect(texts, told).toHaveLength(messages);
  for (const pattern of bot) expect(all, told).toContain(pattern);
  for (const pattern of never) expect(all, told).not.toContain(pattern);
}

type Key = Pick<CampaignEvent, 'kind' | 'about' | 'unit'>;
type Sum = Pick<CampaignTotal, 'events' | 'amount' | 'people'>;

function keyOf({ kind, about, unit }: Key): string {
  return `${kind}|${about}|${unit}`;
}

function add(sums: readonly Sum[]): Sum {
  const zero = { events: 0, amount: 0, people: 0 };
  return sums.reduce<Sum>(
    (sum, { events, amount, people }) => ({
      events: sum.events + events,
      amount: sum.amount + amount,
      people: sum.people + people,
    }),
    zero,
  );
}

/** The sums as the log itself gives them, added up here. */
function sumsOf(events: readonly CampaignEvent[]): readonly CampaignTotal[] {
  const byKey = new Map<string, CampaignEvent[]>();
  for (const event of events) byKey.set(keyOf(event), [...(byKey.get(keyOf(event)) ?? []), event]);
  return [...byKey.values()].flatMap((list) => {
    const [first] = list;
    return first ? [{ ...first, ...add(list.map((one) => ({ ...one, events: 1 }))) }] : [];
  });
}

function bySum(sums: readonly CampaignTotal[]): readonly string[] {
  return sums.map((one) => `${keyOf(one)}: ${one.events} ${one.amount} ${one.people}`).sort();
}
