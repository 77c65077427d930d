import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConversation, createWaker, type Mind, type Waker } from '../../src/conversation/index.ts';
import { createLog } from '../../src/lib/log.ts';
import { createPump, type Pump } from '../../src/outbox/index.ts';
import { openStorage, type Storage } from '../../src/storage/index.ts';

/** The bot from receiving to saying in this process, on SQLite; `answered` is what was said, one for each reply, and how long it took after the latest message it answers. */
export interface BotInProcess {
  readonly storage: Storage;
  readonly folder: string;
  readonly answered: readonly { readonly talker: string; readonly ms: number }[];
  receive(talker: string, text: string): Promise<void>;
  /** Judges what waits, by the clock that was handed in. */
  wake(): Promise<void>;
  drained(): Promise<void>;
  close(): Promise<void>;
}

export async function openBot({
  mind,
  now,
}: {
  readonly mind: Mind;
  readonly now: () => number;
}): Promise<BotInProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'fanzha-bot-'));
  const log = createLog('error');
  const storage = await openStorage({ stateDir: folder, databaseUrl: undefined, now, log });
  const answered: { talker: string; ms: number }[] = [];
  const begun = new Map<string, number>();
  let pump: Pump | undefined;
  let waker: Waker | undefined;
  const conversation = createConversation({
    mind: () => mind,
    store: storage.talks,
    now,
    log,
    onToSay: (source) => pump?.nudge(source),
    onWakeAt: (at) => waker?.wakeAt(at),
  });
  pump = createPump({
    store: storage.outbox,
    channels: [
      {
        source: 'line',
        manners: { sendWithinMs: 5_000, repeatable: true },
        async say({ talker, replyTo }) {
          const latest = Math.max(...replyTo.map((id) => begun.get(id) ?? 0));
          answered.push({ talker, ms: performance.now() - latest });
          for (const id of replyTo) begun.delete(id);
        },
      },
    ],
    now,
    log,
    owner: 'bot',
  });
  waker = createWaker(conversation, storage.talks, now, log);
  let count = 0;
  return {
    storage,
    folder,
    answered,
    async receive(talker, text) {
      count += 1;
      const id = `m${count}`;
      begun.set(id, performance.now());
      const outcome = await conversation.receive({
        source: 'line',
        id,
        talker,
        mentioned: true,
        role: 'resident',
        kind: 'text',
        text,
        at: now(),
      });
      const willBeAnswered =
        outcome.kind === 'reply' || (outcome.kind === 'silence' && outcome.why.startsWith('it waits'));
      if (!willBeAnswered) begun.delete(id);
    },
    async wake() {
      while ((await conversation.wakeDue()) > 0);
    },
    drained: () => pump?.drained() ?? Promise.resolve(),
    async close() {
      await waker?.stop();
      await pump?.stop();
      await storage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
