import { readFile } from 'node:fs/promises';
import { createMind } from '../../src/conversation/index.ts';
import type { Incoming, KnowledgeBase } from '../../src/domain/index.ts';
import { createExchange } from '../../src/exchange.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import type { OutgoingChannel } from '../../src/outbox/index.ts';
import { openStorage } from '../../src/storage/index.ts';

/** What a worker is told when it is started. */
export interface WorkerSettings {
  readonly stateDir: string;
  readonly databaseUrl: string | undefined;
  /** The knowledge base as JSON, without the learned weights: reading it takes a tenth of the time. */
  readonly knowledgeFile: string;
  /** Kill the process when this point is reached for the n-th time. */
  readonly crash?: { readonly at: string; readonly nth: number } | undefined;
}

/** What a worker tells. `said` has left the process before the row is marked. */
export type FromWorker =
  | { readonly kind: 'open' }
  | { readonly kind: 'taken'; readonly id: string }
  | { readonly kind: 'said'; readonly replyTo: readonly string[] };

/** Short, so that what a killed process held is soon somebody else's. Milliseconds. */
const LEASE = 1_000;
const JOIN_WITHIN = 100;

/** The bot without pages: messages come over the parent's line, and what is said goes back over it. */
async function work({ stateDir, databaseUrl, knowledgeFile, crash }: WorkerSettings): Promise<void> {
  const log = createLog('error');
  let left = crash?.nth ?? 0;
  const at = (point: string): void => {
    if (point !== crash?.at) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
  const mind = createMind(JSON.parse(await readFile(knowledgeFile, 'utf8')) as KnowledgeBase, '西平县');
  const storage = await openStorage({ stateDir, databaseUrl, now: systemClock, log, connections: 3 });
  const { conversation, begin } = createExchange({
    mind: () => mind,
    storage,
    now: systemClock,
    log,
    joinWithin: JOIN_WITHIN,
    at,
    pump: { owner: `${process.pid}-${Date.now()}`, leaseMs: LEASE, pollMs: 200 },
  });
  const line: OutgoingChannel = {
    source: 'line',
    manners: { sendWithinMs: 500, repeatable: false },
    say: ({ replyTo }) => tell({ kind: 'said', replyTo }),
  };
  begin([line]);
  process.on('message', (incoming: Incoming) => {
    conversation.receive(incoming).then(
      (outcome) => (outcome.kind === 'busy' ? undefined : tell({ kind: 'taken', id: incoming.id })),
      (error: unknown) => log.error({ err: error }, 'a message was not taken'),
    );
  });
  await tell({ kind: 'open' });
}

/** Resolves when the words are in the pipe, where a kill cannot reach them. */
function tell(words: FromWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(words, undefined, {}, (error) => (error ? reject(error) : resolve()));
  });
}

process.on('disconnect', () => process.exit(0));
await work(JSON.parse(process.argv[2] ?? '{}') as WorkerSettings);
