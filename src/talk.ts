import { randomUUID } from 'node:crypto';
import { LOCAL, type LocalChannel, openLocalChannel } from './channels/wechaty/index.ts';
import type { Config } from './config.ts';
import { createConversation, createMind, createWaker, type Mind, type Waker } from './conversation/index.ts';
import { loadKnowledge, watchKnowledge } from './knowledge/index.ts';
import { HOUR, systemClock } from './lib/clock.ts';
import { every } from './lib/every.ts';
import type { Log } from './lib/log.ts';
import { createPump, createTranscript, type Pump, type Transcript } from './outbox/index.ts';
import { openStorage, type Storage } from './storage/index.ts';

/** The talk without a page around it: knowledge, storage, conversation, outbox and channels. */
export interface Talk {
  readonly mind: () => Mind;
  readonly local: LocalChannel;
  readonly transcript: Transcript;
  readonly storage: Storage;
  stop(): Promise<void>;
}

/** With PostgreSQL a reply may have been said by another process; open pages look for it this often. Milliseconds. */
const LOOK_FOR_REPLIES_EVERY = 500;

/** Builds the rooms and hands them to each other. Stops in reverse order. */
export async function openTalk(config: Config, log: Log): Promise<Talk> {
  let mind = createMind(await loadKnowledge(config.knowledgeDir), config.county);
  const storage = await openStorage({
    stateDir: config.stateDir,
    databaseUrl: config.databaseUrl,
    now: systemClock,
    log,
  });
  const transcript = createTranscript({
    store: storage.outbox,
    source: LOCAL,
    now: systemClock,
    ...(storage.engine === 'postgres' && { poll: LOOK_FOR_REPLIES_EVERY }),
  });

  let pump: Pump | undefined;
  let waker: Waker | undefined;
  const conversation = createConversation({
    mind: () => mind,
    store: storage.talks,
    now: systemClock,
    log,
    limits: config.limits,
    joinWithin: config.joinWithin,
    onToSay: (source) => pump?.nudge(source),
    onWakeAt: (at) => waker?.wakeAt(at),
  });
  const local = await openLocalChannel({ conversation, log, welcome: () => mind.say('greeting') }).catch(
    async (error: unknown) => {
      await storage.close();
      throw error;
    },
  );
  pump = createPump({
    store: storage.outbox,
    channels: [local.outgoing],
    now: systemClock,
    log,
    owner: randomUUID(),
    onSent: transcript.said,
  });
  waker = createWaker(conversation, storage.talks, systemClock, log);
  const tidying = every(HOUR, 'old rows could not be deleted', () => tidy(storage, log), log);
  const unwatch = watchKnowledge(
    config.knowledgeDir,
    (base) => {
      mind = createMind(base, config.county);
      log.info({ knowledge: base.version }, 'the knowledge base was changed and is in use');
    },
    (error) =>
      log.error(
        { reason: error instanceof Error ? error.message : String(error) },
        'the changed knowledge base has faults; the former one stays in use',
      ),
  );
  return {
    mind: () => mind,
    local,
    transcript,
    storage,
    async stop() {
      unwatch();
      await tidying.stop();
      await waker?.stop();
      await local.stop();
      await pump?.stop();
      transcript.stop();
      await storage.close();
    },
  };
}

async function tidy(storage: Storage, log: Log): Promise<void> {
  log.info({ deleted: await storage.tidy(systemClock()) }, 'old rows were deleted');
}
