import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { toJson } from '../../src/conversation/index.ts';
import { mind } from '../knowledge-base.ts';

/** Messages by an author who never saw the knowledge base; `because` says why each is labelled so. */
interface Message {
  readonly text: string;
  readonly because: string;
}
type FraudMessage = Message & { readonly label: string; readonly alt?: readonly string[]; readonly evasive?: boolean };
type FirstAidMessage = Message & { readonly 'first-aid': boolean };

const read = <T>(name: string): readonly T[] =>
  parse(readFileSync(fileURLToPath(new URL(`./${name}.yml`, import.meta.url)), 'utf8')) as readonly T[];
const said = <T extends Message>(messages: readonly T[]) =>
  messages.map((message) => ({ message, ...toJson(mind.understand(message.text)) }));
const share = <T>(list: readonly T[], test: (one: T) => boolean): number => list.filter(test).length / list.length;

const frauds = said(read<FraudMessage>('frauds'));
const harmless = said(read<Message>('harmless'));
const firstAid = said(read<FirstAidMessage>('first-aid'));
const warned = (one: { readonly level: string; readonly intent: string }): boolean =>
  one.level !== 'none' || one.intent === 'first-aid';

/**
 * Floors, not goals: what was measured on 2026-11-24, rounded down, so that no later change is worse unseen. The first
 * scores, before anybody had read these messages, stand in docs/recognition.md.
 */
describe('on messages by another author', () => {
  test('three of four frauds are warned of', () => expect(share(frauds, warned)).toBeGreaterThan(0.75));
  test('and seven of ten of them named rightly, in evasive spelling too', () => {
    const named = frauds.filter(warned);
    expect(
      share(named, ({ message, types }) => [message.label, ...(message.alt ?? [])].includes(types[0]?.id ?? '')),
    ).toBeGreaterThan(0.68);
    expect(
      share(
        frauds.filter(({ message }) => message.evasive === true),
        warned,
      ),
    ).toBeGreaterThan(0.62);
  });
  test('at most one harmless message in nine is warned of, and hardly one called high', () => {
    expect(share(harmless, warned)).toBeLessThan(0.115);
    expect(share(harmless, (one) => one.level === 'high')).toBeLessThan(0.015);
  });
  test('first aid is found, and seldom given for nothing', () => {
    expect(
      share(
        firstAid.filter(({ message }) => message['first-aid']),
        (one) => one.intent === 'first-aid',
      ),
    ).toBeGreaterThan(0.88);
    expect(
      share(
        firstAid.filter(({ message }) => !message['first-aid']),
        (one) => one.intent === 'first-aid',
      ),
    ).toBeLessThan(0.1);
  });
  test('every message says why it is labelled so', () => {
    const all: readonly Message[] = [...frauds, ...harmless, ...firstAid].map(({ message }) => message);
    expect(all.length).toBeGreaterThan(600);
    expect(all.filter(({ because }) => typeof because !== 'string' || because === '')).toEqual([]);
  });
});
