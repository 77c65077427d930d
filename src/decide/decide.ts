import {
  type Cues,
  type Incoming,
  isSpoken,
  MESSAGE_KINDS,
  type Recognition,
  SURELY_ASKS,
  type Verdict,
} from '../domain/index.ts';

/** What decide may know of the message besides what was found in it. */
export type Circumstances = Pick<Incoming, 'kind' | 'room' | 'mentioned'>;

/** Up to here a message that matches a question is asking, not telling. */
const LONGEST_QUESTION = 40;
/** Two or three characters tell no story, unless they name one; what the learned part makes of them is chance. */
const SHORTEST_STORY = 4;
/** The answer in questions.yml for who asks about law and the phrases name no nearer one. */
const LEGAL_HELP = 'legal-help';
/** The answer to a question that nobody has written an answer for. */
const OTHER_QUESTION = 'other-question';
/**
 * Words of first aid are believed unless the learned part finds it this unlikely that anything happened (电视里说有人转走十万);
 * without such words it must be this sure. Log odds.
 */
const HARDLY_HAPPENED = -4.1;
const SURELY_HAPPENED = 2.6;
/** The same where a fraud is at work besides. */
const HAPPENED_IN_A_FRAUD = 4.2;
/** Where a fraud is at work besides, knowledge must be asked for this clearly, and law at least so. Log odds. */
const ASKS_IN_A_FRAUD = 1.5;
const ASKS_FOR_LAW = -0.8;
/** First aid for who tells that it happened, in words that name no situation. */
const WORST_SITUATION = 'transferred';
/**
 * Who tells only that money is gone has told of no fraud: 我已经转了五千了 gives 0.4 to one as well as another. Points from
 * which on a fraud is named with first aid, its case counted, its words offered to the family.
 */
const SURELY_THIS_FRAUD = 1;
/** A text that warns of fraud or is a true notice tells of no emergency. */
const SPEAKS_AGAINST = -2.5;

/**
 * Picks exactly one answer. The rules stand in order; the first that fits decides.
 *
 *  1. a group that did not ask is left in peace
 *  2. nothing to read: a notice, a pat, a picture, a card without words
 *  3. a command
 *  4. it has already happened: first aid outranks every doubt about the kind of fraud; only who asks for the law, with no
 *     swindler at work in what he writes, is answered with the law
 *  5. a genuine dissuasion call or warning SMS: do answer it
 *  6. a question of knowledge, unless somebody demands something in it; one that nobody wrote an answer for is told so
 *  7. evidence of fraud
 *  8. courtesy
 *  9. a card in whose words nothing was found; a short message that resembles a question
 * 10. honestly not recognised
 */
export function decide(recognition: Recognition, circumstances: Circumstances): Verdict {
  const { cues, level, types } = recognition;
  const has = (intent: string): boolean => cues.intents.includes(intent);

  if (circumstances.room !== undefined && !circumstances.mentioned)
    return { kind: 'silence', why: 'a group in which nobody asked' };
  const { kind } = circumstances;
  if (MESSAGE_KINDS[kind] === 'silent') return { kind: 'silence', why: 'a notice of the channel' };
  if (MESSAGE_KINDS[kind] === 'courtesy') return { kind: 'greeting' };
  if (MESSAGE_KINDS[kind] === 'unread' || (cues.length === 0 && kind !== 'text' && kind !== 'quote'))
    return { kind: 'unreadable', what: kind };
  if (cues.length === 0) return { kind: 'not-recognised', why: 'empty' };
  if (cues.command !== undefined) return { kind: 'command', command: cues.command };
  const asksForLaw =
    has('legal-question') &&
    (level === 'none' || (!demandsOf(recognition) && (cues.asks ?? ASKS_FOR_LAW) >= ASKS_FOR_LAW));
  if (asksForLaw) return { kind: 'answer', question: cues.questions[0] ?? LEGAL_HELP };
  const happened = situationsOf(recognition);
  if (happened.length > 0 && recognition.against > SPEAKS_AGAINST && !has('asks-about')) {
    return {
      kind: 'first-aid',
      situations: happened,
      forFamily: cues.forFamily,
      types: types.filter(({ score }) => score >= SURELY_THIS_FRAUD),
    };
  }
  if (has('genuine-call') && !has('genuine-call-not') && !demandsOf(recognition))
    return { kind: 'genuine-call', about: cues.questions[0] ?? '' };
  const question = askedQuestion(recognition);
  if (question) return question;
  if (level !== 'none' && tellsSomething(recognition)) return { kind: 'warning', level, types };
  if (has('greeting')) return { kind: 'greeting' };
  if (has('thanks')) return { kind: 'thanks' };
  if (has('small-talk')) return { kind: 'command', command: 'small-talk' };
  if (!isSpoken(kind)) return { kind: 'unreadable', what: kind };
  const like = has('vague') ? undefined : likeness(cues);
  if (like) return like;
  return { kind: 'not-recognised', why: has('vague') ? 'vague' : 'unknown' };
}

function situationsOf({ cues, level }: Recognition): readonly string[] {
  const odds = cues.happened ?? 0;
  if (cues.situations.length > 0) return odds > HARDLY_HAPPENED ? cues.situations : [];
  return odds > (level === 'none' ? SURELY_HAPPENED : HAPPENED_IN_A_FRAUD) ? [WORST_SITUATION] : [];
}

function tellsSomething({ cues, evidence }: Recognition): boolean {
  return cues.length >= SHORTEST_STORY || evidence.some((one) => one.kind === 'strong' || one.kind === 'story');
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
  const asks = cues.asks ?? 0;
  const asksAbout = asks > (level === 'none' ? SURELY_ASKS : ASKS_IN_A_FRAUD) || cues.intents.includes('asks-about');
  if (level !== 'none' && (!asksAbout || demandsOf(recognition))) return undefined;
  const [question] = cues.questions;
  const [named] = cues.named;
  if (question !== undefined) return { kind: 'answer', question };
  if (asksAbout && named !== undefined) return { kind: 'fraud-answer', entry: named };
  const speaksOtherwise = ['vague', 'greeting', 'thanks'].some((intent) => cues.intents.includes(intent));
  return asks > SURELY_ASKS && !cues.saysHalf && !speaksOtherwise
    ? (likeness(cues) ?? { kind: 'answer', question: OTHER_QUESTION, guessed: true })
    : undefined;
}

/** What the question that a message resembles is answered with. */
function likeness({ resembles, asksAboutFraud }: Cues): Verdict | undefined {
  if (asksAboutFraud !== undefined) return { kind: 'fraud-answer', entry: asksAboutFraud, guessed: true };
  return resembles === undefined ? undefined : { kind: 'answer', question: resembles, guessed: true };
}
