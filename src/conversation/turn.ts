import type { Urgency, Verdict } from '../domain/index.ts';
import { DAY } from '../lib/clock.ts';
import { CASE_VALID, openCases } from './case.ts';
import type { Talk } from './talk.ts';
import { withTurn } from './turns.ts';
import type { Mind, Understanding } from './understand.ts';

/** What one message, or the end of a wait, leads to: at most one reply, and the talk as it is afterwards. */
export interface Turn {
  readonly talk: Talk;
  readonly said: Saying | undefined;
  /** Why nothing is said; empty when something is. */
  readonly why: string;
  /** All that is kept of the talker is to be deleted. */
  readonly forget?: boolean;
  readonly office?: ForOffice | undefined;
  /** The command that the message was; somebody else may carry it out. */
  readonly command?: string | undefined;
}

export interface Saying {
  readonly text: string;
  readonly replyTo: readonly string[];
  readonly verdict: Verdict['kind'] | 'digit' | 'own-words' | 'pause' | 'failed';
  /** The knowledge file, question or command that it speaks of; empty when none. */
  readonly about: string;
  readonly urgency: Urgency;
  /** Messages of their own that follow it. */
  readonly more?: readonly string[] | undefined;
}

/** Why the office is needed: nobody knew it, or the talker says that we were wrong. `text` is not masked yet. */
export interface ForOffice {
  readonly kind: 'unknown' | 'disputed';
  readonly text: string;
  readonly entry: string | undefined;
}

export function silent(talk: Talk, why: string): Turn {
  return { talk, said: undefined, why };
}

/** One more reply in a talk. `to`: the text that it answers, and when it came. The first reply ever carries the line on privacy. */
export function say(
  talk: Talk,
  saying: Omit<Saying, 'urgency' | 'about'> & Partial<Saying>,
  to: { readonly text: string; readonly heardAt: number; readonly leadsNowhere: boolean; readonly private: boolean },
  mind: Mind,
  now: number,
): Turn {
  const text = to.private && !talk.noticed ? withLine(saying.text, mind.say('privacy-notice')) : saying.text;
  return {
    talk: {
      ...talk,
      noticed: talk.noticed || to.private,
      lastReply: saying.text,
      turns: withTurn(talk.turns, to, now),
    },
    said: { about: '', urgency: 'answer', ...saying, text },
    why: '',
  };
}

/** One more line at the end, but before the line that offers digits: people answer what they read last. */
function withLine(text: string, line: string): string {
  const lines = text.split('\n');
  const digits = lines.at(-1)?.startsWith('回1') ? lines.splice(-1) : [];
  return [...lines, line, ...digits].join('\n');
}

/** What an answer speaks of, as it is counted: a knowledge file, a question, a command. */
export function aboutOf({ verdict }: Understanding): string {
  switch (verdict.kind) {
    case 'warning':
    case 'first-aid':
      return verdict.types[0]?.entry ?? '';
    case 'answer':
      return verdict.question;
    case 'fraud-answer':
      return verdict.entry;
    case 'command':
      return verdict.command;
    default:
      return '';
  }
}

/** The talk without what is too old: cases that ended with their texts, and after a quiet day all but one mark. */
export function pruned(talk: Talk, now: number): Talk {
  const cases = openCases(talk.cases, now);
  const rested = talk.turns !== undefined && now - talk.turns.repliedAt >= DAY && !talk.story?.waiting.length;
  return rested
    ? {
        ...talk,
        cases,
        lastReply: undefined,
        story: undefined,
        bucket: undefined,
        reading: undefined,
        turns: undefined,
      }
    : { ...talk, cases };
}

/** When a talk is to be looked at although nothing comes: a story to be judged, or something to be forgotten. */
export function wakeAt({ story, cases, turns }: Talk): number | undefined {
  const times = [
    ...(story?.waitUntil !== undefined && story.waiting.length > 0 ? [story.waitUntil] : []),
    ...cases.map((one) => one.at + CASE_VALID),
    ...(turns ? [turns.repliedAt + DAY] : []),
  ];
  return times.length === 0 ? undefined : Math.min(...times);
}
