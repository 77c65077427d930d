import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Conversation, createConversation, type Limits, type Outcome } from '../../src/conversation/index.ts';
import type { Incoming } from '../../src/domain/index.ts';
import { MINUTE, SECOND } from '../../src/lib/clock.ts';
import type { Claimed } from '../../src/outbox/index.ts';
import { openStorage, type Storage } from '../../src/storage/index.ts';
import { mind } from '../knowledge-base.ts';
import { memoryLog } from '../quiet-log.ts';

const START = Date.UTC(2026, 10, 24, 2, 0, 0);

/** A place to talk in: real storage on disk, a clock that stands still until it is moved, and replies as they are due. */
export interface Place {
  readonly conversation: Conversation;
  readonly storage: Storage;
  readonly folder: string;
  /** Lines of the log. */
  readonly lines: readonly string[];
  now(): number;
  receive(text: string, more?: Partial<Incoming>): Promise<Outcome>;
  /** Says something and gives the text that comes back at once; empty for silence. */
  say(text: string, more?: Partial<Incoming>): Promise<string>;
  /** Moves the clock, judges what waited, and gives what is said then. */
  wait(ms: number): Promise<readonly string[]>;
  /** Moves the clock and judges what waited. */
  advance(ms: number): Promise<void>;
  /** What waits to be said, taken out as a channel would. */
  replies(): Promise<readonly Claimed[]>;
  close(): Promise<void>;
}

export async function openPlace(
  options: { readonly room?: string; readonly limits?: Limits; readonly joinWithin?: number } = {},
): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'fanzha-talk-'));
  let now = START;
  let count = 0;
  const clock = (): number => now;
  const { log, lines } = memoryLog();
  const storage = await openStorage({ stateDir: folder, databaseUrl: undefined, now: clock, log });
  const conversation = createConversation({ mind: () => mind, store: storage.talks, now: clock, log, ...options });

  const place: Place = {
    conversation,
    storage,
    folder,
    lines,
    now: clock,
    receive(text, more = {}) {
      count += 1;
      return conversation.receive({
        source: 'local',
        id: `m${count}`,
        talker: 'zhang',
        room: options.room,
        mentioned: options.room === undefined,
        kind: 'text',
        text,
        at: now,
        ...more,
      });
    },
    async say(text, more) {
      await place.receive(text, more);
      return (await place.replies()).map((reply) => reply.text).join('\n---\n');
    },
    async advance(ms) {
      now += ms;
      while ((await conversation.wakeDue()) > 0);
    },
    async wait(ms) {
      await place.advance(ms);
      return (await place.replies()).map((reply) => reply.text);
    },
    async replies() {
      const said: Claimed[] = [];
      for (;;) {
        const claimed = await storage.outbox.claim({
          source: 'local',
          owner: 'test',
          now,
          leaseUntil: now + MINUTE,
          limit: 20,
        });
        if (claimed.length === 0) return said;
        said.push(...claimed);
        const ids = claimed.map((one) => one.id);
        await storage.outbox.settle('test', ids, { state: 'sent' }, now);
      }
    },
    async close() {
      await storage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return place;
}

/** A place that is closed with the test. */
export async function placeForTest(options: Parameters<typeof openPlace>[0] = {}): Promise<Place> {
  const place = await openPlace(options);
  onTestFinished(() => place.close());
  return place;
}

/** Longer than a story goes on. */
export const A_PAUSE = 10 * SECOND;
