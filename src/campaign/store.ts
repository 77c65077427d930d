import type { TalkTransaction } from '../conversation/index.ts';
import type { Address, ToSay } from '../domain/index.ts';
import type { CampaignEvent, CampaignEventKind, CampaignTotal } from './events.ts';
import type { Member } from './member.ts';

/** What is sent by itself to those who asked for it. */
export const TOPICS = ['weekly-tip', 'lesson'] as const;

export type Topic = (typeof TOPICS)[number];

/** A sending: one topic at one time. Times in epoch milliseconds. */
export interface Broadcast {
  readonly topic: Topic;
  /** The minute it was planned for. */
  readonly slot: number;
  /** The knowledge file or the lesson. */
  readonly about: string;
  readonly state: 'queueing' | 'queued' | 'dropped';
  /** To how many it has been queued so far. */
  readonly count: number;
}

/** A name on the list of a unit, given with consent. */
export interface NamedAnswer {
  readonly unit: string;
  readonly name: string;
  readonly tool: string;
  readonly answer: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** What the campaign may read and write in the transaction of a message. */
export interface CampaignTransaction extends TalkTransaction {
  /** Nobody else can change it before the end of this transaction. */
  member(source: string, talker: string): Promise<Member | undefined>;
  keepMember(source: string, talker: string, member: Member, now: number): Promise<void>;
  /** Uses up an invitation. False: there is none like it, it was used, or its time is over. */
  useInvitation(code: string, now: number): Promise<boolean>;
  /** False: was subscribed already. In a group the whole group is. */
  subscribe(topic: Topic, address: Address, now: number): Promise<boolean>;
  /** False: was not subscribed. */
  unsubscribe(topic: Topic, address: Address): Promise<boolean>;
  note(event: CampaignEvent): Promise<void>;
  /** Sums of one kind over all days. */
  total(kind: CampaignEventKind): Promise<Pick<CampaignTotal, 'events' | 'amount' | 'people'>>;
  /** The latest sending of a topic up to `now` that was not dropped. */
  latestBroadcast(topic: Topic, now: number): Promise<Broadcast | undefined>;
  /** When something that nobody asked for was last said in private; undefined: never, or some days ago. */
  lastUnasked(source: string, talker: string): Promise<number | undefined>;
  /** What the office chose for the week that begins on `monday` (2026-11-23). */
  chosenTip(monday: string): Promise<string | undefined>;
  /** One row per person and tool; again with another answer replaces it. */
  keepName(source: string, talker: string, named: NamedAnswer): Promise<void>;
  /** Returns how many rows there were. */
  dropNames(source: string, talker: string): Promise<number>;
}

/** What the campaign needs of the store outside a message. */
export interface CampaignStore {
  /** `code`: as it is typed in, without blanks and dashes, in capitals. Kept as a keyed hash until `until`. */
  invite(code: string, until: number, now: number): Promise<void>;
  chooseTip(monday: string, entry: string | undefined): Promise<void>;
  chosenTip(monday: string): Promise<string | undefined>;
  /** Plans a sending. False: it was planned before, by whomever. A dropped one is never carried on. */
  plan(
    broadcast: Pick<Broadcast, 'topic' | 'slot' | 'about'> & { readonly state: 'queueing' | 'dropped' },
  ): Promise<boolean>;
  /** The newest first. */
  broadcasts(topic: Topic, limit: number): Promise<readonly Broadcast[]>;
  /** Gives up a sending whose queueing has not ended: nobody else gets it. False: it had ended. */
  drop(broadcast: Pick<Broadcast, 'topic' | 'slot'>): Promise<boolean>;
  /** Sendings whose queueing has not ended. */
  unfinished(): Promise<readonly Broadcast[]>;
  /**
   * Queues a sending to the next `limit` subscribers, and remembers in the same transaction how far it came: whatever
   * process goes on, after whatever death, nobody is skipped and nobody gets it twice. `toSay`: what to put into the
   * outbox; `position` counts subscribers from 0. Returns to how many it was queued; 0 means that it has ended, and then
   * the event `broadcast` has been noted with the sum.
   */
  queueNext(
    broadcast: Pick<Broadcast, 'topic' | 'slot'>,
    limit: number,
    toSay: (address: Address, position: number) => ToSay,
    day: string,
  ): Promise<number>;
  /** Event of a day, outside a message. */
  note(event: CampaignEvent): Promise<void>;
  subscribers(topic: Topic): Promise<number>;
  /** Days as 2026-11-24, both included. Grouped by kind, about and unit, in that order. */
  totals(from: string, to: string): Promise<readonly CampaignTotal[]>;
  /** The whole log of these days, in order. */
  events(from: string, to: string): Promise<readonly CampaignEvent[]>;
  /** The list of one unit, by name. */
  names(unit: string): Promise<readonly NamedAnswer[]>;
}
