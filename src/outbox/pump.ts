import { type Clock, SECOND } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { createAbsence } from './absence.ts';
import type { OutgoingChannel } from './channel.ts';
import { openLane } from './lane.ts';
import type { Outcome } from './outcomes.ts';
import type { PumpPoint } from './points.ts';
import type { Claimed, OutboxStore } from './store.ts';

/** Empties the outbox into the channels. Any number of pumps, in any number of processes, may share one outbox. */
export interface Pump {
  /** Something was put into the outbox of this source; without a source: of any. */
  nudge(source?: string): void;
  /** Resolves when nothing is left that may be said now. */
  drained(): Promise<void>;
  /** Lets what is being said end, marks it, hands the rest back. Takes five seconds at most. */
  stop(): Promise<void>;
}

/** Something for which an operator is needed. No text and nobody's name is in it. */
export interface Alarm {
  readonly source: string;
  readonly state: 'failed' | 'unknown';
  readonly code: string;
  readonly count: number;
}

export interface PumpNeeds {
  readonly store: OutboxStore;
  readonly channels: readonly OutgoingChannel[];
  readonly now: Clock;
  readonly log: Log;
  /** Names this process among all that share the outbox; never used twice. */
  readonly owner: string;
  readonly random?: () => number;
  /**
   * After this long a dead process's rows are taken over. Must be longer than any channel's `sendWithinMs`; unless given,
   * it is five seconds longer than that of the channel.
   */
  readonly leaseMs?: number;
  /** How often to look for what other processes put in. */
  readonly pollMs?: number;
  /** Called once the store knows that it was said. */
  readonly onSent?: (claimed: Claimed) => void;
  readonly alarm?: (alarm: Alarm) => void;
  /** For tests that kill the process at a point; must not throw. */
  readonly at?: (point: PumpPoint) => void | Promise<void>;
}

const STOPS_WITHIN = 5 * SECOND;
const LEASE_BEYOND_SEND = 5 * SECOND;

export function createPump(needs: PumpNeeds): Pump {
  const { store, channels, now, log, owner, random = Math.random, pollMs = SECOND } = needs;
  const absence = createAbsence(log);
  const lanes = new Map(channels.map((channel) => [channel.source, openChannel(channel)] as const));

  function openChannel(channel: OutgoingChannel) {
    const leaseMs = needs.leaseMs ?? channel.manners.sendWithinMs + LEASE_BEYOND_SEND;
    if (channel.manners.sendWithinMs >= leaseMs)
      throw new Error(`${channel.source}: a lease of ${leaseMs} ms ends before the wait for the channel does.`);
    const marked = (outcome: Outcome, lost: number): void => tell(channel.source, outcome, lost);
    const at = needs.at ?? (() => {});
    return openLane({ store, channel, now, owner, random, leaseMs, pollMs, absence, marked, at });
  }

  function tell(source: string, { settlement, rows }: Outcome, lost: number): void {
    const count = rows.length;
    if (lost > 0) log.warn({ source, count: lost }, 'leases had run out before the outcome could be marked');
    if (settlement.state === 'sent') for (const row of rows) unharmed(() => needs.onSent?.(row));
    if (settlement.state === 'expired') log.warn({ source, code: settlement.code, count }, 'not said: too late');
    if (settlement.state === 'failed' || settlement.state === 'unknown') {
      const { state, code } = settlement;
      log.error({ source, code, count }, state === 'failed' ? '没有送到，不再重试' : '不知道送到没有，不再重试');
      unharmed(() => needs.alarm?.({ source, state, code, count }));
    }
  }

  /** Who listens must not stop the pump. */
  function unharmed(call: () => void): void {
    try {
      call();
    } catch (error) {
      log.error({ fault: error instanceof Error ? error.name : 'unknown' }, 'a listener of the outbox failed');
    }
  }

  return {
    nudge(source) {
      for (const [name, lane] of lanes) if (source === undefined || source === name) lane.nudge();
    },
    async drained() {
      await Promise.all([...lanes.values()].map((lane) => lane.drained()));
    },
    async stop() {
      const ended = Promise.all([...lanes.values()].map((lane) => lane.end()));
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, STOPS_WITHIN);
      });
      await Promise.race([ended, late]);
      clearTimeout(timer);
    },
  };
}
