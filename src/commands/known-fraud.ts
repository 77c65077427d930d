import { createFraudFinder } from '../campaign/index.ts';
import { type Fraud, type KnowledgeBase, OperatorFault } from '../domain/index.ts';

const LONGEST_ID = 60;
const MOST_SLIPS = 2;
const MOST_SHOWN = 6;

/** The fraud that an operator names on the command line, by id or name; what is unknown comes back with near ids. */
export function knownFraud(base: KnowledgeBase, id: string): Fraud {
  const finder = createFraudFinder(base);
  const fraud = finder.named(id);
  if (fraud) return fraud;
  const mistyped = base.frauds.filter((one) => distance(one.id, id.slice(0, LONGEST_ID)) <= MOST_SLIPS);
  const alike = [...new Set([...mistyped, ...finder.near(id)])].slice(0, MOST_SHOWN);
  const shown = alike.length > 0 ? alike : base.frauds.filter((one) => one.core);
  const ids = shown.map((one) => `${one.id}（${one.short}）`).join('、');
  throw new OperatorFault('没有这种骗局', [
    {
      where: shorten(id),
      what: '知识库里没有这个编号',
      cure: `换成${alike.length > 0 ? '相近的' : '知识库里的，例如'} ${ids}`,
    },
  ]);
}

function shorten(id: string): string {
  const signs = [...id.replace(/\p{C}/gu, '')];
  return signs.length > 40 ? `${signs.slice(0, 40).join('')}……` : signs.join('');
}

/** How many letters must be put in, left out or changed to make one word of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j += 1) {
      const change = (row[j] ?? 0) + (letter === other[j] ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
