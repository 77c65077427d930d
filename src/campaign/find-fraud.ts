import type { Fraud, KnowledgeBase } from '../domain/index.ts';
import { foldWord } from '../normalise/index.ts';
import { bareText, createSearch } from '../recognise/index.ts';

/** Finds frauds by what people call them. */
export interface FraudFinder {
  /** The fraud that the words name, by id, name, short name or alias. */
  named(words: string): Fraud | undefined;
  /** Those whose names the words resemble, the most alike first; typing errors are forgiven. */
  near(words: string): readonly Fraud[];
}

/** Half of the pairs of characters must be right: 冒充领到 is 冒充领导, 领奖 is not. */
const ALIKE = { threshold: 0.5, shared: 0.4 };
const MOST_NEAR = 6;

export function createFraudFinder({ frauds }: Pick<KnowledgeBase, 'frauds'>): FraudFinder {
  const byName = new Map<string, Fraud>();
  for (const fraud of frauds)
    for (const name of [fraud.id, fraud.name, fraud.short, ...fraud.aliases])
      if (!byName.has(bare(name))) byName.set(bare(name), fraud);
  const search = createSearch([...byName].map(([text, fraud]) => ({ id: fraud.id, text })));
  return {
    named: (words) => byName.get(bare(words)),
    near(words) {
      const ids = new Set(search(bare(words), ALIKE, 3 * MOST_NEAR).map((one) => one.id));
      return [...ids].slice(0, MOST_NEAR).flatMap((id) => frauds.find((fraud) => fraud.id === id) ?? []);
    },
  };
}

/** Letters and digits, without the words that stand behind every name. */
function bare(words: string): string {
  const text = bareText(foldWord(words.toLowerCase()));
  const name = text.replace(/(?:类)?(?:电信)?(?:网络)?(?:诈骗|骗局|的骗子)$/u, '');
  return name === '' ? text : name;
}
