import Fuse from 'fuse.js';

/** A short text that can be looked up by a short, possibly misspelt one. */
export interface Entry {
  readonly id: string;
  readonly text: string;
}

/** Letters and digits of a folded text: what is compared. */
export function bareText(folded: string): string {
  return folded.replace(/[^\p{L}\p{N}]/gu, '');
}

/** How much alike two texts must be. */
export interface Likeness {
  /** Fuse's: 0 accepts only the text itself, 1 anything. */
  readonly threshold: number;
  /** The least share of character pairs that both must have in common (Dice), 0 to 1. */
  readonly shared: number;
}

/** Fuse.js is asked about the few entries that share most pairs of characters; over all of them it would take milliseconds. */
const MOST_CANDIDATES = 16;

/**
 * Finds the entry that a short message resembles, or nothing. Fuse.js compares short with short, which is what it was
 * made for; the other way round (a long message as pattern over the knowledge base) it finds one fraud of twenty-nine.
 */
export function createLookup(entries: readonly Entry[]): (text: string, likeness: Likeness) => string | undefined {
  const exact = new Map(entries.map((entry) => [entry.text, entry.id]));
  const search = createSearch(entries);
  return (text, likeness) => exact.get(text) ?? search(text, likeness, 1)[0]?.id;
}

/** As createLookup, but gives the best few, the most alike first. */
export function createSearch(
  entries: readonly Entry[],
): (text: string, likeness: Likeness, limit: number) => readonly Entry[] {
  const sizes = new Uint16Array(entries.length);
  const byPair = new Map<string, number[]>();
  entries.forEach((entry, i) => {
    const pairs = pairsOf(entry.text);
    sizes[i] = pairs.size;
    for (const pair of pairs) {
      const list = byPair.get(pair);
      if (list) list.push(i);
      else byPair.set(pair, [i]);
    }
  });

  return (text, { threshold, shared }, limit) => {
    const own = pairsOf(text);
    const common = new Map<number, number>();
    for (const pair of own) for (const i of byPair.get(pair) ?? []) common.set(i, (common.get(i) ?? 0) + 1);
    const near = [...common]
      .map(([i, count]) => ({ i, dice: (2 * count) / (own.size + (sizes[i] ?? 0)) }))
      .filter((one) => one.dice >= shared)
      .sort((a, b) => b.dice - a.dice || a.i - b.i)
      .slice(0, MOST_CANDIDATES)
      .flatMap(({ i }) => entries[i] ?? []);
    if (near.length === 0) return [];
    const fuse = new Fuse(near, { keys: ['text'], ignoreLocation: true, threshold, minMatchCharLength: 1 });
    return fuse.search(text, { limit }).map((one) => one.item);
  };
}

function pairsOf(text: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < text.length; i += 1) pairs.add(text.slice(i, i + 2));
  return pairs;
}
