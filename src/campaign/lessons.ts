import type { Lesson } from '../domain/index.ts';
import { DAY } from '../lib/clock.ts';
import type { QuestionOffer } from './member.ts';
import { explanation, questionText } from './questions.ts';
import { pushes } from './subscriptions.ts';
import { answer, note, type Outcome, offering, type Visit } from './visit.ts';

/** A lesson can be answered this long, unless the next one comes earlier. */
const LESSON_LASTS = 7 * DAY;
/** So many finished lessons are remembered: no longer than one is repeated. */
const FINISHED_KEPT = 20;

interface Current {
  readonly lesson: Lesson;
  readonly slot: number;
}

/** The lesson of this week, once it was sent. */
export async function currentLesson({ tx, mind, now }: Visit): Promise<Current | undefined> {
  const sent = await tx.latestBroadcast('lesson');
  const lesson = sent && mind.base.lessons.find((one) => one.id === sent.about);
  return sent && lesson && now - sent.slot < LESSON_LASTS ? { lesson, slot: sent.slot } : undefined;
}

/** Joins the Tuesday lesson. */
export async function study(visit: Visit): Promise<Outcome> {
  const { tx, incoming, member, mind, settings, now } = visit;
  const current = await currentLesson(visit);
  const waiting = current && !isFinished(visit, current) ? `\n${mind.say('lesson-waiting')}` : '';
  if (member.learning) return answer('study', `${mind.say('study-already')}${waiting}`);
  const pushed = pushes(incoming.source);
  if (pushed) await tx.subscribe('lesson', incoming, now);
  await note(visit, 'learner-joined', { unit: member.unit });
  const joined = mind.say(pushed ? 'study-joined' : 'study-joined-asked-only');
  const unit = settings.units.length > 0 && member.unit === undefined ? `\n${mind.say('study-unit')}` : '';
  return { ...answer('study', `${joined}${unit}${waiting}`), member: { ...member, learning: true } };
}

export async function leaveStudy(visit: Visit): Promise<Outcome> {
  const { tx, incoming, member, mind } = visit;
  if (!member.learning) return answer('study-leave', mind.say('study-not'));
  await tx.unsubscribe('lesson', incoming);
  await note(visit, 'learner-left', { unit: member.unit });
  return { ...answer('study-leave', mind.say('study-left')), member: { ...member, learning: false, offer: undefined } };
}

/** 答题: goes on where he stopped, or begins. Who did not join may answer as well. */
export async function askLesson(visit: Visit): Promise<Outcome> {
  const { member, mind } = visit;
  const current = await currentLesson(visit);
  if (!current) return answer('lesson', mind.say('lesson-none'));
  if (isFinished(visit, current)) return answer('lesson', mind.say('lesson-done'));
  const { offer } = member;
  const begun = offer?.kind === 'question' && offer.slot === current.slot ? offer : undefined;
  return ask(visit, current, begun?.asked ?? 0, begun?.right ?? 0);
}

/** What a digit means that came after a lesson was sent, before it offered anything else. */
export async function offerOfLesson(visit: Visit, notBefore: number): Promise<QuestionOffer | undefined> {
  const { member } = visit;
  if (!member.learning) return undefined;
  const current = await currentLesson(visit);
  if (!current || current.slot < notBefore || isFinished(visit, current)) return undefined;
  const [question] = current.lesson.questions;
  return question && offerOf(current, question.id, 0, 0);
}

/** Whether a digit can only be meant for a lesson whose time is over. */
export async function isForEndedLesson(visit: Visit, notBefore: number): Promise<boolean> {
  const sent = visit.member.learning ? await visit.tx.latestBroadcast('lesson') : undefined;
  return sent !== undefined && sent.slot >= notBefore && visit.now - sent.slot >= LESSON_LASTS;
}

/** An answer to a question of a lesson: what is right and why, then the next question, or how many were right. */
export async function answerLesson(visit: Visit, offer: QuestionOffer, choice: number): Promise<Outcome> {
  const { member, mind } = visit;
  const current = await currentLesson(visit);
  const question = current?.lesson.questions.find((one) => one.id === offer.question);
  if (!current || !question || current.slot !== offer.slot)
    return { ...answer('lesson', mind.say('lesson-ended')), member: offering(member, undefined) };
  if (choice > question.options.length) return answer('lesson', tooHigh(visit, question.options.length));
  const right = choice === question.answer ? 1 : 0;
  await note(visit, 'lesson-answered', { about: current.lesson.id, unit: member.unit, amount: right });
  const explained = explanation(question, choice, mind);
  const asked = offer.asked + 1;
  if (asked < current.lesson.questions.length) {
    const next = ask(visit, current, asked, offer.right + right);
    return { ...next, text: `${explained}\n\n${next.text}` };
  }
  const score = offer.right + right;
  await note(visit, 'lesson-finished', { about: current.lesson.id, unit: member.unit, amount: score });
  const finished = [...(member.finished ?? []), keyOf(current)].slice(-FINISHED_KEPT);
  const text = `${explained}\n\n${mind.say('lesson-score', { 题数: String(asked), 答对: String(score) })}`;
  return { ...answer('lesson', text), member: { ...offering(member, undefined), finished } };
}

export function tooHigh({ mind }: Visit, most: number): string {
  return mind.say('question-digits', { 最大: String(most) });
}

function ask(visit: Visit, current: Current, asked: number, right: number): Outcome {
  const { member, mind, now } = visit;
  const { questions } = current.lesson;
  const question = questions[asked];
  if (!question) return answer('lesson', mind.say('lesson-done'));
  const title = mind.say('question-title', { 第几: String(asked + 1), 题数: String(questions.length) });
  const offer = { ...offerOf(current, question.id, asked, right), at: now };
  return { ...answer('lesson', questionText(question, title, mind)), member: offering(member, offer) };
}

function offerOf({ lesson, slot }: Current, question: string, asked: number, right: number): QuestionOffer {
  return { kind: 'question', question, lesson: lesson.id, slot, asked, right };
}

/** The same lesson comes again after some months, and may be answered again. */
function keyOf({ lesson, slot }: Current): string {
  return `${lesson.id}@${slot}`;
}

function isFinished({ member }: Visit, current: Current): boolean {
  return member.finished?.includes(keyOf(current)) === true;
}
