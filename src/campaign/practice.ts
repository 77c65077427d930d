import { createHash } from 'node:crypto';
import type { Fraud, KnowledgeBase, QuizQuestion } from '../domain/index.ts';
import { explanation, questionText } from './questions.ts';
import { answer, note, type Outcome, offering, type Visit } from './visit.ts';

/** Every fourth one is a message to recognise. */
const SCAM_EVERY = 4;
const OPTIONS = 3;
/** Longer ones tire; shorter ones tell nothing. Characters. */
const SAYING_LENGTH = [15, 70] as const;
const PREFIX = 'scam/';

/** 练一练: the next question, each once before one comes again; in another order for everybody. */
export function practise(visit: Visit, only?: 'scam'): Outcome {
  const { incoming, member, mind, now } = visit;
  const { questions, scams } = member.practised ?? { questions: 0, scams: 0 };
  const turn = (questions + scams) % SCAM_EVERY;
  const scam = only === 'scam' || turn === SCAM_EVERY - 1 || mind.base.quiz.length === 0;
  const question = scam
    ? scamToRecognise(mind.base, inTurn(frauds(mind.base), incoming.talker, scams)?.id ?? '')
    : inTurn(mind.base.quiz, incoming.talker, questions);
  if (!question) return answer('practise', mind.say('practise-none'));
  const title = mind.say(scam ? 'practise-title-scam' : 'practise-title');
  const practised = scam ? { questions, scams: scams + 1 } : { questions: questions + 1, scams };
  return {
    ...answer('practise', questionText(question, title, mind)),
    member: { ...offering(member, { kind: 'practice', question: question.id, at: now }), practised },
  };
}

export async function answerPractice(visit: Visit, id: string, choice: number): Promise<Outcome> {
  const { member, mind } = visit;
  const question = questionOf(mind.base, id);
  if (!question) return { ...answer('practise', mind.say('practise-ended')), member: offering(member, undefined) };
  const { length } = question.options;
  if (choice > length) return answer('practise', mind.say('question-digits', { 最大: String(length) }));
  await note(visit, 'practised', { amount: choice === question.answer ? 1 : 0 });
  const text = `${explanation(question, choice, mind)}\n${mind.say('practise-more')}`;
  return { ...answer('practise', text), member: offering(member, undefined) };
}

function questionOf(base: KnowledgeBase, id: string): QuizQuestion | undefined {
  return id.startsWith(PREFIX)
    ? scamToRecognise(base, id.slice(PREFIX.length))
    : base.quiz.find((question) => question.id === id);
}

/**
 * A swindler's words out of the knowledge base, and which fraud they belong to. The same fraud gives the same question,
 * so that the answer can be told although only its name is kept.
 */
function scamToRecognise(base: KnowledgeBase, id: string): QuizQuestion | undefined {
  const fraud = frauds(base).find((one) => one.id === id);
  const [saying] = fraud ? sayingsOf(fraud) : [];
  const [source] = fraud?.sources ?? [];
  if (!fraud || saying === undefined || !source) return undefined;
  const others = shuffled(
    frauds(base).filter((one) => one.family !== fraud.family),
    id,
  ).slice(0, OPTIONS - 1);
  const options = shuffled([fraud, ...others], `${id} options`);
  return {
    id: `${PREFIX}${id}`,
    ask: `“${saying}”`,
    options: options.map((one) => one.short),
    answer: options.indexOf(fraud) + 1,
    why: fraud.seeThrough.slice(0, 2).join(''),
    about: id,
    source,
  };
}

/** Those whose words can be shown. */
function frauds(base: KnowledgeBase): readonly Fraud[] {
  return base.frauds.filter((fraud) => fraud.id !== 'other-fraud' && sayingsOf(fraud).length > 0);
}

function sayingsOf({ sayings }: Fraud): readonly string[] {
  const [least, most] = SAYING_LENGTH;
  return [...sayings.sms, ...sayings.call].filter(({ length }) => length >= least && length <= most);
}

function inTurn<Item extends { readonly id: string }>(items: readonly Item[], seed: string, turn: number) {
  return shuffled(items, seed)[turn % items.length];
}

/** In an order that looks random and is always the same for the same seed. */
function shuffled<Item extends { readonly id: string }>(items: readonly Item[], seed: string): readonly Item[] {
  const place = (item: Item): string => createHash('sha256').update(`${seed}\0${item.id}`).digest('hex');
  return items
    .map((item) => ({ item, place: place(item) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ item }) => item);
}
