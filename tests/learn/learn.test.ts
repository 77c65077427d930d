import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KnowledgeBase } from '../../src/domain/index.ts';
import { teachingVersion } from '../../src/knowledge/index.ts';
import { type Lesson, learn, lessonsFrom } from '../../src/learn/index.ts';
import { trainLogistic } from '../../src/learn/logistic.ts';
import { foldWord } from '../../src/normalise/index.ts';
import { createReader, gramsOf } from '../../src/recognise/index.ts';
import { createLearned } from '../../src/recognise/learned.ts';
import { knowledge, normalise } from '../knowledge-base.ts';

const reading = { normalise, ...createReader(knowledge, foldWord) };
const few = (base: KnowledgeBase): readonly Lesson[] => lessonsFrom(base).filter((_, i) => i % 6 === 0);

test('the weights in the project were learned from the sayings that stand in it', () => {
  expect(knowledge.learned?.learnedFrom).toBe(teachingVersion(knowledge));
});

test('the same lessons give the same weights', () => {
  expect(learn(knowledge, few(knowledge), reading)).toEqual(learn(knowledge, few(knowledge), reading));
});

test('no gram is longer than three characters, so that no sentence can be read out of the file', () => {
  const { learned } = knowledge;
  const grams = [learned?.risk, ...Object.values(learned?.entries ?? {})].flatMap((one) =>
    Object.keys(one?.grams ?? {}),
  );
  expect(grams.length).toBeGreaterThan(1_000);
  expect(grams.filter((gram) => gram.length > 3)).toEqual([]);
});

test('what was learned tells fraud from harmless and one fraud from another', () => {
  const lessons: readonly Lesson[] = [
    ...Array.from({ length: 20 }, (_, i) => ({
      text: `垫付做单返佣金${i}`,
      family: 'brushing' as const,
      entry: 'brushing',
      share: 1,
    })),
    ...Array.from({ length: 20 }, (_, i) => ({
      text: `涉嫌洗钱转安全账户${i}`,
      family: 'impersonate-police' as const,
      entry: 'impersonate-police',
      share: 1,
    })),
    ...Array.from({ length: 40 }, (_, i) => ({ text: `晚上回家吃饺子${i}`, family: undefined, share: 1 })),
  ];
  const families = new Map(knowledge.frauds.map((fraud) => [fraud.id, fraud.family]));
  const opinion = createLearned(learn(knowledge, lessons, reading), families);
  expect(opinion('做单返佣金').risk - opinion('回家吃饺子').risk).toBeGreaterThan(3);
  const odds = new Map(opinion('涉嫌洗钱').entries.map((one) => [one.entry, one.odds]));
  expect(odds.get('impersonate-police')).toBeGreaterThan(odds.get('brushing') ?? 0);
  expect(opinion('做单返佣金').strongest.length).toBeGreaterThan(0);
});

test('the regression finds the line between two heaps that can be told apart', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 19 }), { minLength: 2, maxLength: 6 }), (telling) => {
      const examples = Array.from({ length: 60 }, (_, i) => {
        const positive = i % 2 === 0;
        const feature = telling[i % telling.length] ?? 0;
        return {
          features: Int32Array.from([20 + (i % 7), ...(positive ? [feature] : [])]),
          loudness: Math.SQRT2,
          positive,
          weight: 1,
        };
      });
      const { bias, weights } = trainLogistic(examples, 30, 10);
      for (const { features, positive } of examples) {
        const value = features.reduce((sum, feature) => sum + (weights[feature] ?? 0) / Math.sqrt(2), bias);
        expect(value > 0).toBe(positive);
      }
    }),
    { seed: 5, numRuns: 30 },
  );
});

test('numbers, addresses and signs make no grams of their own', () => {
  expect([...gramsOf('转5000元')]).toEqual([...gramsOf('转8321元')]);
  expect([...gramsOf('点http://a-b.top/x看')]).toEqual([...gramsOf('点www.c.example/y?z=1看')]);
  expect([...gramsOf('好,的')]).not.toContain('好的');
});
