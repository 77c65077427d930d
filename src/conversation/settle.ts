import type { Address, ToSay } from '../domain/index.ts';
import { DAY, dayOf, MINUTE } from '../lib/clock.ts';
import { type Limits, payForReply } from './limits.ts';
import { mask } from './mask.ts';
import type { TalkTransaction } from './store.ts';
import type { Talk } from './talk.ts';
import { type Saying, silent, type Turn, wakeAt } from './turn.ts';

/** A row of the outbox is kept this long; the page reads it meanwhile. The last words to who was forgotten go sooner. */
const KEPT = DAY;
const KEPT_AFTER_FORGETTING = MINUTE;

/** Makes everything that a turn leads to a part of the transaction. Returns the turn as it was paid for. */
export async function settle(
  tx: TalkTransaction,
  address: Address,
  turn: Turn,
  { now, answerBy, hold }: { readonly now: number; readonly answerBy: number; readonly hold: number },
): Promise<Turn> {
  const { said, office, talk, forget } = turn;
  if (forget) await tx.forget(address.source, address.talker, now);
  else await tx.keepTalk(address, talk, wakeAt(talk), now);
  if (said) {
    const times = { answerBy, kept: forget ? KEPT_AFTER_FORGETTING : KEPT, hold };
    await tx.say(toSay(address, said, now, times));
    for (const text of said.more ?? []) await tx.say(toSay(address, { ...said, text }, now, times));
    await tx.count(dayOf(now), said.verdict, said.about);
  }
  if (office) {
    const { kind, text, entry } = office;
    await tx.askOffice(address, { kind, maskedText: mask(text), entry, at: now });
  }
  return turn;
}

/**
 * Pays for the reply of a turn; what cannot be paid for becomes the sentence that asks for a pause, then nothing. First aid
 * is given once in each pause, and who wants to be forgotten is.
 */
export function paidByTalker(before: Talk, turn: Turn, limits: Limits, pauseText: () => string, now: number): Turn {
  if (!turn.said || turn.said.verdict === 'pause' || turn.forget) return turn;
  const { allowance, bucket } = payForReply(before.bucket, limits.talkerPerMinute, now);
  if (allowance === 'answer') return { ...turn, talk: { ...turn.talk, bucket } };
  const firstCry = turn.said.urgency === 'urgent' && !bucket.aided;
  if (firstCry) return { ...turn, talk: { ...turn.talk, bucket: { ...bucket, aided: true } } };
  const kept = { ...before, bucket, story: undefined };
  return allowance === 'nothing'
    ? silent(kept, 'the talker was asked to pause')
    : pause(kept, turn.said.replyTo, pauseText());
}

/** The one kind sentence. What was being told is dropped. */
export function pause(talk: Talk, replyTo: readonly string[], text: string): Turn {
  return {
    talk: { ...talk, story: undefined },
    said: { text, replyTo, verdict: 'pause', about: '', urgency: 'answer' },
    why: '',
  };
}

export function toSay(
  { source, talker, room }: Address,
  { text, replyTo, urgency }: Pick<Saying, 'text' | 'replyTo' | 'urgency'>,
  now: number,
  { answerBy = now + DAY, kept = KEPT, hold = 0 } = {},
): ToSay {
  const times = { at: now, dueAt: now + hold, expiresAt: answerBy, keepUntil: now + kept };
  return { source, talker, room, text, replyTo, urgency, ...times };
}
