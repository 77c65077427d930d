import type { CampaignEvent } from './events.ts';
import type { Member } from './member.ts';
import type { Topic } from './store.ts';

/** A subscription of somebody who is forgotten. */
export interface Subscribed {
  readonly topic: Topic;
  readonly place: 'person' | 'group';
}

/**
 * What is taken back from the sums when all that is kept of a person is deleted: what he is now, not what he did. `day`:
 * 2026-11-24.
 */
export function leavingEvents(
  member: Member,
  subscriptions: readonly Subscribed[],
  day: string,
): readonly CampaignEvent[] {
  const unit = member.unit ?? '';
  const nothing = { day, about: '', unit: '', amount: 0, people: 0 };
  const weekly = subscriptions.filter(({ topic }) => topic === 'weekly-tip');
  return [
    ...(member.deputySince === undefined ? [] : [{ ...nothing, kind: 'deputy-left' as const }]),
    ...(member.learning ? [{ ...nothing, kind: 'learner-left' as const, unit }] : []),
    ...weekly.map(({ place }) => ({ ...nothing, kind: 'unsubscribed' as const, about: place })),
    ...Object.entries(member.answers ?? {}).map(([tool, answer]) => ({
      ...nothing,
      kind: 'roll-call' as const,
      about: `${tool}/${answer}`,
      unit,
      amount: -1,
    })),
  ];
}
