import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mind } from '../../src/conversation/index.ts';
import { createExchange } from '../../src/exchange.ts';
import { createLog } from '../../src/lib/log.ts';
import { openStorage, type Storage } from '../../src/storage/index.ts';

/**
 * The bot from receiving to saying in this process, on SQLite. `answered` is what was said, one for each reply, and how long
 * it took after the latest message it answers.
 */
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
  const exchange = createExchange({ mind: () => mind, storage, now, log, pump: { owner: 'bot' } });
  const { conversation } = exchange;
  exchange.begin([
    {
      source: 'line',
      manners: { sendWithinMs: 5_000, repeatable: true },
      async say({ talker, replyTo }) {
        const latest = Math.max(...replyTo.map((id) => begun.get(id) ?? 0));
        answered.push({ talker, ms: performance.now() - latest });
        for (const id of replyTo) begun.delete(id);
      },
    },
  ]);
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
    drained: exchange.drained,
    async close() {
      await exchange.stop();
      await storage.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
