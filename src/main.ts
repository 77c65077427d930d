import { type LocalChannel, openLocalChannel } from './channels/wechaty/index.ts';
import type { Config } from './config.ts';
import { createConversation, createMind, createTranscript, type Mind } from './conversation/index.ts';
import { loadKnowledge, watchKnowledge } from './knowledge/index.ts';
import { systemClock } from './lib/clock.ts';
import { createLog, type Log } from './lib/log.ts';
import { returnMemory } from './lib/return-memory.ts';
import { close, createServer, listen, routeAsk, routeChat, routeHealth, routePage, samplesFrom } from './web/index.ts';

/** The running bot. */
export interface Program {
  readonly url: string;
  readonly log: Log;
  stop(): Promise<void>;
}

/** Builds the rooms and hands them to each other. Stops in reverse order. Throws an OperatorFault when it cannot start. */
export async function start(config: Config, log: Log = createLog(config.logLevel)): Promise<Program> {
  const talk = await openTalk(config, log);
  let ready = false;

  const server = await createServer(log);
  routeHealth(server, () => ({ ready, knowledge: talk.mind().base.version }));
  routeAsk(server, talk.mind);
  routeChat(server, {
    transcript: talk.transcript,
    receive: talk.channel.receive,
    samples: () => samplesFrom(talk.mind()),
    about: () => ({ name: talk.mind().say('name'), county: config.county, greeting: talk.mind().say('page-greeting') }),
    tooLong: () => talk.mind().say('page-too-long'),
    empty: () => talk.mind().say('page-empty'),
  });
  await routePage(server);
  const port = await listen(server, config.host, config.publicPort, 'FANZHA_PUBLIC_PORT').catch(
    async (error: unknown) => {
      await talk.stop();
      throw error;
    },
  );
  ready = true;
  returnMemory();

  const url = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}/`;
  log.info({ port, knowledge: talk.mind().base.version }, 'ready');
  return {
    url,
    log,
    async stop() {
      ready = false;
      await close(server);
      await talk.stop();
      log.info('stopped');
    },
  };
}

/** The talk without a page around it: knowledge, conversation and the local channel. The terminal uses just this. */
export interface Talk {
  readonly mind: () => Mind;
  readonly channel: LocalChannel;
  readonly transcript: ReturnType<typeof createTranscript>;
  stop(): Promise<void>;
}

export async function openTalk(config: Config, log: Log): Promise<Talk> {
  let mind = createMind(await loadKnowledge(config.knowledgeDir), config.county);
  const transcript = createTranscript(systemClock);
  const conversation = createConversation(
    () => mind,
    systemClock,
    (talker) => transcript.forget(talker),
  );
  const channel = await openLocalChannel({
    conversation,
    transcript,
    now: systemClock,
    log,
    welcome: () => mind.say('greeting'),
    failed: () => mind.say('failed'),
  });
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
    channel,
    transcript,
    async stop() {
      unwatch();
      await channel.stop();
    },
  };
}
