import type { Lesson } from '../domain/index.ts';
import { DAY } from '../lib/clock.ts';
import type { Member } from './member.ts';
import { explanation, questionText } from './questions.ts';
import { pushes } from './subscriptions.ts';
import { answer, note, type Outcome, offering, type Visit } from './visit.ts';

/** A lesson can be answered this long, unless the next one comes earlier. */
const LESSON_LASTS = 7 * DAY;

interface Current {
  readonly lesson: Lesson;
  readonly slot: number;
}

/** Joins the Tuesday lesson. */
export async function study(visit: Visit): Promise<Outcome> {
  const { tx, incoming, member, mind, settings, now } = visit;
  const current = await currentLesson(visit);
  const waiting = current && !isFinished(member, current) ? `\n${mind.say('lesson-waiting')}` : '';
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
  return {
    ...answer('study-leave', mind.say('study-left')),
    member: { ...offering(member, undefined), learning: false },
  };
}

/** 答题: goes on where he stopped, or begins. Who did not join may answer as well. */
export async function askLesson(visit: Visit): Promise<Outcome> {
  const current = await currentLesson(visit);
  return current ? ask(visit, current) : answer('lesson', visit.mind.say('lesson-none'));
}

/**
 * An answer to the next question of this week's lesson: what is right and why, then the question after it, or how many
 * were right.
 */
export async function answerLesson(visit: Visit, choice: number): Promise<Outcome> {
  const { member, mind } = visit;
  const current = await currentLesson(visit);
  const before = progressOf(member, current);
  const question = current?.lesson.questions[before.asked];
  if (!current || !question) return lessonEnded(visit);
  const { length } = question.options;
  if (choice > length) return answer('lesson', mind.say('question-digits', { 最大: String(length) }));
  const { lesson, slot } = current;
  const right = choice === question.answer ? 1 : 0;
  const after = { lesson: lesson.id, slot, asked: before.asked + 1, right: before.right + right };
  const answered = { ...visit, member: { ...member, lesson: after } };
  await note(visit, 'lesson-answered', { about: lesson.id, unit: member.unit, amount: right });
  const explained = explanation(question, choice, mind);
  if (after.asked < lesson.questions.length) {
    const next = ask(answered, current);
    return { ...next, text: `${explained}\n\n${next.text}` };
  }
  await note(visit, 'lesson-finished', { about: lesson.id, unit: member.unit, amount: after.right });
  const score = mind.say('lesson-score', { 题数: String(after.asked), 答对: String(after.right) });
  return { ...answer('lesson', `${explained}\n\n${score}`), member: offering(answered.member, undefined) };
}

/**
 * When this week's lesson offered its question to a learner who has not finished it: when it reached him, epoch
 * milliseconds. `ended`: the last lesson that reached him is over.
 */
export async function lessonOffered(
  visit: Visit,
): Promise<{ readonly at: number; readonly ended: boolean } | undefined> {
  const { tx, incoming, member, now } = visit;
  if (!member.learning) return undefined;
  const sent = await tx.latestBroadcast('lesson', now);
  if (!sent || (member.lesson?.slot === sent.slot && isOver(visit, sent.about))) return undefined;
  if (now - sent.slot >= LESSON_LASTS) return { at: sent.slot, ended: true };
  const reached = await tx.lastUnasked(incoming.source, incoming.talker);
  // It waits its turn in the outbox; once it was said, its row is kept some days.
  if (reached === undefined ? now - sent.slot < DAY : reached < sent.slot) return undefined;
  return { at: reached ?? sent.slot, ended: false };
}

export function lessonEnded({ member, mind }: Visit): Outcome {
  return { ...answer('lesson', mind.say('lesson-ended')), member: offering(member, undefined) };
}

/** The lesson of this week, once it was sent. */
async function currentLesson({ tx, mind, now }: Visit): Promise<Current | undefined> {
  const sent = await tx.latestBroadcast('lesson', now);
  const lesson = sent && mind.base.lessons.find((one) => one.id === sent.about);
  return sent && lesson && now - sent.slot < LESSON_LASTS ? { lesson, slot: sent.slot } : undefined;
}

function ask(visit: Visit, current: Current): Outcome {
  const { member, mind, now } = visit;
  const { questions } = current.lesson;
  const { asked } = progressOf(member, current);
  const question = questions[asked];
  if (!question) return answer('lesson', mind.say('lesson-done'));
  const title = mind.say('question-title', { 第几: String(asked + 1), 题数: String(questions.length) });
  const offer = { kind: 'lesson', slot: current.slot, at: now } as const;
  return { ...answer('lesson', questionText(question, title, mind)), member: offering(member, offer) };
}

function progressOf(
  { lesson }: Member,
  current: Current | undefined,
): { readonly asked: number; readonly right: number } {
  return lesson && lesson.slot === current?.slot ? lesson : { asked: 0, right: 0 };
}

function isFinished(member: Member, current: Current): boolean {
  return progressOf(member, current).asked >= current.lesson.questions.length;
}

/** He has answered all of the lesson that he began. */
function isOver({ member, mind }: Visit, lesson: string): boolean {
  const questions = mind.base.lessons.find(({ id }) => id === lesson)?.questions.length ?? 0;
  return (member.lesson?.asked ?? 0) >= questions;
}
