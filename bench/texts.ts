import { type KnowledgeBase, REGISTERS } from '../src/domain/index.ts';

/**
 * `count` different messages of exactly `length` characters, cut from the sayings and look-alikes of the knowledge base.
 *
 * All of them stand in one row, fraud after fraud, broken into clauses. A message begins at some clause, goes on with
 * those behind it and is cut at its length: a short one is a piece of a saying, a long one several sayings of the same
 * fraud. The beginnings are strewn over the whole row by a fixed step, so that the same knowledge base gives the same
 * messages in the same order. Throws when it holds too few sayings.
 */
export function messagesOf(base: KnowledgeBase, length: number, count: number): readonly string[] {
  const clauses = clausesOf(base);
  const step = strewingStep(clauses.length);
  const messages = new Set<string>();
  for (let k = 0; k < clauses.length && messages.size < count; k += 1) {
    const message = messageAt(clauses, (k * step) % clauses.length, length);
    if (message !== undefined) messages.add(message);
  }
  if (messages.size < count)
    throw new Error(`the sayings give only ${messages.size} different messages of ${length} characters, not ${count}`);
  return [...messages];
}

/** `count` different messages as they come: of six, three of 20 characters, two of 100, one of 400. */
export function mixedMessagesOf(base: KnowledgeBase, count: number): readonly string[] {
  const sixths = Math.ceil(count / 6);
  const [short, middle, long] = [
    messagesOf(base, 20, 3 * sixths),
    messagesOf(base, 100, 2 * sixths),
    messagesOf(base, 400, sixths),
  ];
  const mixed = Array.from({ length: sixths }, (_, i) => [
    ...short.slice(3 * i, 3 * i + 3),
    ...middle.slice(2 * i, 2 * i + 2),
    ...long.slice(i, i + 1),
  ]);
  return mixed.flat().slice(0, count);
}

function clausesOf(base: KnowledgeBase): readonly string[] {
  const sayings = base.frauds.flatMap(({ sayings, lookalikes }) => [
    ...REGISTERS.flatMap((register) => sayings[register]),
    ...lookalikes.map((one) => one.say),
  ]);
  return [...new Set(sayings)].flatMap(clausesOfSaying);
}

const ENDED = /[。！？!?]$/;
const CLAUSE = /[^，。！？；]+[，。！？；]*/g;

function clausesOfSaying(saying: string): readonly string[] {
  return (ENDED.test(saying) ? saying : `${saying}。`).match(CLAUSE) ?? [];
}

function messageAt(clauses: readonly string[], first: number, length: number): string | undefined {
  const characters: string[] = [];
  for (let i = 0; i < clauses.length && characters.length < length; i += 1)
    characters.push(...(clauses[(first + i) % clauses.length] ?? ''));
  return characters.length < length ? undefined : characters.slice(0, length).join('');
}

const GOLDEN = 0.618;

/** About 0.618 of the row and without a common divisor with it: every clause is met once, neighbours far apart. */
function strewingStep(size: number): number {
  let step = Math.max(1, Math.floor(size * GOLDEN));
  while (commonDivisor(step, size) > 1) step += 1;
  return step;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
