import { createConversation, LIMITS, type Mind, type Talk } from '../src/conversation/index.ts';
import { createLog } from '../src/lib/log.ts';
import { createPump, type Pump } from '../src/outbox/index.ts';
import { openStorage } from '../src/storage/index.ts';

const SOURCE = 'line';
/** Midnight in Asia/Shanghai, when the simulation begins. Epoch milliseconds. */
export const FIRST_DAY = Date.UTC(2026, 10, 24) - 8 * 3_600_000;

/** A clock that goes only when it is told to. Epoch milliseconds. */
export interface MovedClock {
  readonly now: () => number;
  readonly set: (at: number) => void;
}

/** The bot from receiving to saying on SQLite, under a clock that the simulation moves. */
export interface ScaleBot {
  readonly source: string;
  /** Milliseconds from receive to say of everything that was said since the last look. */
  takeTimes(): readonly number[];
  receive(id: string, talker: string, text: string): Promise<void>;
  /** Judges stories whose wait is over by the clock. */
  wake(): Promise<void>;
  /** When the next story is to be judged, on the clock. */
  nextWake(): number;
  /** Everything that was to be said has been said and marked. */
  drained(): Promise<void>;
  talkOf(talker: string): Promise<Talk | undefined>;
  tidy(): Promise<void>;
  close(): Promise<void>;
}

export async function openScaleBot(mind: Mind, stateDir: string, now: () => number): Promise<ScaleBot> {
  const log = createLog('error');
  const storage = await openStorage({ stateDir, databaseUrl: undefined, now, log });
  const begun = new Map<string, number>();
  let times: number[] = [];
  /** Every story waits equally long, so these come in order. */
  let wakes: number[] = [];
  let pump: Pump | undefined;
  const conversation = createConversation({
    mind: () => mind,
    store: storage.talks,
    now,
    log,
    limits: { ...LIMITS, allPerSecond: 1_000_000 },
    onToSay: (source) => pump?.nudge(source),
    onWakeAt: (at) => wakes.push(at),
  });
  pump = createPump({
    store: storage.outbox,
    channels: [
      {
        source: SOURCE,
        manners: { sendWithinMs: 5_000, repeatable: true },
        async say({ replyTo }) {
          const said = performance.now();
          for (const id of replyTo) {
            const at = begun.get(id);
            if (at !== undefined) times.push(said - at);
            begun.delete(id);
          }
        },
      },
    ],
    now,
    log,
    owner: 'scale',
  });
  return {
    source: SOURCE,
    takeTimes() {
      const taken = times;
      times = [];
      return taken;
    },
    async receive(id, talker, text) {
      const started = performance.now();
      begun.set(id, started);
      const at = now();
      const address = { source: SOURCE, id, talker, mentioned: true };
      const outcome = await conversation.receive({ ...address, kind: 'text', text, at });
      // What waits for its neighbours is answered seconds later on purpose: that wait is no work.
      if (outcome.kind !== 'reply') begun.delete(id);
    },
    async wake() {
      wakes = wakes.filter((at) => at > now());
      while ((await conversation.wakeDue()) > 0);
    },
    nextWake: () => wakes[0] ?? Number.POSITIVE_INFINITY,
    drained: () => pump?.drained() ?? Promise.resolve(),
    talkOf: (talker) => storage.talks.transaction((tx) => tx.talk({ source: SOURCE, talker })),
    async tidy() {
      await storage.tidy(now());
    },
    async close() {
      await pump?.stop();
      await storage.close();
    },
  };
}
