import { isSpoken, type MessageKind } from '../domain/index.ts';
import { SECOND } from '../lib/clock.ts';
import type { Understanding } from './understand.ts';

/** One message of a story. Plain data. */
export interface Part {
  readonly id: string;
  /** Empty for a picture and other things that cannot be read. */
  readonly text: string;
  readonly kind: MessageKind;
  /** Epoch milliseconds when it was written, as far as the channel knows. */
  readonly at: number;
}

/** What was already said about a story. */
export interface Told {
  readonly weight: number;
  readonly family: string | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
}

/**
 * What one talker tells within a few seconds: people write half a sentence, send, and go on. Plain data, times in epoch
 * milliseconds. `waiting` are the ids of messages that nothing has been said about yet.
 */
export interface Story {
  readonly parts: readonly Part[];
  readonly waiting: readonly string[];
  /** When the waiting ones are judged, whatever else comes. */
  readonly waitUntil: number | undefined;
  readonly heardAt: number;
  readonly told: Told | undefined;
}

/** Fragments wait this long for their neighbours, and this long after the last message a story goes on. */
export const JOIN_WITHIN = 3 * SECOND;
/** A longer story is cut at its beginning: what is asked of one stands at the end. Characters and messages. */
const LONGEST_STORY = 2_000;
const MOST_PARTS = 20;

/**
 * The story that a message at `now` goes on with; none when the talker had paused, or when it was told long enough ago to
 * have been read. What still waits is never dropped.
 */
export function goingOn(story: Story | undefined, now: number, joinWithin: number): Story | undefined {
  if (!story) return undefined;
  if (story.waiting.length > 0) return story;
  return now - (story.told?.at ?? story.heardAt) <= joinWithin ? story : undefined;
}

/** The story with one more message, in the order they were written in, also when they arrive in another. */
export function withPart(story: Story | undefined, part: Part, now: number): Story {
  const parts = [...(story?.parts ?? []), part].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  while (parts.length > 1 && (parts.length > MOST_PARTS || lengthOf(parts) > LONGEST_STORY)) parts.shift();
  return {
    parts,
    waiting: [...(story?.waiting ?? []), part.id],
    waitUntil: story?.waitUntil,
    heardAt: now,
    told: story?.told,
  };
}

export function isFull(story: Story): boolean {
  return story.waiting.length >= MOST_PARTS;
}

/** All parts as one text. A comma joins halves of a sentence without tearing them apart. */
export function textOf(story: Story): string {
  return story.parts
    .map(({ text }) => text.trim())
    .filter((text) => text !== '')
    .reduce((all, text) => (all === '' ? text : `${all}${/[\p{P}\p{S}]$/u.test(all) ? '' : '，'}${text}`), '');
}

/** A story is text as soon as somebody typed a part of it. */
export function kindOf(story: Story): MessageKind {
  return story.parts.find((part) => isSpoken(part.kind))?.kind ?? story.parts.at(-1)?.kind ?? 'text';
}

function lengthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + part.text.length, 0);
}

/** The weight of first aid: nothing lighter follows it in one story. */
export const FIRST_AID = 3;

/** How much a verdict weighs: what is told again must weigh more. 0: it leads nowhere. */
export function weightOf({ verdict }: Understanding): number {
  if (verdict.kind === 'first-aid') return FIRST_AID;
  if (verdict.kind === 'warning') return verdict.level === 'high' ? 2 : 1;
  return 0;
}

/**
 * What is told of a message and the story it belongs to: what weighs more. Where both weigh the same the story has more
 * signs to show; but a cry for first aid speaks for itself, and the story would only blur whose money it is.
 */
export function graver(alone: Understanding, joined: Understanding): Understanding {
  const [own, all] = [weightOf(alone), weightOf(joined)];
  if (own !== all) return own > all ? alone : joined;
  return alone.verdict.kind === 'first-aid' ? alone : joined;
}

/** The family a verdict names first. */
export function familyOf({ verdict }: Understanding): string | undefined {
  return verdict.kind === 'warning' || verdict.kind === 'first-aid' ? verdict.types[0]?.id : undefined;
}

/**
 * Whether a verdict that weighs adds something to what was told: a higher level, a fraud that could not be named before,
 * or another fraud in the message itself (`alone`) than the one the story was about.
 */
export function addsTo(told: Told, joined: Understanding, alone: Understanding): boolean {
  const family = familyOf(joined);
  if (weightOf(joined) > told.weight) return true;
  if (weightOf(joined) > 0 && told.family === undefined && family !== undefined) return true;
  const own = familyOf(alone);
  return told.weight < FIRST_AID && weightOf(alone) > 0 && own !== undefined && own !== told.family;
}
