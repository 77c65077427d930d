import type { Incoming, Recognition, Verdict } from '../domain/index.ts';

/** What decide may know of the message besides what was found in it. */
export type Circumstances = Pick<Incoming, 'kind' | 'room' | 'mentioned'>;

/** Up to here a message that matches a question is asking, not telling. */
const LONGEST_QUESTION = 40;
/** The answer in questions.yml for who asks about law and the phrases name no nearer one. */
const LEGAL_HELP = 'legal-help';
/** A text that warns of fraud or is a true notice tells of no emergency. */
const SPEAKS_AGAINST = -2.5;

/**
 * Picks exactly one answer. The rules stand in order; the first that fits decides.
 *
 *  1. a group that did not ask is left in peace
 *  2. nothing to read
 *  3. a command
 *  4. it has already happened: first aid outranks every doubt about the kind of fraud; only who asks for the law, with no
 *     swindler at work in what he writes, is answered with the law
 *  5. a genuine dissuasion call or warning SMS: do answer it
 *  6. a question of knowledge, unless somebody demands something in it
 *  7. evidence of fraud
 *  8. courtesy
 *  9. a short message that resembles a question
 * 10. honestly not recognised
 */
export function decide(recognition: Recognition, circumstances: Circumstances): Verdict {
  const { cues, level, types } = recognition;
  const has = (intent: string): boolean => cues.intents.includes(intent);

  if (circumstances.room !== undefined && !circumstances.mentioned)
    return { kind: 'silence', why: 'a group in which nobody asked' };
  if (circumstances.kind !== 'text') return { kind: 'not-recognised', why: 'unreadable' };
  if (cues.length === 0) return { kind: 'not-recognised', why: 'empty' };
  if (cues.command !== undefined) return { kind: 'command', command: cues.command };
  const asksForLaw = has('legal-question') && (level === 'none' || (level === 'suspicious' && !demandsOf(recognition)));
  if (asksForLaw) return { kind: 'answer', question: cues.questions[0] ?? LEGAL_HELP };
  if (cues.situations.length > 0 && recognition.against > SPEAKS_AGAINST && !has('asks-about')) {
    return { kind: 'first-aid', situations: cues.situations, forFamily: cues.forFamily, types };
  }
  if (has('genuine-call') && !has('genuine-call-not') && !demandsOf(recognition))
    return { kind: 'genuine-call', about: cues.questions[0] ?? '' };
  const question = askedQuestion(recognition);
  if (question) return question;
  if (level !== 'none') return { kind: 'warning', level, types };
  if (has('greeting')) return { kind: 'greeting' };
  if (has('thanks')) return { kind: 'thanks' };
  if (has('small-talk')) return { kind: 'command', command: 'small-talk' };
  if (cues.resembles !== undefined) return { kind: 'answer', question: cues.resembles };
  return { kind: 'not-recognised', why: has('vague') ? 'vague' : 'unknown' };
}

function demandsOf({ evidence }: Recognition): boolean {
  return evidence.some((one) => one.kind === 'demand' && one.points > 1);
}

/**
 * A question of knowledge. Where there is evidence of fraud as well, only words such as 什么是 or 怎么识别 make it one, and
 * only while nobody demands anything: 百万保障不关要扣钱，是真的不 tells what somebody was told.
 */
function askedQuestion(recognition: Recognition): Verdict | undefined {
  const { cues, level } = recognition;
  if (cues.slang !== undefined) return { kind: 'slang', word: cues.slang };
  if (cues.length > LONGEST_QUESTION || level === 'high') return undefined;
  const asksAbout = cues.intents.includes('asks-about');
  if (level !== 'none' && (!asksAbout || demandsOf(recognition))) return undefined;
  const [question] = cues.questions;
  const [named] = cues.named;
  if (question !== undefined) return { kind: 'answer', question };
  if (asksAbout && named !== undefined) return { kind: 'fraud-answer', entry: named };
  return undefined;
}
