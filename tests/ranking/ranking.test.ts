import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { toJson } from '../../src/conversation/index.ts';
import { lessonsFrom } from '../../src/learn/index.ts';
import { knowledge, mind } from '../knowledge-base.ts';

/** Messages by authors who never saw the knowledge base; `because` says why each is what it is. */
interface Message {
  readonly text: string;
  readonly author: string;
  readonly because: string;
}
type FraudMessage = Message & { readonly order: readonly string[]; readonly evasive?: boolean };
type HarmlessMessage = Message & { readonly category: string };
type FirstAidMessage = Message & { readonly 'first-aid': boolean };

const read = <T>(name: string): readonly T[] =>
  parse(readFileSync(fileURLToPath(new URL(`./${name}.yml`, import.meta.url)), 'utf8')) as readonly T[];
const said = <T extends Message>(messages: readonly T[]) =>
  messages.map((message) => ({ message, ...toJson(mind.understand(message.text)) }));
const share = <T>(list: readonly T[], test: (one: T) => boolean): number => list.filter(test).length / list.length;

const frauds = said(read<FraudMessage>('frauds'));
const harmless = said(read<HarmlessMessage>('harmless'));
const firstAid = said(read<FirstAidMessage>('first-aid'));
type Fraud = (typeof frauds)[number];
type Harmless = (typeof harmless)[number];

const warned = (one: { readonly level: string; readonly intent: string }): boolean =>
  one.level !== 'none' || one.intent === 'first-aid';
const high = (one: { readonly level: string }): boolean => one.level === 'high';
const namedFirst = ({ message, types }: Fraud): boolean => message.order.includes(types[0]?.id ?? '');
/** The first of the expected order is among the two that the resident is told. */
const namedSoon = ({ message, types }: Fraud): boolean =>
  types.slice(0, 2).some((type) => type.id === message.order[0]);
const by = (author: string) => (one: { readonly message: Message }) => one.message.author === author;

/**
 * Floors, not goals: what was measured on 2026-11-24, rounded down, so that no later change is worse unseen. The first
 * scores, before anybody had read these messages, stand in docs/recognition.md.
 */
const FLOORS = {
  a: { warned: 0.82, first: 0.81, soon: 0.89, falseAlarms: 0.075 },
  b: { warned: 0.91, first: 0.91, soon: 0.95, falseAlarms: 0.075 },
  c: { warned: 0.9, first: 0.87, soon: 0.93, falseAlarms: 0.085 },
};

describe.each(Object.entries(FLOORS))('on messages by author %s', (author, floor) => {
  const theirs = frauds.filter(by(author));
  test('frauds are warned of', () => expect(share(theirs, warned)).toBeGreaterThan(floor.warned));
  test('the right kind is named first', () => expect(share(theirs, namedFirst)).toBeGreaterThan(floor.first));
  test('or at least second', () => expect(share(theirs, namedSoon)).toBeGreaterThan(floor.soon));
  test('few harmless ones are warned of', () =>
    expect(share(harmless.filter(by(author)), warned)).toBeLessThan(floor.falseAlarms));
});

describe('on all of them', () => {
  test('hardly a harmless one is called high, and most blatant frauds are', () => {
    expect(share(harmless, high)).toBeLessThan(0.008);
    expect(share(frauds, high)).toBeGreaterThan(0.54);
  });
  test('evasive spelling hides little', () => {
    const evasive = frauds.filter(({ message }) => message.evasive === true);
    expect(share(evasive, warned)).toBeGreaterThan(0.78);
  });
  test('notices of banks, couriers and offices are left in peace', () => {
    const notices = (one: Harmless): boolean =>
      /notice|bank|code|courier|telecom|government/.test(one.message.category);
    expect(share(harmless.filter(notices), warned)).toBeLessThan(0.04);
  });
  test('first aid is found, and seldom given for nothing', () => {
    const happened = firstAid.filter(({ message }) => message['first-aid']);
    const didNot = firstAid.filter(({ message }) => !message['first-aid']);
    expect(share(happened, (one) => one.intent === 'first-aid')).toBeGreaterThan(0.92);
    expect(share([...didNot, ...harmless], (one) => one.intent === 'first-aid')).toBeLessThan(0.03);
  });
});

describe('the messages themselves', () => {
  const all: readonly Message[] = [...frauds, ...harmless, ...firstAid].map(({ message }) => message);
  test('are many, and every one says why it is labelled so', () => {
    expect(all.length).toBeGreaterThan(600);
    expect(harmless.length).toBeGreaterThanOrEqual(frauds.length);
    expect(all.filter(({ because }) => typeof because !== 'string' || because === '')).toEqual([]);
  });
  test('teach nobody: none of them stands in the knowledge base', () => {
    const taught = new Set(lessonsFrom(knowledge).map((lesson) => lesson.text));
    expect(all.filter(({ text }) => taught.has(text))).toEqual([]);
  });
});
