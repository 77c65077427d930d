/** @typedef {import('./talk.js').Reply} Reply */

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;
/** A page hidden for longer may have lost its connection without noticing. */
const STALE = 30_000;

/**
 * Keeps a stream of replies open. While the browser reconnects by itself it names the last reply it saw; a stream
 * opened anew gets the replies of the last day again, and the talk drops those it has.
 * @param {string} talker
 * @param {{ onReply: (reply: Reply) => void, onUp: () => void, onDown: () => void }} listener
 */
export function openStream(talker, { onReply, onUp, onDown }) {
  const address = `/chat/stream?talker=${encodeURIComponent(talker)}`;
  /** @type {EventSource | undefined} */
  let source;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let wait = FIRST_WAIT;
  let hiddenAt = 0;

  function connect() {
    clearTimeout(timer);
    source?.close();
    const opened = new EventSource(address);
    source = opened;
    opened.addEventListener('open', () => {
      wait = FIRST_WAIT;
      onUp();
    });
    opened.addEventListener('error', () => {
      onDown();
      if (opened.readyState === EventSource.CLOSED) later();
    });
    opened.addEventListener('reply', (event) => {
      const reply = parse(event.lastEventId, event.data);
      if (reply) onReply(reply);
    });
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(connect, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  addEventListener('online', connect);
  addEventListener('offline', () => {
    source?.close();
    onDown();
    later();
  });
  addEventListener('pagehide', () => source?.close());
  addEventListener('pageshow', (event) => {
    if (event.persisted) connect();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenAt = Date.now();
    else if (Date.now() - hiddenAt > STALE) connect();
  });
  connect();

  return { refresh: connect };
}

/**
 * A reply as the server sends it, or undefined when it is not one.
 * @param {string} seq
 * @param {string} data
 * @returns {Reply | undefined}
 */
function parse(seq, data) {
  try {
    const { replyTo, text, at } = JSON.parse(data);
    if (typeof text !== 'string' || typeof at !== 'number') return undefined;
    return { seq, text, at, replyTo: Array.isArray(replyTo) ? replyTo.map(String) : [] };
  } catch {
    return undefined;
  }
}
