import { read, write } from './store.js';

/** @typedef {import('./talk.js').Entry} Entry */

/**
 * What is kept of the talk. `cleared` tells which replies must not come back: those up to a time, and those to
 * messages that were cleared while unanswered.
 * @typedef {{ entries: Entry[], cleared: { times: number, upTo: number, ids: string[] } }} Kept
 */

const MOST = 200;
const LONGEST = 24 * 60 * 60 * 1000;

/**
 * The kept talk. After a reload nobody is waiting for a sending any more, so it counts as failed.
 * @param {boolean} [reloaded]
 * @returns {Kept}
 */
export function restore(reloaded = true) {
  const kept = /** @type {Partial<Kept> | undefined} */ (read('talk'));
  const { times = 0, upTo = 0, ids = [] } = kept?.cleared ?? {};
  const entries = Array.isArray(kept?.entries) ? kept.entries : [];
  return {
    entries: young(entries).map((entry) =>
      reloaded && entry.state === 'sending' ? { ...entry, state: 'failed' } : entry,
    ),
    cleared: { times, upTo, ids },
  };
}

/**
 * Keeps the talk without what is too old or too much, and returns what was kept.
 * @param {Kept} talk
 * @returns {Kept}
 */
export function keep(talk) {
  const kept = { ...talk, entries: young(talk.entries) };
  write('talk', kept);
  return kept;
}

/**
 * Entries in the order of the talk: by time, but never a reply before what it answers, whatever the two clocks say.
 * @param {Entry[]} entries
 * @returns {Entry[]}
 */
export function placed(entries) {
  const asked = new Map(entries.flatMap((entry) => (entry.id ? [[entry.id, entry.at]] : [])));
  /** @param {Entry} entry */
  const place = (entry) => Math.max(entry.at, ...(entry.replyTo ?? []).map((id) => asked.get(id) ?? 0));
  return entries
    .map((entry, index) => ({ entry, index, place: place(entry) }))
    .sort((one, other) => one.place - other.place || one.index - other.index)
    .map(({ entry }) => entry);
}

/**
 * The last entries of the last day. A message not yet sent is never dropped.
 * @param {Entry[]} entries
 */
function young(entries) {
  const oldest = Date.now() - LONGEST;
  return entries.filter((entry, index) => {
    const unsent = entry.from === 'me' && entry.state !== 'sent';
    return unsent || (entry.at > oldest && index >= entries.length - MOST);
  });
}
