import { describe, expect, test } from 'vitest';
import type { SignalClass, SignWeight, Strength } from '../../src/domain/index.ts';
import type { Findings, Found } from '../../src/recognise/findings.ts';
import type { LearnedOpinion } from '../../src/recognise/learned.ts';
import { learnedPoints, weigh } from '../../src/recognise/weigh.ts';
import * as weights from '../../src/recognise/weights.ts';

const sign = (weight: SignWeight, entry = 'loan', worth = 1): Found<'sign'> => ({
  owner: { kind: 'sign', entry, family: 'loan', sign: `${weight} of ${entry} ${worth}`, weight, worth },
  quote: '',
  start: 0,
  end: 2,
});
const signal = (kind: SignalClass, id: string = kind, strength: Strength = 'plain'): Found<'signal'> => ({
  owner: { kind: 'signal', id, class: kind, strength, sign: undefined },
  quote: '',
  start: 0,
  end: 2,
});
const found = (signs: readonly Found<'sign'>[], signals: readonly Found<'signal'>[] = []): Findings => ({
  signs,
  signals,
  situations: [],
  forFamily: false,
  questions: [],
  intents: [],
  named: [],
});
const opinion = (risk: number): LearnedOpinion => ({ risk, happened: -9, asks: -9, entries: [], strongest: [] });

const TEXT = '对方说的话有十几个字长的样子';
const risk = (
  signs: readonly Found<'sign'>[],
  signals: readonly Found<'signal'>[] = [],
  text = TEXT,
  learned?: LearnedOpinion,
): number => weigh(found(signs, signals), text, learned).risk;

describe('each weight of the table', () => {
  test('SIGN_POINTS: strong is worth more than story, story more than ask', () => {
    const asked = [signal('demand')];
    expect(risk([sign('strong')], asked)).toBeGreaterThan(risk([sign('story')], asked));
    expect(risk([sign('story')], asked)).toBeGreaterThan(risk([sign('ask')], asked));
  });
  test('SIGN_POINTS.decay: the second sign of a kind adds less than the first', () => {
    const [none, one, two] = [[], [sign('strong')], [sign('strong'), sign('strong')]].map((signs) =>
      risk(signs, [signal('demand')]),
    );
    expect((two ?? 0) - (one ?? 0)).toBeGreaterThan(0);
    expect((two ?? 0) - (one ?? 0)).toBeLessThan((one ?? 0) - (none ?? 0));
  });
  test('worth: a sign that lights up everywhere counts for next to nothing', () => {
    expect(risk([sign('strong', 'loan', 0.1)])).toBeLessThan(risk([sign('strong', 'loan', 0.9)]) - 1);
  });
  test('STORY_WITH_ASK, STRONG_WITH_ASK: two parts of one fraud count more than each by itself', () => {
    const together = risk([sign('story'), sign('ask')], [signal('demand')]);
    const parted = risk([sign('story', 'loan'), sign('ask', 'prize')], [signal('demand')]);
    expect(together).toBeGreaterThan(parted + weights.STORY_WITH_ASK * weights.TYPE_SHARE);
    expect(risk([sign('strong'), sign('ask')], [signal('demand')])).toBeGreaterThan(
      risk([sign('strong')], [signal('demand')]) + weights.STRONG_WITH_ASK * weights.TYPE_SHARE,
    );
  });
  test('STRENGTH: a loud signal outweighs a plain one, a plain one a faint one', () => {
    const [faint, plain, loud] = (['faint', 'plain', 'loud'] as const).map((strength) =>
      risk([], [signal('demand', 'x', strength)]),
    );
    expect([faint, plain, loud]).toEqual([faint, plain, loud].toSorted((a, b) => (a ?? 0) - (b ?? 0)));
  });
  test.each(['demand', 'pressure', 'lure', 'pretext', 'report'] as const)(
    'CLASS_POINTS.%s: speaks for fraud, and no number of them goes beyond its most',
    (kind) => {
      const many = Array.from({ length: 9 }, (_, i) => signal(kind, `${kind}${i}`, 'loud'));
      const rise = risk([sign('strong')], many) - risk([sign('strong')], []);
      expect(rise).toBeGreaterThan(0.3);
      expect(rise).toBeLessThanOrEqual(weights.CLASS_POINTS[kind].most + 1e-9);
    },
  );
  test.each(['education', 'legitimate'] as const)('CLASS_POINTS.%s: speaks against it', (kind) => {
    expect(risk([sign('strong')], [signal(kind, kind, 'loud')])).toBeLessThan(risk([sign('strong')]) - 1.5);
  });
  test('FIRST_PERSON_SHARE: what speaks against counts little when a stranger says it of himself', () => {
    const warning = [signal('education', 'warns', 'loud')];
    expect(risk([sign('strong')], warning, `我是银行客服${TEXT}`)).toBeGreaterThan(risk([sign('strong')], warning) + 1);
  });
  test('START and NOBODY_WANTS_ANYTHING: nothing found is harmless, a story alone as well', () => {
    expect(risk([])).toBeLessThan(weights.SUSPICIOUS);
    expect(risk([sign('story')])).toBeLessThan(weights.SUSPICIOUS);
  });
  test('THIRD_PARTY_DEMANDS: somebody else who tells the resident to pay', () => {
    const told = [signal('demand'), signal('report')];
    expect(risk([], told)).toBeGreaterThan(risk([], [signal('demand')]) + weights.THIRD_PARTY_DEMANDS);
    expect(risk([], told, `我是班主任${TEXT}`)).toBeLessThan(risk([], told));
  });
  test('LENGTH_COST: long texts meet phrases by chance, up to a limit', () => {
    const long = (length: number): number => risk([sign('strong')], [], '长'.repeat(length));
    expect(long(200)).toBeLessThan(long(weights.LENGTH_FREE));
    expect(long(5_000)).toBeCloseTo(long(90) - weights.LENGTH_COST_MOST);
  });
  test('SHORT_TEXT_COST: a few characters say too little', () => {
    expect(risk([sign('strong')], [], '短')).toBeCloseTo(risk([sign('strong')]) - weights.SHORT_TEXT_COST);
  });
});

describe('beside the learned part', () => {
  const pile = [sign('strong'), sign('strong'), sign('strong'), sign('story'), sign('ask')];
  test('KNOWN_MOST, KNOWN_LEAST: phrases alone neither convict nor acquit', () => {
    expect(risk(pile, [], TEXT, opinion(0))).toBeCloseTo(weights.KNOWN_MOST);
    expect(risk([], [], '短', opinion(0))).toBeGreaterThanOrEqual(weights.KNOWN_LEAST);
  });
  test('KNOWN_MOST_WHOLE_STORY: unless the whole story is told and nothing speaks against it', () => {
    const whole = [signal('demand', 'd', 'loud'), signal('pressure', 'p', 'loud'), signal('report')];
    expect(risk(pile, whole, TEXT, opinion(0))).toBeCloseTo(weights.KNOWN_MOST_WHOLE_STORY);
    expect(risk(pile, [...whole, signal('education')], TEXT, opinion(0))).toBeLessThan(weights.SUSPICIOUS);
  });
  test('LEARNED_SHARE, LEARNED_MOST: a sure opinion decides, and no opinion is without limit', () => {
    expect(learnedPoints(opinion(2))).toBeCloseTo(2 * weights.LEARNED_SHARE);
    expect(learnedPoints(opinion(99))).toBe(weights.LEARNED_MOST);
    expect(risk([], [], TEXT, opinion(4))).toBeGreaterThan(weights.SUSPICIOUS);
    expect(risk(pile, [], TEXT, opinion(-4))).toBeLessThan(weights.SUSPICIOUS);
  });
  test('LEARNED_ENTRY_SHARE, LEARNED_ENTRY_ALONE: names what no phrase named, when sure enough', () => {
    const named = (odds: number): readonly string[] =>
      weigh(found([]), TEXT, {
        ...opinion(2),
        entries: [{ entry: 'prize', family: 'prize', odds }],
      }).families.map((one) => one.entry);
    expect(named(weights.LEARNED_ENTRY_ALONE + 0.1)).toEqual(['prize']);
    expect(named(weights.LEARNED_ENTRY_ALONE - 0.1)).toEqual([]);
  });
});
