import { readSession, type SavedSession, writeSession } from './session-file.ts';
import { type Trouble, trouble } from './troubles.ts';
import type { SyncState } from './upstream.ts';

/** Enough for some days of a busy account; a message that comes again does so within hours. */
const MOST_SEEN = 5_000;
/** Clocks differ, and messages are not handed out in the order of their time. */
const SKEW_S = 600;
/** Messages of a long absence are no longer answered. */
const OLDEST_S = 24 * 3600;

/**
 * What the puppet remembers: the session, which messages it handed on, and since when messages are for it. Also stands in
 * for Wechaty's memory card, through which the real puppet reads and writes its session.
 */
export class SessionMemory {
  readonly name = 'wechat4u';
  readonly #file: string;
  readonly #now: () => number;
  readonly #tell: (trouble: Trouble) => void;
  #bot: SavedSession['bot'];
  #seen = new Set<string>();
  #since: number | undefined;
  #loaded = false;
  #key: Partial<SyncState> = {};
  #timer: NodeJS.Timeout | undefined;

  constructor(file: string, now: () => number, tell: (trouble: Trouble) => void) {
    this.#file = file;
    this.#now = now;
    this.#tell = tell;
  }

  /** Reads the file, once: Wechaty and the real puppet both ask for it at every start. */
  async load(): Promise<void> {
    if (this.#loaded) return;
    this.#loaded = true;
    const { saved, corrupt } = readSession(this.#file);
    this.#bot = saved.bot;
    this.#seen = new Set(saved.seen);
    this.#since = saved.since;
    if (corrupt) this.#tell(trouble('session-file-corrupt'));
  }

  async get(_slot: string): Promise<SavedSession['bot']> {
    return this.#bot && structuredClone(this.#bot);
  }

  /** Keeps wechat4u's data by reference: what is saved later is its state of then. */
  async set(_slot: string, bot: NonNullable<SavedSession['bot']>): Promise<void> {
    const changed = this.#bot?.PROP !== bot.PROP;
    this.#bot = bot;
    if (changed) this.#key = this.#keyNow();
    this.#since ??= Math.floor(this.#now() / 1000) - SKEW_S;
  }

  async delete(_slot: string): Promise<void> {
    this.#bot = undefined;
    this.#key = {};
  }

  /** Messages from before then are history, epoch seconds. It does not move while the program runs. */
  get since(): number {
    const now = Math.floor(this.#now() / 1000);
    return Math.max(this.#since ?? now - SKEW_S, now - OLDEST_S);
  }

  wasSeen(id: string): boolean {
    return this.#seen.has(id);
  }

  /** The message is being handed on. */
  seen(id: string): void {
    this.#seen.add(id);
    const oldest = this.#seen.values().next().value;
    if (this.#seen.size > MOST_SEEN && oldest !== undefined) this.#seen.delete(oldest);
  }

  /**
   * Everything that WeChat gave out has been handed on. Only now its key is kept: under an older one, WeChat gives out
   * again what a stop or a crash kept from being handed on.
   */
  allSeen(): void {
    this.#key = this.#keyNow();
    this.#timer ??= setTimeout(() => void this.save(), 1_000).unref();
  }

  #keyNow(): Partial<SyncState> {
    const { syncKey, formatedSyncKey } = (this.#bot?.PROP ?? {}) as Partial<SyncState>;
    return syncKey === undefined || formatedSyncKey === undefined ? {} : { syncKey, formatedSyncKey };
  }

  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      const bot = this.#bot && { ...this.#bot, PROP: { ...this.#bot.PROP, ...this.#key } };
      writeSession(this.#file, { bot, seen: [...this.#seen], since: this.#since });
    } catch {
      this.#tell(trouble('session-file-unwritable'));
    }
  }
}
