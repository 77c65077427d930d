/**
 * What happens in the campaign, as it is counted. The log names nobody: no person, no group, no time of day. Totals are
 * sums over it and nothing else.
 */
export const CAMPAIGN_EVENTS = [
  'deputy-joined',
  'deputy-left',
  /** A deputy forwarded a resident's message and got words to forward back; `about`: the knowledge file. */
  'relayed',
  /** Words to forward were taken; `about`: the knowledge file. */
  'tip-taken',
  /** A deputy told how far he passed something on: `amount` groups, `people` people. A correction takes back the former. */
  'forwarded',
  /** `about`: person or group. */
  'subscribed',
  'unsubscribed',
  /** Unit: the one he belongs to. */
  'learner-joined',
  'learner-left',
  /** `about`: the lesson; `amount`: 1 when right, else 0. */
  'lesson-answered',
  /** `about`: the lesson; `amount`: right answers. */
  'lesson-finished',
  /** `amount`: 1 when right, else 0. */
  'practised',
  /** `about`: tool and answer, as `app/installed`; `amount`: 1, or -1 when it is taken back. */
  'roll-call',
  /** `about`: topic and content; `amount`: to how many it was queued. */
  'broadcast',
  /** A slot that was missed by more than two hours. `about`: the topic. */
  'broadcast-dropped',
] as const;

export type CampaignEventKind = (typeof CAMPAIGN_EVENTS)[number];

export interface CampaignEvent {
  /** Asia/Shanghai, as 2026-11-24. */
  readonly day: string;
  readonly kind: CampaignEventKind;
  /** Empty when it is about nothing in particular. */
  readonly about: string;
  /** Empty when none. */
  readonly unit: string;
  readonly amount: number;
  readonly people: number;
}

/** Sums over the event log. */
export interface CampaignTotal extends Omit<CampaignEvent, 'day'> {
  readonly events: number;
}
