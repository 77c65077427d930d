/** @typedef {import('./talk.js').Talk} Talk */
/** @typedef {import('./talk.js').Entry} Entry */

const TIMEOUT = 15_000;
const MOST_BYTES = 16 * 1024;

/** The server understood the message and said no, in a sentence for the reader. */
class Refused extends Error {}

/**
 * Sends my messages one after the other, so that they arrive in the order they were written.
 * @param {Talk} talk
 * @param {string} talker
 */
export function createSender(talk, talker) {
  let last = Promise.resolve();

  /** @param {Entry} entry */
  async function attempt({ key, text }) {
    try {
      talk.note(key, { state: 'sent', id: await post({ talker, text, id: key }) });
    } catch (error) {
      talk.note(key, { state: 'failed', error: error instanceof Refused ? error.message : undefined });
    }
  }

  /** @param {Entry} entry */
  function send(entry) {
    talk.note(entry.key, { state: 'sending', triedAt: Date.now() });
    last = last.then(() => attempt(entry));
  }

  return {
    send,
    /** Sends again whatever did not reach the server. */
    retry() {
      for (const entry of talk.unsent) send(entry);
    },
  };
}

/**
 * Whether a text is too long for one message.
 * @param {string} text
 */
export function isTooLong(text) {
  return new TextEncoder().encode(JSON.stringify(text)).length > MOST_BYTES - 256;
}

/**
 * Posts one message under its own id, so that posting it again is harmless, and returns the id the server gave it.
 * @param {{ talker: string, text: string, id: string }} message
 * @returns {Promise<string>}
 */
async function post(message) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT);
  try {
    const response = await fetch('/chat/messages', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      signal: abort.signal,
    });
    const answer = await response.json().catch(() => ({}));
    if (response.status >= 400 && response.status < 500) throw new Refused(String(answer.error ?? ''));
    if (!response.ok || typeof answer.id !== 'string') throw new Error(`unexpected answer ${response.status}`);
    return answer.id;
  } finally {
    clearTimeout(timer);
  }
}
