import type { Generated } from 'kysely';

/**
 * The tables, the same on both engines. Times are epoch milliseconds; yes and no do not occur; what is legible about a
 * person stands only inside `sealed` and `masked_text`. Names, owners and hashes are keyed (secrets.ts).
 */
export interface Tables {
  inbox: { hash: string; received_at: number };
  talk: {
    name: string;
    owner: string;
    source: string;
    sealed: string;
    /** When the talk must be looked at although nothing arrives. */
    wake_at: number | null;
    updated_at: number;
  };
  talk_group: { name: string; sealed: string; updated_at: number };
  outbox: OutboxTable;
  open_question: {
    id: Generated<number>;
    /** Keyed, of kind and text: the same question asked again counts up instead of standing twice. */
    fingerprint: string;
    kind: string;
    source: string;
    /** The owner; null once several people have asked the same. */
    asker: string | null;
    /** Masked and then sealed. */
    masked_text: string;
    entry: string | null;
    count: number;
    first_at: number;
    last_at: number;
    state: string;
  };
  /** `slot` spreads a busy counter over several rows, so that processes do not wait for each other; readers add up. */
  stat_day: { day: string; kind: string; entry: string; slot: number; count: number };
  /** What the request that brought a message was answered; an empty text: nothing. */
  passive_reply: { hash: string; owner: string; source: string; sealed: string; at: number };
  /** What may be said to a person beside replies, since he last did something. */
  allowance: { owner: string; most: number; used: number; until: number };
  kv: { key: string; value: string };
  /** What the campaign remembers of a person. */
  member: { owner: string; source: string; sealed: string; updated_at: number };
  /** `hash`: keyed, of the code. */
  invitation: { hash: string; until: number; used_at: number | null };
  /** `place`: as the conversation of the outbox. `owner`: who subscribed; `sealed`: his address. */
  subscription: { topic: string; place: string; owner: string; source: string; sealed: string; since: number };
  /** `cursor`: the place up to which it has been queued. */
  broadcast: { topic: string; slot: number; about: string; state: string; count: number; cursor: string };
  /** Only ever added to; every figure of the campaign is a sum over it. */
  campaign_event: {
    id: Generated<number>;
    day: string;
    kind: string;
    about: string;
    unit: string;
    amount: number;
    people: number;
  };
  weekly_choice: { monday: string; entry: string };
  /** A name that was given with consent. */
  roll_call_name: { owner: string; tool: string; source: string; unit: string; sealed: string };
}

export interface OutboxTable {
  id: Generated<number>;
  source: string;
  owner: string;
  /** The person or the room; rows of one conversation leave in order of id. */
  conversation: string;
  /** 0 urgent, 1 answer, 2 unasked. */
  urgency: number;
  sealed: string;
  state: string;
  due_at: number;
  lease_owner: string | null;
  lease_until: number | null;
  attempts: number;
  expires_at: number;
  keep_until: number;
  at: number;
  sent_at: number | null;
  code: string | null;
}
