import type { Fraud, KnowledgeBase } from '../domain/index.ts';
import { numbered, type Say } from './words.ts';

/** The answer to a question of knowledge. */
export function composeAnswer(question: string, base: KnowledgeBase, say: Say): string {
  const found = base.questions.find((one) => one.id === question);
  return found ? [`${found.title}：`, ...found.answer].join('\n') : say('not-recognised');
}

/** What one fraud is, for somebody who asks about it by name. */
export function composeFraud(fraud: Fraud, say: Say): string {
  return [
    `【${fraud.short}】`,
    ...fraud.what,
    say('see-through-title', { 短名: fraud.short }),
    numbered(fraud.seeThrough.slice(0, 4)),
    say('slogan'),
  ].join('\n');
}

/** `like`: a known saying of this fraud that the message resembled. */
export function composeSeeThrough(fraud: Fraud, like: string | undefined, say: Say): string {
  return [
    say('see-through-title', { 短名: fraud.short }),
    ...(like ? [say('like', { 说法: like })] : []),
    numbered(fraud.seeThrough),
    say('slogan'),
  ].join('\n');
}

export function composeFamilyWords(fraud: Fraud | undefined, say: Say): string {
  return [say('family-title'), fraud ? fraud.familyWords : `${say('slogan')}${say('ask-110')}`].join('\n');
}

export function composeFraudList(base: KnowledgeBase, say: Say): string {
  const families = base.frauds.filter((fraud) => fraud.id === fraud.family);
  return [say('fraud-list'), families.map((fraud) => fraud.short).join('、')].join('\n');
}

/** `what`: the call or the SMS that the resident speaks of. */
export function composeGenuine(message: string, say: Say): string {
  if (/12381/.test(message)) return say('genuine-12381');
  return say(/上门|来家|入户|到家/.test(message) ? 'genuine-visit' : 'genuine-call');
}
