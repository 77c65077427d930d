import type { MessageKind } from './message-kind.ts';

/** What arrived, freed of its channel. A channel fills it in and decides nothing. */
export interface Incoming {
  /** Which channel: `local`, `wechat4u`, `official-account`. */
  readonly source: string;
  /** Unique within the source; a repeat is answered once. */
  readonly id: string;
  /** Stands for the person within the source; never shown, never logged. */
  readonly talker: string;
  /** The group it was said in; absent in a private talk. */
  readonly room?: string | undefined;
  /** The bot was addressed by name. Always true in a private talk. */
  readonly mentioned: boolean;
  /** The talker owns the group, as far as the channel knows. */
  readonly ownsRoom?: boolean | undefined;
  readonly kind: MessageKind;
  /** What can be read in it, see MESSAGE_KINDS; empty where nothing can. */
  readonly text: string;
  /** Of a quote: what is quoted. */
  readonly quoted?: string | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Epoch milliseconds after which the channel can no longer carry an answer; absent: a day after `at`. */
  readonly answerBy?: number | undefined;
}

/** Where something is said: a person, or a group in which a person asked. */
export interface Address {
  readonly source: string;
  readonly talker: string;
  readonly room?: string | undefined;
}

/** What we want said, and to which messages it answers. */
export interface Reply extends Address {
  readonly replyTo: readonly string[];
  readonly text: string;
  readonly at: number;
}

/** How pressing something is that waits to be said: what saves money now, an answer, and what nobody asked for. */
export type Urgency = 'urgent' | 'answer' | 'unasked';

/** Something that is to be said, as it waits in the outbox. All times in epoch milliseconds. */
export interface ToSay extends Reply {
  readonly urgency: Urgency;
  /** Not said before. */
  readonly dueAt: number;
  /** Not said after: it would come too late to be of use. */
  readonly expiresAt: number;
  /** The row is deleted after this, said or not. */
  readonly keepUntil: number;
}
