import { type Incoming, isSpoken } from '../domain/index.ts';
import { answerDigit, caseOfDigit, disputes, openedBy, readDigit, withCase } from './case.ts';
import { isQuiet } from './limits.ts';
import {
  addsTo,
  FIRST_AID,
  familyOf,
  goingOn,
  graver,
  isFull,
  kindOf,
  type Story,
  type Told,
  textOf,
  weightOf,
  withPart,
} from './story.ts';
import { NEW_TALK, type Talk } from './talk.ts';
import { aboutOf, pruned, say, silent, type Turn } from './turn.ts';
import { isProgram } from './turns.ts';
import type { Mind, Understanding } from './understand.ts';

/**
 * Hears one message of a talk. Pure: the talk as it was, the message and the time give the talk as it is.
 *
 * Rules, the first that fits decides:
 *  1. who was asked to pause hears nothing, but one answer when he cries for first aid or wants to be forgotten
 *  2. a program that answers at once, or says the same again and again, is left alone; our own lines are no part of what
 *     is judged
 *  3. digits, commands, questions and courtesy are answered at once, also in the middle of a story
 *  4. a verdict is given at once, from the whole story where that weighs more than the message alone
 *  5. of a story that was told, only what adds something is told; what asks something, or cannot be read, waits for its
 *     own answer
 *  6. what leads nowhere waits for its neighbours and is judged with them
 *
 * `joinWithin`: milliseconds that fragments wait, that a story goes on after its last message, and after it was told.
 */
export function hear(before: Talk, incoming: Incoming, mind: Mind, now: number, joinWithin: number): Turn {
  const talk = pruned(before, now);
  const text = readIn(incoming, mind);
  const paused = isQuiet(talk.bucket, now);

  const digit = incoming.room === undefined && isSpoken(incoming.kind) ? readDigit(incoming.text, mind.say) : undefined;
  if (digit !== undefined) {
    if (paused) return silent(talk, PAUSED);
    return isProgram(talk.turns, text, false, now)
      ? silent(talk, 'a program that says the same again')
      : afterDigit(digit, talk, incoming, mind, now);
  }
  if (isSpoken(incoming.kind) && mind.ownWords.only(text))
    return paused ? silent(talk, PAUSED) : afterOwnWords(talk, incoming, mind, now);

  const alone = mind.understand(text, incoming);
  const pressing = weightOf(alone) === FIRST_AID;
  if (paused && !pressing && aboutOf(alone) !== 'forget') return silent(talk, PAUSED);
  if (!pressing && isProgram(talk.turns, text, leadsNowhere(alone), now))
    return silent(talk, 'a program that answers at once');
  if (alone.verdict.kind === 'command') return afterCommand(alone, talk, incoming, mind, now);
  if (alone.verdict.kind === 'silence') return silent(talk, alone.verdict.why);
  if (weightOf(alone) === 0 && !isOpen(alone)) return reply(talk, alone, [incoming.id], text, incoming, mind, now);
  return afterPart(alone, { ...incoming, text }, talk, mind, now, joinWithin);
}

/** The wait of a story is over: what came meanwhile is judged together. Also closes cases that have ended. */
export function wake(before: Talk, place: Pick<Incoming, 'room'>, mind: Mind, now: number): Turn {
  const talk = pruned(before, now);
  const { story } = talk;
  if (!story || story.waiting.length === 0 || (story.waitUntil ?? 0) > now) return silent(talk, 'nothing waits');
  return story.told
    ? afterTold(talk, story, story.told, place, mind, now)
    : tell(talk, story, judge(story, place, mind), textOf(story), place, mind, now);
}

/** What came behind a story that was told: a question gets its answer, a picture its sentence; the rest adds nothing. */
function afterTold(talk: Talk, story: Story, told: Told, place: Pick<Incoming, 'room'>, mind: Mind, now: number): Turn {
  const late: Story = { ...story, parts: story.parts.filter((part) => story.waiting.includes(part.id)) };
  const understanding = judge(late, place, mind);
  if (
    understanding.verdict.kind === 'not-recognised' ||
    (weightOf(understanding) > 0 && !addsTo(told, understanding, understanding))
  )
    return silent(
      { ...talk, story: { ...story, waiting: [], waitUntil: undefined } },
      'it changes nothing of what was just said',
    );
  return tell(talk, late, understanding, textOf(late), place, mind, now);
}

const PAUSED = 'the talker was asked to pause';

function judge(story: Story, { room }: Pick<Incoming, 'room'>, mind: Mind): Understanding {
  return mind.understand(textOf(story), { kind: kindOf(story), mentioned: true, room });
}

/** What is judged: of a quote both parts, unless it is our own answer that is quoted. */
function readIn({ text, quoted }: Incoming, mind: Mind): string {
  const { only, without } = mind.ownWords;
  const own = text.includes('\n') && !only(text) ? without(text) : text;
  return quoted === undefined || only(quoted) ? own : `${without(quoted)}\n${own}`;
}

/** Nothing was found yet, and what comes next may tell. */
function isOpen({ verdict }: Understanding): boolean {
  if (verdict.kind === 'answer' || verdict.kind === 'fraud-answer') return verdict.guessed === true;
  return verdict.kind === 'not-recognised' || verdict.kind === 'unreadable';
}

function leadsNowhere({ verdict }: Understanding): boolean {
  return ['not-recognised', 'unreadable', 'greeting', 'thanks'].includes(verdict.kind) || aboutSmallTalk(verdict);
}

function aboutSmallTalk(verdict: Understanding['verdict']): boolean {
  return verdict.kind === 'command' && verdict.command === 'small-talk';
}

function afterDigit(digit: number, talk: Talk, { id, text, quoted }: Incoming, mind: Mind, now: number): Turn {
  const to = { text, heardAt: now, leadsNowhere: false, private: true };
  const open = caseOfDigit(digit, talk.cases, quoted);
  if (!open) return say(talk, { text: mind.say('no-case'), replyTo: [id], verdict: 'digit' }, to, mind, now);
  const answer = answerDigit(digit, open, mind);
  const urgency = digit === 2 && open.kind === 'warning' ? 'urgent' : 'answer';
  const turn = say(
    talk,
    { text: answer, replyTo: [id], verdict: 'digit', about: open.entry ?? '', urgency },
    to,
    mind,
    now,
  );
  return disputes(digit, open) ? { ...turn, office: { kind: 'disputed', text: open.text, entry: open.entry } } : turn;
}

function afterOwnWords(talk: Talk, { id, text, room }: Incoming, mind: Mind, now: number): Turn {
  if (room !== undefined || talk.lastReply === mind.say('own-words')) return silent(talk, 'our own words');
  const to = { text, heardAt: now, leadsNowhere: true, private: true };
  return say(talk, { text: mind.say('own-words'), replyTo: [id], verdict: 'own-words' }, to, mind, now);
}

function afterCommand(understanding: Understanding, talk: Talk, incoming: Incoming, mind: Mind, now: number): Turn {
  const command = aboutOf(understanding);
  if (command === 'forget') {
    const turn = reply(NEW_TALK, understanding, [incoming.id], incoming.text, incoming, mind, now);
    const text = mind.say('forgotten');
    return { talk: NEW_TALK, said: turn.said && { ...turn.said, text }, why: '', forget: true };
  }
  if (command !== 'repeat')
    return { ...reply(talk, understanding, [incoming.id], incoming.text, incoming, mind, now), command };
  const again = { ...understanding, reply: talk.lastReply ?? understanding.reply };
  return reply(talk, again, [incoming.id], incoming.text, incoming, mind, now, { interrupts: false });
}

function afterPart(
  alone: Understanding,
  incoming: Incoming,
  talk: Talk,
  mind: Mind,
  now: number,
  joinWithin: number,
): Turn {
  const { id, kind, at, text: own } = incoming;
  const part = { id, kind, at, text: own };
  const story = withPart(goingOn(talk.story, now, joinWithin), part, now);
  const joined = story.parts.length > 1 ? judge(story, incoming, mind) : alone;
  const heavier = graver(alone, joined);
  const waitUntil = Math.min(story.waitUntil ?? Number.POSITIVE_INFINITY, now + joinWithin);
  const waiting = { ...story, waitUntil };
  if (story.told) {
    if (!addsTo(story.told, joined, alone)) return silent({ ...talk, story: waiting }, 'it waits for its neighbours');
    const raises = weightOf(joined) > story.told.weight || story.told.family === undefined;
    const told = raises ? heavier : alone;
    const text = told === joined ? textOf(story) : part.text;
    return tell(talk, story, told, text, incoming, mind, now);
  }
  if (weightOf(heavier) > 0 || isFull(story)) {
    const text = heavier === alone ? part.text : textOf(story);
    return tell(talk, story, heavier, text, incoming, mind, now);
  }
  return silent({ ...talk, story: waiting }, 'it waits for its neighbours');
}

/** Says what a story has come to; the story stays, so that what follows it within seconds is heard as a part of it. */
function tell(
  talk: Talk,
  story: Story,
  understanding: Understanding,
  text: string,
  place: Pick<Incoming, 'room'>,
  mind: Mind,
  now: number,
): Turn {
  const told = { weight: weightOf(understanding), family: familyOf(understanding), at: now };
  const after: Story = { ...story, waiting: [], waitUntil: undefined, told };
  return reply({ ...talk, story: after }, understanding, story.waiting, text, place, mind, now, {
    heardAt: story.heardAt,
  });
}

function reply(
  talk: Talk,
  understanding: Understanding,
  replyTo: readonly string[],
  text: string,
  { room }: Pick<Incoming, 'room'>,
  mind: Mind,
  now: number,
  { interrupts = true, heardAt = now } = {},
): Turn {
  const { verdict } = understanding;
  const to = { text, heardAt, leadsNowhere: leadsNowhere(understanding), private: room === undefined };
  const turn = say(
    talk,
    {
      text: understanding.reply,
      replyTo,
      verdict: verdict.kind,
      about: aboutOf(understanding),
      urgency: verdict.kind === 'first-aid' ? 'urgent' : 'answer',
    },
    to,
    mind,
    now,
  );
  const opened = room === undefined ? openedBy(understanding, text, now) : undefined;
  const cases = interrupts ? withCase(talk.cases, opened) : talk.cases;
  const unknown = verdict.kind === 'not-recognised' && verdict.why === 'unknown';
  return {
    ...turn,
    talk: { ...turn.talk, cases },
    office: unknown ? { kind: 'unknown', text, entry: undefined } : undefined,
  };
}
