import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Conversation } from './intake.ts';
import type { TalkStore } from './store.ts';

/** Looks at talks when their time has come: stories whose wait is over, cases that end. */
export interface Waker {
  /** A talk is to be woken at this time, epoch milliseconds. */
  wakeAt(at: number): void;
  stop(): Promise<void>;
}

/** Other processes leave talks behind when they die; so long may one of them wait beyond its time. Milliseconds. */
const LOOK_EVERY = 1_000;
/** After a fault of the store. Milliseconds. */
const TRY_AGAIN = 1_000;

export function createWaker(conversation: Conversation, store: TalkStore, now: Clock, log: Log): Waker {
  let timer: NodeJS.Timeout | undefined;
  let planned = Number.POSITIVE_INFINITY;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let failing = false;

  const plan = (at: number): void => {
    if (stopped || at >= planned) return;
    planned = at;
    clearTimeout(timer);
    timer = setTimeout(() => void run(), Math.max(0, Math.min(at - now(), LOOK_EVERY)));
  };

  async function run(): Promise<void> {
    planned = Number.POSITIVE_INFINITY;
    again = true;
    if (running) return;
    while (again && !stopped) {
      again = false;
      running = look();
      await running;
    }
    running = undefined;
  }

  async function look(): Promise<void> {
    try {
      while (!stopped && (await conversation.wakeDue()) > 0);
      if (failing) log.info('waiting stories are judged again');
      failing = false;
      plan((await store.nextWake()) ?? now() + LOOK_EVERY);
    } catch (error) {
      if (!failing) log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'stories wait');
      failing = true;
      plan(now() + TRY_AGAIN);
    }
  }

  plan(now());
  return {
    wakeAt: plan,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
