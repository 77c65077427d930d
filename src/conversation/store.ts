import type { Address, ToSay } from '../domain/index.ts';
import type { Group } from './group.ts';
import type { Talk } from './talk.ts';

/** A message for which the office is needed: nobody knew it, or the talker says that we were wrong. */
export interface OpenQuestion {
  readonly kind: 'unknown' | 'disputed';
  /** With telephones, cards, ids, codes and names taken out. */
  readonly maskedText: string;
  /** The knowledge file that had been named. */
  readonly entry: string | undefined;
  readonly at: number;
}

/** What one transaction may read and write. Everything becomes durable together, or nothing does. */
export interface TalkTransaction {
  /** Notes a message; false when it was noted before. */
  arrived(source: string, id: string, now: number): Promise<boolean>;
  /** What is remembered of a talk; nobody else can change it before the end of this transaction. */
  talk(address: Address): Promise<Talk | undefined>;
  /** `wakeAt`: when the talk must be looked at again although nothing arrives, epoch milliseconds. */
  keepTalk(address: Address, talk: Talk, wakeAt: number | undefined, now: number): Promise<void>;
  group(source: string, room: string): Promise<Group | undefined>;
  keepGroup(source: string, room: string, group: Group, now: number): Promise<void>;
  say(toSay: ToSay): Promise<void>;
  /** Counts an answer of today (Asia/Shanghai) by its kind and knowledge file. */
  count(day: string, kind: string, entry: string): Promise<void>;
  askOffice(address: Address, question: OpenQuestion): Promise<void>;
  /** Deletes all that is kept of a talker: talks in every group, what waits to be said, open questions of his alone. */
  forget(source: string, talker: string, now: number): Promise<void>;
}

/** Where talks are kept. `work` may run again from its beginning when another process came between. */
export interface TalkStore<Tx extends TalkTransaction = TalkTransaction> {
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** Talks whose time to wake has come, oldest first. They stay so until kept with another time. */
  wakeable(now: number, limit: number): Promise<readonly Address[]>;
  /** When the next talk is to be woken; `undefined` when none waits. */
  nextWake(): Promise<number | undefined>;
  /** Makes what was deleted unreadable in the files as well. */
  scrub(): Promise<void>;
}
