import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LONGEST_WARNING } from '../../src/compose/index.ts';
import { REGISTERS } from '../../src/domain/index.ts';
import { sentences } from '../../src/knowledge/index.ts';
import { knowledge, mind } from '../knowledge-base.ts';

const sayings = knowledge.frauds.flatMap((fraud) => REGISTERS.flatMap((register) => fraud.sayings[register]));
const JUDGEMENTS = /安全的|放心|不是诈骗|可以转/;
const allowed = new Set(knowledge.contacts.filter((contact) => contact.verified).map((contact) => contact.number));

/** Every warning and first aid that the knowledge base can bring about. */
const replies = sayings.map((saying) => ({ saying, ...mind.understand(saying) }));

describe('every reply to every saying', () => {
  test('begins with its verdict', () => {
    for (const { reply, saying } of replies) expect(reply, saying).toMatch(/^(【|.{2,30}：)/);
  });
  test('has at most 180 characters when it is a warning', () => {
    const long = replies.filter(
      ({ verdict, reply }) => verdict.kind === 'warning' && [...reply].length > LONGEST_WARNING,
    );
    expect(long.map(({ saying }) => saying)).toEqual([]);
  });
  test('has no sentence over 25 characters before the signs and the digits', () => {
    const long = replies
      .flatMap(({ reply }) =>
        reply
          .split('\n')
          .filter((line) => !/^(看出来的|回1)/.test(line))
          .flatMap(sentences),
      )
      .filter((sentence) => [...sentence].length > 25);
    expect([...new Set(long)]).toEqual([]);
  });
  test('never judges that something is harmless', () => {
    for (const { reply } of replies) expect(reply).not.toMatch(JUDGEMENTS);
  });
  test('names only numbers that somebody has verified', () => {
    const numbers = replies.flatMap(({ reply }) => reply.match(/(?<!\d)(?:1\d{2,4}|9\d{4,5})(?![\d元万块])/g) ?? []);
    expect([...new Set(numbers)].filter((number) => !allowed.has(number))).toEqual([]);
  });
  test('closes a warning with the slogan, letter for letter, and the digits', () => {
    for (const { verdict, reply } of replies) {
      if (verdict.kind === 'warning')
        expect(reply.split('\n').slice(-2)).toEqual(['不听、不信、不转账、不汇款。', expect.stringMatching(/^回1 /)]);
    }
  });
});

test('whatever is written gets an answer that judges nothing harmless', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.constantFrom(...sayings.slice(0, 200)), { maxLength: 3 }).map((list) => list.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const { reply } = mind.understand(text);
      expect(reply.length).toBeGreaterThan(0);
      expect(reply).not.toMatch(JUDGEMENTS);
    }),
    { seed: 11, numRuns: 500 },
  );
});

test('the same text gets the same answer', () => {
  for (const saying of sayings.slice(0, 100)) expect(mind.understand(saying)).toEqual(mind.understand(saying));
});
