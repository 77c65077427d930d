import { createBell } from '../lib/bell.ts';
import { type Clock, startOfDay } from '../lib/clock.ts';
import type { Absence } from './absence.ts';
import type { OutgoingChannel } from './channel.ts';
import { createOutcomes, type Outcome } from './outcomes.ts';
import { whenToSay } from './pace.ts';
import type { PumpPoint } from './points.ts';
import { afterFault, channelPause } from './retry.ts';
import { createSpeaker } from './speaker.ts';
import type { Claimed, OutboxStore, Settlement } from './store.ts';

/**
 * A lane carries the rows of one channel. It is always in one of these modes:
 *
 * **working.** It claims rows, says them, and has their outcome marked.
 *
 * **resting.** Nothing can be said now. A nudge wakes it, or the time of the next row, or the poll.
 *
 * **holding.** The channel asked for a pause. Only the end of the pause wakes it.
 *
 * **waiting.** The store does not answer. Only the next try wakes it; the pauses grow.
 *
 * **ended.** It was told to stop, and all it held is marked or handed back.
 */
type Mode = 'working' | 'resting' | 'holding' | 'waiting' | 'ended';

const LEADS_TO: Readonly<Record<Mode, readonly Mode[]>> = {
  working: ['resting', 'holding', 'waiting', 'ended'],
  resting: ['working'],
  holding: ['working'],
  waiting: ['working'],
  ended: [],
};

export interface Lane {
  nudge(): void;
  /** Resolves when the lane, having looked at least once from now on, found nothing that may be said now. */
  drained(): Promise<void>;
  /** Begins nothing new. Resolves when what runs has ended (or its time is over) and everything is marked. */
  end(): Promise<void>;
}

export interface LaneNeeds {
  readonly store: OutboxStore;
  readonly channel: OutgoingChannel;
  readonly now: Clock;
  readonly owner: string;
  readonly random: () => number;
  readonly leaseMs: number;
  readonly pollMs: number;
  readonly absence: Absence;
  /** Told of rows once their outcome is marked; `lost`: so many of them were no longer ours by then. */
  readonly marked: (outcome: Outcome, lost: number) => void;
  readonly at: (point: PumpPoint) => void | Promise<void>;
}

/** So many rows are said and marked together where a repeat does no harm: a commit costs more than saying them. */
const TOGETHER = 200;
/** A row that is due but cannot be claimed (another process holds the one before it) is not asked for more often. */
const SHORTEST_REST = 10;
/** How long something that is being said when the lane ends may still take. */
const LAST_WORD = 3_000;

export function openLane(needs: LaneNeeds): Lane {
  const { store, channel, now, owner, absence, at } = needs;
  const { source, manners } = channel;
  const limit = manners.repeatable && !manners.spacingMs && manners.dailyCap === undefined ? TOGETHER : 1;
  const outcomes = createOutcomes();
  const speaker = createSpeaker(channel);
  const nudged = createBell();
  const ending = createBell();
  let mode: Mode = 'working';
  let told = false;
  let holdUntil = 0;
  let failures = 0;
  let waiters: (() => void)[] = [];
  const ended = live();

  async function live(): Promise<void> {
    while (!told) {
      try {
        await markOutcomes();
        if (now() < holdUntil) {
          await hold();
          continue;
        }
        const leaseUntil = now() + needs.leaseMs;
        const rows = await claim(leaseUntil);
        await sayEach(rows, leaseUntil);
        await markOutcomes();
        if (rows.length === 0) await rest(await store.nextDue(source));
        answered();
      } catch (fault) {
        await waitForStore(fault);
      }
    }
    await markBeforeEnding();
    setMode('ended');
  }

  async function claim(leaseUntil: number): Promise<readonly Claimed[]> {
    await at('before-claim');
    const rows = await store.claim({ source, owner, now: now(), leaseUntil, limit });
    await at('after-claim');
    return rows;
  }

  /** Every row that was claimed gets an outcome, also when the store goes away in the middle. */
  async function sayEach(rows: readonly Claimed[], leaseUntil: number): Promise<void> {
    const heldUp = new Map<string, number>();
    let decided = 0;
    try {
      for (const row of rows) {
        const conversation = row.room ?? `\0${row.talker}`;
        const earlier = heldUp.get(conversation);
        const outcome = earlier === undefined ? await sayInTime(row, leaseUntil) : putOff(row, earlier, 'in-order');
        if (outcome.state === 'due') heldUp.set(conversation, outcome.dueAt);
        outcomes.add(row, outcome);
        decided += 1;
      }
    } finally {
      for (const row of rows.slice(decided)) outcomes.add(row, putOff(row, now(), 'not-begun'));
      speaker.rest();
    }
  }

  /** A row is only begun while its lease outlasts the longest wait for the channel: later, another process may say it. */
  async function sayInTime(row: Claimed, leaseUntil: number): Promise<Settlement> {
    if (now() >= row.expiresAt) return { state: 'expired', code: 'too-late' };
    const sayAt = await paced(row);
    if (sayAt > now()) return putOff(row, sayAt, 'pace');
    if (told || now() < holdUntil || now() + manners.sendWithinMs > leaseUntil) return putOff(row, now(), 'not-begun');
    return say(row);
  }

  async function say(row: Claimed): Promise<Settlement> {
    await at('before-send');
    const fault = await speaker.say(row);
    await at('after-send');
    if (fault === undefined) return { state: 'sent' };
    holdUntil = Math.max(holdUntil, now() + channelPause(fault));
    const next = afterFault(fault, row.attempts, now());
    return next.state === 'due' && next.dueAt >= row.expiresAt ? { state: 'expired', code: fault.code } : next;
  }

  /** Not said this time, which does not count as a try. What would come too late then need not wait to be told so. */
  function putOff(row: Claimed, dueAt: number, code: string): Settlement {
    if (dueAt >= row.expiresAt) return { state: 'expired', code };
    return { state: 'due', dueAt, code, countsAsTry: false };
  }

  async function paced(row: Claimed): Promise<number> {
    const { spacingMs, dailyCap } = manners;
    const capped = dailyCap !== undefined && row.urgency !== 'urgent';
    const past = {
      lastSentTo: spacingMs && (await store.lastSentTo(row)),
      sentToday: capped ? await store.sentSince(source, startOfDay(now())) : undefined,
    };
    return whenToSay(row, manners, past, now(), needs.random);
  }

  async function markOutcomes(): Promise<void> {
    for (let outcome = outcomes.next(); outcome; outcome = outcomes.next()) {
      const ids = outcome.rows.map((row) => row.id);
      await at('before-settle');
      const held = await store.settle(owner, ids, outcome.settlement, now());
      await at('after-settle');
      outcomes.marked(outcome);
      needs.marked(outcome, ids.length - held.length);
    }
  }

  async function rest(nextDue: number | undefined): Promise<void> {
    if (nudged.rung()) return nudged.sleep(0);
    const untilDue = nextDue === undefined ? needs.pollMs : Math.max(SHORTEST_REST, nextDue - now());
    answered();
    setMode('resting');
    await nudged.sleep(Math.min(untilDue, needs.pollMs));
    setMode('working');
  }

  async function hold(): Promise<void> {
    setMode('holding');
    await ending.sleep(Math.min(holdUntil - now(), needs.pollMs));
    setMode('working');
  }

  async function waitForStore(fault: unknown): Promise<void> {
    failures += 1;
    const pause = absence.noticed(fault, failures);
    setMode('waiting');
    await ending.sleep(pause);
    setMode('working');
  }

  function answered(): void {
    failures = 0;
    absence.over();
  }

  /** One last try for each outcome: who waits for a store that is away would never end. Leases end by themselves. */
  async function markBeforeEnding(): Promise<void> {
    await markOutcomes().catch((fault: unknown) => absence.noticed(fault, failures + 1));
  }

  function setMode(next: Mode): void {
    if (!LEADS_TO[mode].includes(next)) throw new Error(`A lane cannot go from ${mode} to ${next}.`);
    mode = next;
    if (mode === 'working' || mode === 'waiting') return;
    for (const resolve of waiters) resolve();
    waiters = [];
  }

  return {
    nudge: nudged.ring,
    drained() {
      if (mode === 'ended') return Promise.resolve();
      nudged.ring();
      return new Promise((resolve) => waiters.push(resolve));
    },
    async end() {
      told = true;
      nudged.ring();
      ending.ring();
      const lastWord = setTimeout(speaker.giveUp, LAST_WORD);
      await ended;
      clearTimeout(lastWord);
    },
  };
}
