import type { Fraud, KnowledgeBase, Recognition, Verdict } from '../domain/index.ts';
import { signsToName } from './signs.ts';
import { circled, type Say } from './words.ts';

/** A warning longer than this is not read to its end by those who need it. Characters, as people count them. */
export const LONGEST_WARNING = 180;

/** 【高危】 and one sentence of 25 characters with its mark; two long names do not fit, the first one is then named alone. */
const LONGEST_HEADLINE = 30;

/** Where something is said: digits are offered only where a bare digit is heard. */
export type Place = 'private' | 'group';

type Warning = Extract<Verdict, { kind: 'warning' }>;

export function composeWarning(
  verdict: Warning,
  recognition: Recognition,
  base: KnowledgeBase,
  say: Say,
  place: Place,
): string {
  const [first, second] = verdict.types.map((type) => base.frauds.find((fraud) => fraud.id === type.entry));
  const headline = headlineOf(verdict.level, first, recognition.twoTypes ? second : undefined, say);
  const signs = signsToName(recognition, first?.id);
  const now = say('now', { 现在做: first ? first.now.join('') : say('now-unnamed') });
  const digits = place === 'private' ? [say('digits')] : [];
  for (let shown = signs.length; shown >= 0; shown -= 1) {
    const found = shown > 0 ? [say('found', { 迹象: circled(signs.slice(0, shown)) })] : [];
    const text = [headline, ...found, now, say('slogan'), ...digits].join('\n');
    if ([...text].length <= LONGEST_WARNING || shown === 0) return text;
  }
  throw new Error('a warning without signs was not returned');
}

function headlineOf(level: Warning['level'], first: Fraud | undefined, second: Fraud | undefined, say: Say): string {
  if (!first) return say('suspicious-unnamed');
  const values = { 短名: first.short, 先别: first.stop };
  if (second && second.short !== first.short) {
    const both = say(level === 'high' ? 'high-two' : 'suspicious-two', { ...values, 另一类: second.short });
    if ([...both].length <= LONGEST_HEADLINE) return both;
  }
  return say(level === 'high' ? 'high' : 'suspicious', values);
}

/** For a group in which nobody asked: what was seen, short, and how to ask more. */
export function composeReminder(recognition: Recognition, base: KnowledgeBase, say: Say): string {
  const fraud = base.frauds.find((one) => one.id === recognition.types[0]?.entry);
  const signs = signsToName(recognition, fraud?.id).slice(0, 3);
  return [
    fraud ? say('reminder', { 短名: fraud.short, 先别: fraud.stop }) : say('reminder-unnamed'),
    ...(signs.length > 0 ? [say('found', { 迹象: circled(signs) })] : []),
    say('slogan'),
    say('reminder-ask'),
  ].join('\n');
}
