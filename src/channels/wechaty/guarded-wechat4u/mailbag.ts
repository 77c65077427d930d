import type { Log } from '../../../lib/log.ts';
import { type Contacts, stranger } from './contacts.ts';
import type { SessionMemory } from './memory.ts';
import type { WebMessage, Wechat4u } from './upstream.ts';

/** Fields without which nothing can be done with a message. */
interface Raw {
  MsgId: string;
  FromUserName: string;
  ToUserName: string;
  Content: string;
  CreateTime: number;
  RecommendInfo?: { UserName?: unknown; NickName?: unknown };
}

/** What becomes of a message that was handed on. Neither promise rejects. */
export interface Hearing {
  /** Everybody who listens has had it; the next of the conversation may follow. */
  heard(id: string): Promise<void>;
  /** Whoever answers for it has it safe. */
  taken(id: string): Promise<void>;
}

const MOST_IN_HAND = 1_000;

/**
 * Hands on the messages that WeChat sent: each once, in order within a conversation, and whatever they say. It takes the
 * place of wechat4u's own loop, which logs out on certain words, loses what comes from a group it does not know, and
 * hands on twice what was sent twice.
 */
export class Mailbag {
  readonly #inner: Wechat4u;
  readonly #contacts: Contacts;
  readonly #memory: SessionMemory;
  readonly #log: Log;
  readonly #hearing: Hearing;
  readonly #signal: AbortSignal;
  readonly #inHand = new Set<string>();
  readonly #turns = new Map<string, Promise<void>>();

  constructor(
    inner: Wechat4u,
    contacts: Contacts,
    memory: SessionMemory,
    log: Log,
    hearing: Hearing,
    signal: AbortSignal,
  ) {
    this.#inner = inner;
    this.#contacts = contacts;
    this.#memory = memory;
    this.#log = log;
    this.#hearing = hearing;
    this.#signal = signal;
  }

  get idle(): boolean {
    return this.#inHand.size === 0;
  }

  /** More wait than can be kept here: what else there is stays with WeChat for now. */
  get full(): boolean {
    return this.#inHand.size >= MOST_IN_HAND;
  }

  take(messages: readonly unknown[]): void {
    for (const message of messages) {
      const raw = toRaw(message);
      if (!raw) this.#log.warn({ from: 'wechat4u' }, 'a message without id, sender or time was left out');
      else if (!this.#inHand.has(raw.MsgId) && !this.#memory.wasSeen(raw.MsgId)) this.#queue(raw);
    }
  }

  #queue(raw: Raw): void {
    const conversation = raw.FromUserName;
    this.#inHand.add(raw.MsgId);
    const before = this.#turns.get(conversation) ?? Promise.resolve();
    const turn = before
      .then(() => this.#hand(raw))
      .catch((error: unknown) => this.#log.error({ err: error, from: 'wechat4u' }, 'a message could not be handed on'))
      .finally(() => {
        if (this.#turns.get(conversation) === turn) this.#turns.delete(conversation);
      });
    this.#turns.set(conversation, turn);
    void turn.then(() => this.#hearing.taken(raw.MsgId)).then(() => this.#done(raw.MsgId));
  }

  /** Only now it counts as seen: what a stop or a crash cut off before comes again. */
  #done(id: string): void {
    if (this.#signal.aborted) return;
    this.#memory.seen(id);
    this.#inHand.delete(id);
    if (this.#inHand.size === 0) this.#memory.allSeen();
  }

  async #hand(raw: Raw): Promise<void> {
    await this.#contacts.known(raw.FromUserName);
    if (this.#signal.aborted) return;
    const { contacts } = this.#inner;
    contacts[raw.FromUserName] ??= this.#inner.Contact.extend(stranger(raw.FromUserName, ''));
    const asker = raw.RecommendInfo?.UserName;
    if (typeof asker === 'string' && asker !== '')
      contacts[asker] ??= this.#inner.Contact.extend(stranger(asker, String(raw.RecommendInfo?.NickName ?? '')));
    const message: WebMessage = this.#inner.Message.extend(raw);
    await Promise.all(this.#inner.listeners('message').map((listen) => listen(message)));
    await this.#hearing.heard(raw.MsgId);
  }
}

function toRaw(value: unknown): Raw | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const raw = value as Partial<Raw> & { MsgId?: unknown };
  const id = typeof raw.MsgId === 'number' ? String(raw.MsgId) : raw.MsgId;
  if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id)) return undefined;
  if (typeof raw.FromUserName !== 'string' || typeof raw.ToUserName !== 'string') return undefined;
  if (!Number.isFinite(raw.CreateTime)) return undefined;
  return Object.assign(raw as Raw, { MsgId: id, Content: typeof raw.Content === 'string' ? raw.Content : '' });
}
