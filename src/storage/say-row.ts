import type { ToSay, Urgency } from '../domain/index.ts';
import type { Secrets } from './secrets.ts';

/** Most pressing first; the place is what the table holds. */
export const URGENCIES: readonly Urgency[] = ['urgent', 'answer', 'unasked'];

/** What is sealed of a row: whom it is for, what it answers to, what it says. */
export interface SealedReply {
  readonly talker: string;
  readonly room?: string | undefined;
  readonly replyTo: readonly string[];
  readonly text: string;
}

/** A row of the outbox as it is born. */
export interface SayRow {
  readonly source: string;
  readonly owner: string;
  readonly conversation: string;
  readonly urgency: number;
  readonly sealed: string;
  readonly due_at: number;
  readonly expires_at: number;
  readonly keep_until: number;
  readonly at: number;
}

export function sayRow(secrets: Secrets, toSay: ToSay): SayRow {
  const conversation = secrets.conversation(toSay);
  const { talker, room, replyTo, text } = toSay;
  const content: SealedReply = { talker, room, replyTo, text };
  return {
    source: toSay.source,
    owner: secrets.owner(toSay.source, talker),
    conversation,
    urgency: URGENCIES.indexOf(toSay.urgency),
    sealed: secrets.seal('outbox', conversation, content),
    due_at: toSay.dueAt,
    expires_at: toSay.expiresAt,
    keep_until: toSay.keepUntil,
    at: toSay.at,
  };
}
