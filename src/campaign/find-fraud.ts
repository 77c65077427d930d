import Fuse from 'fuse.js';
import type { Fraud } from '../domain/index.ts';
import { foldWord } from '../normalise/index.ts';
import { bareText } from '../recognise/index.ts';

/** Finds frauds by what people call them. */
export interface FraudFinder {
  /** The fraud that the words name, by id, name, short name or alias. */
  named(words: string): Fraud | undefined;
  /** Those whose names the words resemble, the most alike first; typing errors are forgiven. */
  near(words: string): readonly Fraud[];
}

/** Fuse's: of two characters one may be wrong (刷丹), of four one or two (冒充领到). */
const ALIKE = 0.5;
/** No name is longer; a whole story is none. Characters. */
const LONGEST = 20;
const MOST_NEAR = 6;
/** The best one alone is meant when the next is so much worse, on Fuse's scale. */
const CLEARLY_BETTER = 0.15;

export function createFraudFinder({ frauds }: { readonly frauds: readonly Fraud[] }): FraudFinder {
  const byName = new Map<string, Fraud>();
  for (const fraud of frauds)
    for (const name of [fraud.id, fraud.name, fraud.short, ...fraud.aliases])
      if (!byName.has(bare(name))) byName.set(bare(name), fraud);
  const entries = [...byName].map(([text, fraud]) => ({ text, fraud }));
  const fuse = new Fuse(entries, { keys: ['text'], ignoreLocation: true, includeScore: true, threshold: ALIKE });
  return {
    named: (words) => byName.get(bare(words)),
    near(words) {
      const text = bare(words);
      if (text.length < 2 || text.length > LONGEST) return [];
      const best = new Map<Fraud, number>();
      for (const { item, score = 1 } of fuse.search(text))
        if (commonTo(item.text, text) >= 0.5 && !best.has(item.fraud)) best.set(item.fraud, score);
      const [[first, score] = [], [, next = 1] = []] = [...best];
      return first && score !== undefined && next - score > CLEARLY_BETTER
        ? [first]
        : [...best.keys()].slice(0, MOST_NEAR);
    },
  };
}

/** The share of the shorter one's characters that both have. */
function commonTo(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return [...short].filter((sign) => long.includes(sign)).length / short.length;
}

/** Letters and digits, without what people put around a name: 关于…的, …诈骗. */
function bare(words: string): string {
  const text = bareText(foldWord(words.toLowerCase())).replace(/^(?:关于|有关|一条|来条|一个|那个)+/u, '');
  const name = text.replace(/(?:类|电信|网络|诈骗|骗局|骗子|的)+$/u, '');
  return name === '' ? text : name;
}
