import { WebFault } from './faults.ts';
import { atMost, GrowingWait, wait } from './pace.ts';
import type { WebContact, Wechat4u } from './upstream.ts';

export interface ContactNeeds {
  readonly signal: AbortSignal;
  /** Least time between two requests. */
  readonly everyMs: number;
  /** How long a message waits for the name of who sent it. */
  readonly patienceMs: number;
  readonly failed: (error: unknown) => void;
}

const AT_ONCE = 40;
/** Who could not be found is not asked for again for as long. */
const FORGET_MS = 10 * 60_000;
const MOST_ASKED = 10_000;

/**
 * Finds out who an id is, one request at a time and only for people and groups that really wrote. Nobody waits longer than
 * `patienceMs`: an answer goes by the id and does not need the name.
 */
export class Contacts {
  readonly #inner: Wechat4u;
  readonly #needs: ContactNeeds;
  readonly #asked = new Map<string, { readonly at: number; readonly known: Promise<void> }>();
  readonly #pause = new GrowingWait(60_000, 30 * 60_000);
  #open: { ids: Set<string>; done: Promise<void> } | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(inner: Wechat4u, needs: ContactNeeds) {
    this.#inner = inner;
    this.#needs = needs;
  }

  /** Resolves when the contact is there, or when waiting longer would hold up the message. Never rejects. */
  async known(id: string): Promise<void> {
    if (this.isKnown(id)) return;
    const asked = this.#asked.get(id);
    const known = asked && Date.now() - asked.at < FORGET_MS ? asked.known : this.#ask(id);
    await atMost(this.#needs.patienceMs, known);
  }

  isKnown(id: string): boolean {
    const found = this.#inner.contacts[id];
    return found !== undefined && !(id.startsWith('@@') && found.MemberCount === 0);
  }

  #ask(id: string): Promise<void> {
    this.#open ??= this.#openBatch();
    const { ids, done } = this.#open;
    ids.add(id);
    if (ids.size >= AT_ONCE) this.#open = undefined;
    this.#asked.delete(id);
    this.#asked.set(id, { at: Date.now(), known: done });
    const oldest = this.#asked.keys().next().value;
    if (this.#asked.size > MOST_ASKED && oldest !== undefined) this.#asked.delete(oldest);
    return done;
  }

  /** A batch gathers ids until the one before it is done and the pace allows. */
  #openBatch(): { ids: Set<string>; done: Promise<void> } {
    const ids = new Set<string>();
    const batch = { ids, done: Promise.resolve() };
    const before = this.#last;
    const { signal, everyMs } = this.#needs;
    batch.done = before.then(async () => {
      if (this.#open === batch) this.#open = undefined;
      await this.#fetch([...ids]);
    });
    this.#last = batch.done.then(() => wait(everyMs, signal)).catch(() => undefined);
    return batch;
  }

  async #fetch(ids: readonly string[]): Promise<void> {
    if (this.#needs.signal.aborted) return;
    try {
      const found = await this.#inner.batchGetContact(ids.map((UserName) => ({ UserName, EncryChatRoomId: '' })));
      this.#inner.updateContacts(found);
      this.#pause.reset();
    } catch (error) {
      this.#needs.failed(error);
      if (!(error instanceof WebFault && error.kind === 'rate-limited')) return;
      const pause = wait(this.#pause.next(), this.#needs.signal).catch(() => undefined);
      this.#last = this.#last.then(() => pause);
    }
  }
}

/**
 * Who owns a group. The web protocol tells it in two ways, and often in neither: by id when the group changes, or by a
 * number that a member carries as well.
 */
export function ownerOf(room: WebContact | undefined): string | undefined {
  if (!room?.UserName.startsWith('@@')) return undefined;
  const { ChatRoomOwner: id, OwnerUin: uin, MemberList = [] } = room;
  if (typeof id === 'string' && id !== '') return id;
  return typeof uin === 'number' && uin !== 0 ? MemberList.find(({ Uin }) => Uin === uin)?.UserName : undefined;
}

/** Stands in for somebody who could not be found. */
export function stranger(id: string, name: string): WebContact {
  const empty = { RemarkName: '', DisplayName: '', HeadImgUrl: '', Alias: '', City: '', Province: '', Signature: '' };
  return {
    ...empty,
    UserName: id,
    NickName: name,
    MemberList: [],
    MemberCount: 0,
    Sex: 0,
    ContactFlag: 0,
    VerifyFlag: 0,
  };
}
