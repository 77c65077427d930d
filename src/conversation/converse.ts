import type { Incoming, Reply, Verdict } from '../domain/index.ts';
import type { Clock } from '../lib/clock.ts';
import { answerDigit, openedBy, readDigit } from './case.ts';
import { createMemory, type Memory, type Remembered } from './memory.ts';
import { createSeen } from './seen.ts';
import type { Mind } from './understand.ts';

/** One talk with everybody: takes what arrived and gives the one reply, or nothing with the reason. */
export interface Conversation {
  receive(incoming: Incoming): Outcome;
  forget(source: string, talker: string): void;
}

export type Outcome =
  | { readonly kind: 'reply'; readonly reply: Reply; readonly verdict: Verdict['kind'] | 'digit' }
  | { readonly kind: 'silence'; readonly why: string };

/** `mind` is asked anew for each message, so that changed knowledge is used at once. */
export function createConversation(
  mind: () => Mind,
  now: Clock,
  onForget: (talker: string) => void = () => {},
): Conversation {
  const memory = createMemory();
  const firstTime = createSeen();
  const keyOf = (source: string, talker: string, room = ''): string => `${source}\0${room}\0${talker}`;

  return {
    receive(incoming) {
      if (!firstTime(incoming.source, incoming.id))
        return { kind: 'silence', why: 'a repeat of a message already answered' };
      const key = keyOf(incoming.source, incoming.talker, incoming.room);
      const before = memory.recall(key, now());
      const said = answer(incoming, before, mind(), now());
      if (said.text === '') return { kind: 'silence', why: said.why };
      if (said.forget) {
        memory.forget(key);
        onForget(incoming.talker);
      } else remember(memory, key, said, before, now());
      const { source, talker, room, id } = incoming;
      return {
        kind: 'reply',
        verdict: said.verdict,
        reply: { source, talker, room, replyTo: [id], text: said.text, at: now() },
      };
    },
    forget: (source, talker) => memory.forget(keyOf(source, talker)),
  };
}

interface Said {
  readonly text: string;
  readonly verdict: Verdict['kind'] | 'digit';
  readonly why: string;
  readonly open?: Remembered['open'];
  readonly forget?: boolean;
}

function answer(incoming: Incoming, before: Remembered | undefined, mind: Mind, now: number): Said {
  const quiet = incoming.room !== undefined && !incoming.mentioned;
  const digit = quiet ? undefined : readDigit(incoming.text);
  if (digit !== undefined && incoming.kind === 'text') {
    const text = before?.open && answerDigit(digit, before.open, mind.base, mind.say);
    return { text: text ?? mind.say('no-case'), verdict: 'digit', why: '', open: before?.open };
  }
  const { verdict, reply } = mind.understand(incoming.text, incoming);
  if (verdict.kind === 'command' && verdict.command === 'repeat') {
    return {
      text: before?.lastReply ?? mind.say('nothing-to-repeat'),
      verdict: 'command',
      why: '',
      open: before?.open,
    };
  }
  if (verdict.kind === 'command' && verdict.command === 'forget') {
    return { text: mind.say('forgotten'), verdict: 'command', why: '', forget: true };
  }
  const open = openedBy(verdict, incoming.text, mind, now) ?? interrupted(before);
  return { text: reply, verdict: verdict.kind, why: verdict.kind === 'silence' ? verdict.why : '', open };
}

function interrupted(before: Remembered | undefined): Remembered['open'] {
  return before?.open && { ...before.open, interrupted: true };
}

function remember(memory: Memory, key: string, said: Said, before: Remembered | undefined, now: number): void {
  memory.keep(key, { open: said.open ?? before?.open, lastReply: said.text, at: now });
}
