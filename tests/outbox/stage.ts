import { expect, vi } from 'vitest';
import type { ToSay } from '../../src/domain/index.ts';
import { HOUR, SECOND } from '../../src/lib/clock.ts';
import {
  type Alarm,
  type Claimed,
  createPump,
  type Manners,
  type OutgoingChannel,
  type Pump,
  type PumpNeeds,
} from '../../src/outbox/index.ts';
import { memoryLog } from '../quiet-log.ts';
import { memoryStore } from './memory-store.ts';

export const NOON = Date.parse('2026-11-24T12:00:00+08:00');
export const SOURCE = 'local';

/** Something to say, due now and for an hour. The text is what the tests look for. */
export function words(text: string, over: Partial<ToSay> = {}): ToSay {
  const now = Date.now();
  return {
    source: SOURCE,
    talker: 'zhang-13800138000',
    replyTo: [],
    text,
    at: now,
    urgency: 'answer',
    dueAt: now,
    expiresAt: now + HOUR,
    keepUntil: now + 24 * HOUR,
    ...over,
  };
}

/** What a channel does with a row: takes it (undefined), or throws what is returned, or never answers. */
export type Answer = undefined | Error | 'hangs';

/** A channel that writes down what was said and when, and answers as the test wants. */
export function channelOf(manners: Partial<Manners> = {}, answer: (claimed: Claimed) => Answer = () => undefined) {
  const said: { readonly text: string; readonly at: number; readonly id: number }[] = [];
  const channel: OutgoingChannel = {
    source: SOURCE,
    manners: { sendWithinMs: 5_000, repeatable: false, ...manners },
    async say(claimed) {
      said.push({ text: claimed.text, at: Date.now(), id: claimed.id });
      const what = answer(claimed);
      if (what === 'hangs') await new Promise(() => {});
      if (what instanceof Error) throw what;
    },
  };
  return { channel, said, texts: () => said.map(({ text }) => text) };
}

export function stage(channel: OutgoingChannel, over: Partial<PumpNeeds> = {}, store = memoryStore()) {
  const { log, lines } = memoryLog();
  const alarms: Alarm[] = [];
  const sent: number[] = [];
  const pump = createPump({
    store,
    channels: [channel],
    now: Date.now,
    log,
    owner: 'one',
    random: () => 0.5,
    onSent: (claimed) => sent.push(claimed.id),
    alarm: (alarm) => alarms.push(alarm),
    ...over,
  });
  const states = () => store.rows.map((row) => row.state);
  return { pump, store, lines, alarms, sent, states };
}

/** Lets the fake clock run. */
export const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

/** Stops while the fake clock runs on. */
export async function stop(...pumps: readonly Pump[]): Promise<void> {
  const stopped = Promise.all(pumps.map((pump) => pump.stop()));
  await pass(6 * SECOND);
  await stopped;
  expect(vi.getTimerCount()).toBe(0);
}
