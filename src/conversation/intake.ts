import type { Address, Incoming, Recognition } from '../domain/index.ts';
import { type Clock, DAY, MINUTE } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { hear, wake } from './converse.ts';
import { createErrandRunner, type Errands } from './errand.ts';
import { type Group, NEW_GROUP, ruleGroup, whyNotRemind, withoutCall } from './group.ts';
import {
  type Bucket,
  createGate,
  createQuiet,
  isQuiet,
  LIMITS,
  type Limits,
  pausedUntil,
  payForReading,
  payForReply,
} from './limits.ts';
import { paidByTalker, pause, settle, toSay } from './settle.ts';
import type { TalkStore, TalkTransaction } from './store.ts';
import { JOIN_WITHIN } from './story.ts';
import { NEW_TALK, type Talk } from './talk.ts';
import { type Saying, say, silent, type Turn, wakeAt } from './turn.ts';
import type { Mind } from './understand.ts';

/** What became of a message: an answer waits to be said, or nothing does and why. */
export type Outcome =
  | { readonly kind: 'reply'; readonly verdict: Saying['verdict'] }
  | { readonly kind: 'silence'; readonly why: string }
  /** More arrives than this process can judge: nothing was taken, the channel tells so if it can. */
  | { readonly kind: 'busy' };

export interface ConversationNeeds<Tx extends TalkTransaction = TalkTransaction> {
  /** Asked anew for each message, so that changed knowledge is used at once. */
  mind(): Mind;
  readonly store: TalkStore<Tx>;
  readonly errands?: Errands<Tx> | undefined;
  readonly now: Clock;
  readonly log: Log;
  readonly limits?: Limits | undefined;
  /** Milliseconds that fragments wait for their neighbours. */
  readonly joinWithin?: number | undefined;
  /** Something new waits in the outbox for this channel. */
  onToSay?(source: string, talker: string): void;
  /**
   * Milliseconds that a reply is left to the message that asked for it, in a source whose requests carry the answer back;
   * the outbox says it only after that. Absent: 0.
   */
  holdFor?(source: string): number;
  /** A talk is to be woken at this time, epoch milliseconds. */
  onWakeAt?(at: number): void;
  /** Called at the labelled points, for tests that end the process there. */
  at?(point: (typeof INTAKE_POINTS)[number]): void;
}

/** Where a process can end while it takes a message. */
export const INTAKE_POINTS = ['before-receive', 'before-commit', 'after-commit', 'before-wake', 'after-wake'] as const;

/** What a channel does in the same transaction, once the message is taken; of a repeat too. */
export type Also = (tx: TalkTransaction) => Promise<void>;

/** Takes what arrives. One transaction holds the message, what is remembered of the talk, and the reply that waits. */
export interface Conversation {
  /**
   * Resolves when everything is durable; rejects with the storage's fault, and then nothing of it is. `also` is not called
   * for what is refused unread: who was asked to pause, and what is too much.
   */
  receive(incoming: Incoming, also?: Also): Promise<Outcome>;
  /** Judges stories whose wait is over. Returns how many talks were looked at. */
  wakeDue(): Promise<number>;
  /** Says something to a new friend or group that answers no message. */
  greet(address: Address, text: string): Promise<void>;
}

const WOKEN_AT_ONCE = 50;

export function createConversation<Tx extends TalkTransaction>(needs: ConversationNeeds<Tx>): Conversation {
  const { store, now, log, limits = LIMITS, joinWithin = JOIN_WITHIN } = needs;
  const at = needs.at ?? (() => {});
  const admit = createGate(limits.allPerSecond, now);
  const quiet = createQuiet();
  const runner = createErrandRunner(needs);

  return {
    async receive(received, also) {
      const incoming = withoutCall(received);
      if (quiet.has(keyOf(incoming), now())) return { kind: 'silence', why: 'the talker was asked to pause' };
      if (!admit()) return { kind: 'busy' };
      at('before-receive');
      const result = await store.transaction(async (tx) => {
        const isNew = await tx.arrived(incoming.source, JSON.stringify([incoming.talker, incoming.id]), now());
        const done = isNew ? await inGroup(tx, incoming) : repeat;
        await also?.(tx);
        at('before-commit');
        return done;
      });
      at('after-commit');
      await afterwards(incoming, result.turn);
      return outcomeOf(result.turn);
    },
    async wakeDue() {
      const addresses = await store.wakeable(now(), WOKEN_AT_ONCE);
      await Promise.all(addresses.map(wakeOne));
      return addresses.length;
    },
    async greet(address, text) {
      await store.transaction((tx) => tx.say(toSay(address, { text, replyTo: [], urgency: 'answer' }, now())));
      needs.onToSay?.(address.source, address.talker);
    },
  };

  /** All that are due at once may share a commit. */
  async function wakeOne(address: Address): Promise<void> {
    at('before-wake');
    const turn = await store.transaction(async (tx) => {
      const talk = (await tx.talk(address)) ?? NEW_TALK;
      const woken = attempt(talk, () => wake(talk, address, needs.mind(), now()));
      return finish(tx, address, talk, await runner.withMore(tx, address, woken), now() + DAY);
    });
    at('after-wake');
    await afterwards(address, turn);
  }

  async function inGroup(tx: Tx, incoming: Incoming): Promise<{ readonly turn: Turn }> {
    const { source, room } = incoming;
    if (room === undefined) return { turn: await inTalk(tx, incoming, undefined) };
    const group = (await tx.group(source, room)) ?? NEW_GROUP;
    const mind = needs.mind();
    if (!incoming.mentioned) return { turn: await unasked(tx, incoming, group, mind) };
    const ruled = ruleGroup(commandOf(incoming, mind), group, incoming.ownsRoom);
    if (!ruled) return { turn: await inTalk(tx, incoming, group) };
    await tx.keepGroup(source, room, ruled.group, now());
    const talk = (await tx.talk(incoming)) ?? NEW_TALK;
    const to = { text: incoming.text, heardAt: now(), leadsNowhere: false, private: false };
    const saying = { text: mind.say(ruled.say), replyTo: [incoming.id], verdict: 'command' as const, about: ruled.say };
    return { turn: await finish(tx, incoming, talk, say(talk, saying, to, mind, now()), answerBy(incoming)) };
  }

  async function inTalk(tx: Tx, incoming: Incoming, group: Group | undefined): Promise<Turn> {
    const before = (await tx.talk(incoming)) ?? NEW_TALK;
    const { read, bucket: reading } = payForReading(before.reading, limits.talkerPerMinute, now());
    const talk = { ...before, reading };
    if (!read) return finish(tx, incoming, talk, tooMuch(talk, incoming), answerBy(incoming));
    const heard = await answered(tx, incoming, talk, group);
    const turn = group ? await paidByGroup(tx, incoming, group, talk, heard) : heard;
    return finish(tx, incoming, talk, turn, answerBy(incoming));
  }

  /** An errand is carried out, if its answer can be paid for; everything else is judged. */
  async function answered(tx: Tx, incoming: Incoming, talk: Talk, group: Group | undefined): Promise<Turn> {
    const free = (bucket: Bucket | undefined, perMinute: number): boolean =>
      payForReply(bucket, perMinute, now()).allowance === 'answer';
    const errand =
      free(talk.bucket, limits.talkerPerMinute) && (!group || free(group.bucket, limits.groupPerMinute))
        ? (command?: string) => runner.run(tx, incoming, talk, command)
        : async () => undefined;
    const asked = await errand();
    if (asked) return asked;
    const heard = attempt(talk, () => hear(talk, incoming, needs.mind(), now(), joinWithin), incoming);
    return (heard.command && (await errand(heard.command))) || runner.withMore(tx, incoming, heard);
  }

  /** The group has its own bucket, shared by all who ask in it. */
  async function paidByGroup(tx: TalkTransaction, incoming: Incoming, group: Group, before: Talk, turn: Turn) {
    if (!turn.said || turn.said.urgency === 'urgent' || incoming.room === undefined) return turn;
    const { allowance, bucket } = payForReply(group.bucket, limits.groupPerMinute, now());
    await tx.keepGroup(incoming.source, incoming.room, { ...group, bucket }, now());
    if (allowance === 'answer') return turn;
    return allowance === 'nothing'
      ? silent(before, 'the group was asked to pause')
      : pause(before, turn.said.replyTo, tooMany());
  }

  async function unasked(tx: Tx, incoming: Incoming, group: Group, mind: Mind): Promise<Turn> {
    let recognition: Recognition | undefined;
    const recognise = (): Recognition => (recognition ??= mind.recognise(incoming.text));
    const why = whyNotRemind(group, incoming.text, recognise, mind, now());
    if (why !== undefined || incoming.room === undefined) return silent(NEW_TALK, why ?? 'no group');
    await tx.keepGroup(incoming.source, incoming.room, { ...group, lastUnasked: now() }, now());
    const text = mind.remind(recognise());
    const said: Saying = { text, replyTo: [incoming.id], verdict: 'warning', about: '', urgency: 'unasked' };
    await tx.say(toSay(incoming, said, now(), { answerBy: now() + UNASKED_VALID }));
    return { talk: NEW_TALK, said, why: '' };
  }

  /** More comes than is read. Who was already asked to pause hears nothing. */
  function tooMuch(talk: Talk, { id }: Incoming): Turn {
    if (isQuiet(talk.bucket, now()))
      return silent(
        { ...talk, bucket: { ...pausedUntil(now()), ...talk.bucket, unread: true } },
        'too much to be read',
      );
    return pause({ ...talk, bucket: pausedUntil(now()) }, [...(talk.story?.waiting ?? []), id], tooMany());
  }

  /** Pays for the reply of a turn and makes all of it durable. */
  function finish(tx: TalkTransaction, address: Address, before: Talk, turn: Turn, answerBy: number): Promise<Turn> {
    const hold = needs.holdFor?.(address.source) ?? 0;
    return settle(tx, address, paidByTalker(before, turn, limits, tooMany, now()), { now: now(), answerBy, hold });
  }

  function tooMany(): string {
    return needs.mind().say('too-many');
  }

  /** A fault of our own in one message must not silence the bot: silence would look like “nothing wrong”. */
  function attempt(talk: Talk, turn: () => Turn, incoming?: Incoming): Turn {
    try {
      return turn();
    } catch (error) {
      log.error({ err: error }, 'a message could not be judged');
      const replyTo = incoming ? [incoming.id] : (talk.story?.waiting ?? []);
      const text = needs.mind().say('failed');
      return {
        talk: { ...talk, story: undefined },
        said: { text, replyTo, verdict: 'failed', about: '', urgency: 'answer' },
        why: '',
      };
    }
  }

  async function afterwards(address: Address, turn: Turn): Promise<void> {
    if (turn.said) needs.onToSay?.(address.source, address.talker);
    const { bucket } = turn.talk;
    if (bucket?.unread && bucket.quietUntil !== undefined) quiet.add(keyOf(address), bucket.quietUntil);
    const next = wakeAt(turn.talk);
    if (next !== undefined) needs.onWakeAt?.(next);
    if (turn.forget) await store.scrub();
  }
}

/** An unasked sentence is of no use when the talk has gone on. */
const UNASKED_VALID = 5 * MINUTE;

const repeat = { turn: silent(NEW_TALK, 'a repeat of a message that was taken before') };

function outcomeOf(turn: Turn): Outcome {
  return turn.said ? { kind: 'reply', verdict: turn.said.verdict } : { kind: 'silence', why: turn.why };
}

function keyOf({ source, talker, room = '' }: Address): string {
  return `${source}\0${room}\0${talker}`;
}

function commandOf(incoming: Incoming, mind: Mind): string {
  const { verdict } = mind.understand(incoming.text, incoming);
  return verdict.kind === 'command' ? verdict.command : '';
}

function answerBy(incoming: Incoming): number {
  return incoming.answerBy ?? incoming.at + DAY;
}
