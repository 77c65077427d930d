import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { ANSWERS_ABOUT_FRAUD, createBroadcaster, createCampaign } from './campaign/index.ts';
import { LOCAL, type LocalChannel, openLocalChannel, type SignIn } from './channels/wechaty/index.ts';
import type { Config } from './config/index.ts';
import { type Conversation, createMind, type Mind } from './conversation/index.ts';
import { createExchange } from './exchange.ts';
import { loadKnowledge, watchKnowledge } from './knowledge/index.ts';
import { HOUR, SECOND, systemClock } from './lib/clock.ts';
import { every } from './lib/every.ts';
import type { Log } from './lib/log.ts';
import { createTranscript, type OutgoingChannel, type Transcript } from './outbox/index.ts';
import { openStorage, type Storage } from './storage/index.ts';

/** The talk without a page around it: knowledge, storage, conversation, outbox and channels. */
export interface Talk {
  readonly mind: () => Mind;
  readonly local: LocalChannel;
  readonly transcript: Transcript;
  readonly storage: Storage;
  /** Besides the local one. */
  readonly channels: readonly OpenChannel[];
  stop(): Promise<void>;
}

/** What a channel is built from. */
export interface House {
  readonly config: Config;
  readonly log: Log;
  readonly mind: () => Mind;
  readonly conversation: Conversation;
  readonly storage: Storage;
}

/** A channel that is open. */
export interface OpenChannel {
  /** Its name, and how long replies are left to requests that carry them back; absent where none do. */
  readonly source?: string;
  readonly holdMs?: number;
  /** There may be something to say to this talker. */
  nudge?(talker: string): void;
  /** Where the outbox sends what is for it; absent where every answer leaves in another way. */
  readonly outgoing?: OutgoingChannel;
  /** Its addresses on the public listener. */
  route?(server: FastifyInstance): Promise<void>;
  /** Somebody has to log in to it, and to see how that stands. */
  readonly signIn?: SignIn;
  stop(): Promise<void>;
}

export type Opener = (house: House) => Promise<OpenChannel>;

/** With PostgreSQL a reply may have been said by another process; open pages look for it this often. Milliseconds. */
const LOOK_FOR_REPLIES_EVERY = 500;

/** A broadcast begins at most this much after its minute. */
const LOOK_FOR_BROADCASTS_EVERY = 5 * SECOND;

/** Builds the rooms and hands them to each other. Stops in reverse order. */
export async function openTalk(config: Config, log: Log, openers: readonly Opener[] = []): Promise<Talk> {
  let mind = createMind(
    await loadKnowledge(config.knowledgeDir, config.campaign),
    config.county,
    config.campaign.entry,
  );
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

  const settings = { ...config.campaign, county: config.county };
  const channels: OpenChannel[] = [];
  const exchange = createExchange({
    mind: () => mind,
    storage,
    errands: createCampaign({ mind: () => mind, settings, now: systemClock }),
    now: systemClock,
    log,
    limits: config.limits,
    joinWithin: config.joinWithin,
    onToSay(source, talker) {
      for (const channel of channels) if (channel.source === source) channel.nudge?.(talker);
    },
    holdFor: (source) => channels.find((channel) => channel.source === source)?.holdMs ?? 0,
    pump: { owner: randomUUID(), onSent: transcript.said },
  });
  const { conversation } = exchange;
  let local: LocalChannel | undefined;
  const closeChannels = async (): Promise<void> => {
    for (const channel of channels.splice(0).reverse()) await channel.stop();
    await local?.stop();
  };
  const house: House = { config, log, mind: () => mind, conversation, storage };
  try {
    local = await openLocalChannel({ conversation, log, welcome: () => mind.say('greeting') });
    for (const open of openers) channels.push(await open(house));
  } catch (error) {
    await closeChannels();
    await storage.close();
    throw error;
  }
  exchange.begin([local.outgoing, ...channels.flatMap((channel) => channel.outgoing ?? [])]);
  const broadcaster = createBroadcaster({
    store: storage.campaign,
    mind: () => mind,
    settings,
    now: systemClock,
    log,
    asked: (from, to) => askedBetween(storage, from, to),
    onToSay: exchange.nudge,
  });
  const broadcasting = every(LOOK_FOR_BROADCASTS_EVERY, 'broadcasts could not be queued', broadcaster.look, log);
  const tidying = every(HOUR, 'old rows could not be deleted', () => tidy(storage, log), log);
  const unwatch = watchKnowledge(
    config.knowledgeDir,
    (base) => {
      mind = createMind(base, config.county, config.campaign.entry);
      log.info({ knowledge: base.version }, 'the knowledge base was changed and is in use');
    },
    (error) =>
      log.error(
        { reason: error instanceof Error ? error.message : String(error) },
        'the changed knowledge base has faults; the former one stays in use',
      ),
    config.campaign,
  );
  return {
    mind: () => mind,
    local,
    transcript,
    storage,
    channels,
    async stop() {
      unwatch();
      await broadcasting.stop();
      await tidying.stop();
      await exchange.stop(closeChannels);
      transcript.stop();
      await storage.close();
    },
  };
}

async function tidy(storage: Storage, log: Log): Promise<void> {
  log.info({ deleted: await storage.tidy(systemClock()) }, 'old rows were deleted');
}

/** How often each knowledge file was the answer. */
async function askedBetween(storage: Storage, from: string, to: string): Promise<ReadonlyMap<string, number>> {
  const asked = new Map<string, number>();
  for (const { kind, entry, count } of await storage.office.counts(from, to))
    if (ANSWERS_ABOUT_FRAUD.has(kind)) asked.set(entry, (asked.get(entry) ?? 0) + count);
  return asked;
}
