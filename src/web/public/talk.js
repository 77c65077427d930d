import { keep, placed, restore } from './keeping.js';
import { randomId } from './talker.js';

/**
 * One message of the talk. `at` places it and is what the time lines show.
 * @typedef {object} Entry
 * @property {string} key
 * @property {'me' | 'bot'} from
 * @property {string} text
 * @property {number} at
 * @property {string} [id] the server's id of my message, once it has it
 * @property {'sending' | 'sent' | 'failed'} [state] of my message
 * @property {number} [triedAt] when my message was last put on its way
 * @property {string} [error] why the server refused my message; such a one is only sent again by hand
 * @property {string[]} [replyTo] ids of the messages a reply answers
 */

/** @typedef {{ seq: string, replyTo: string[], text: string, at: number }} Reply */

/**
 * How long an unanswered message counts as being answered. Half a sentence waits three seconds for the rest, and what
 * adds nothing to an answer just given gets none.
 */
const PATIENCE = 8_000;

/** The talk on this device: my messages and the replies, merged in one order and kept. */
export class Talk {
  /** @type {import('./keeping.js').Kept} */
  #kept = restore();
  /** @type {() => void} */
  onChange = () => {};

  get entries() {
    return this.#kept.entries;
  }

  /**
   * Adds a message of mine, to be sent.
   * @param {string} text
   * @returns {Entry}
   */
  say(text) {
    const now = Date.now();
    const last = this.entries[this.entries.length - 1]?.at ?? 0;
    /** @type {Entry} */
    const entry = { key: randomId(), from: 'me', text, at: Math.max(now, last + 1), state: 'sending', triedAt: now };
    this.#kept.entries = [...this.entries, entry];
    this.#changed();
    return entry;
  }

  /**
   * Adds a reply unless it is here already or was cleared away; tells whether it was new.
   * @param {Reply} reply
   */
  hear({ seq, replyTo, text, at }) {
    const key = `${seq}@${at}`;
    const { cleared } = this.#kept;
    const gone = at <= cleared.upTo || (replyTo.length > 0 && replyTo.every((id) => cleared.ids.includes(id)));
    if (gone || this.entries.some((entry) => entry.key === key)) return false;
    this.#kept.entries = placed([...this.entries, { key, from: 'bot', text, at, replyTo }]);
    this.#changed();
    return true;
  }

  /**
   * Notes how the sending of my message stands.
   * @param {string} key
   * @param {Pick<Entry, 'state' | 'id' | 'error' | 'triedAt'>} news
   */
  note(key, news) {
    const entries = this.entries.map((entry) => (entry.key === key ? { ...entry, error: undefined, ...news } : entry));
    this.#kept.entries = placed(entries);
    this.#changed();
  }

  /** My messages that did not reach the server and may be sent again without asking. */
  get unsent() {
    return this.entries.filter((entry) => entry.state === 'failed' && entry.error === undefined);
  }

  /** Until when an answer may be expected; 0 when nothing is awaited. */
  get awaitedUntil() {
    const answered = new Set(this.entries.flatMap((entry) => entry.replyTo ?? []));
    const open = this.entries.filter(
      (entry) => entry.state === 'sending' || (entry.state === 'sent' && !answered.has(entry.id ?? '')),
    );
    return Math.max(0, ...open.map((entry) => (entry.triedAt ?? 0) + PATIENCE));
  }

  /** Forgets the whole talk on this device, and keeps the server's replay from bringing it back. */
  clear() {
    const { cleared } = this.#kept;
    const heard = this.entries.filter((entry) => entry.from === 'bot').map((entry) => entry.at);
    const ids = this.entries.flatMap((entry) => entry.id ?? []);
    this.#kept = {
      entries: [],
      cleared: {
        times: cleared.times + 1,
        upTo: Math.max(cleared.upTo, ...heard),
        ids: [...cleared.ids, ...ids].slice(-200),
      },
    };
    this.#changed();
  }

  /** Takes in what another tab kept. */
  absorb() {
    const theirs = restore(false);
    if (theirs.cleared.times > this.#kept.cleared.times) this.#kept = theirs;
    else {
      const mine = new Map(this.entries.map((entry) => [entry.key, entry]));
      for (const entry of theirs.entries) if (mine.get(entry.key)?.state !== 'sent') mine.set(entry.key, entry);
      this.#kept.entries = placed([...mine.values()]);
    }
    this.onChange();
  }

  /** Drops what has grown too old. */
  age() {
    this.#changed();
  }

  #changed() {
    this.#kept = keep(this.#kept);
    this.onChange();
  }
}
