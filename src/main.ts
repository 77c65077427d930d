import { openersOf, type StartOptions } from './channels.ts';
import type { Config } from './config.ts';
import { createLog, type Log } from './lib/log.ts';
import { returnMemory } from './lib/return-memory.ts';
import { StorageFault } from './storage/index.ts';
import { openTalk, type Talk } from './talk.ts';
import {
  ADMIN_HOST,
  close,
  createAdmin,
  createServer,
  listen,
  routeAsk,
  routeChat,
  routeHealth,
  routePage,
  routeSignIn,
  samplesFrom,
} from './web/index.ts';

/** The running bot. */
export interface Program {
  readonly url: string;
  /** For the operator, on this machine only. */
  readonly adminUrl: string;
  readonly log: Log;
  stop(): Promise<void>;
}

const LOCAL_ONLY: StartOptions = { channels: [], acceptBanRisk: false };

/** Puts the pages in front of the talk. Stops in reverse order. Throws an OperatorFault when it cannot start. */
export async function start(
  config: Config,
  log: Log = createLog(config.logLevel),
  options: StartOptions = LOCAL_ONLY,
): Promise<Program> {
  const talk = await openTalk(config, log, openersOf(options));
  try {
    return await serve(talk, config, log);
  } catch (error) {
    await talk.stop();
    throw error;
  }
}

async function serve(talk: Talk, config: Config, log: Log): Promise<Program> {
  const say = (key: string) => (): string => talk.mind().say(key);
  let listening = false;
  const server = await createServer(log, config.trustProxy);
  routeHealth(server, async () => {
    const why = await talk.storage.check().then(
      () => undefined,
      (error: unknown) => `storage: ${error instanceof StorageFault ? error.code : 'fault'}`,
    );
    return { ready: listening && why === undefined, knowledge: talk.mind().base.version, ...(why && { why }) };
  });
  routeAsk(server, talk.mind);
  routeChat(server, {
    transcript: talk.transcript,
    receive: talk.local.receive,
    log,
    samples: () => samplesFrom(talk.mind()),
    about: () => ({ name: talk.mind().say('name'), county: config.county, greeting: talk.mind().say('page-greeting') }),
    tooLong: say('page-too-long'),
    empty: say('page-empty'),
    busy: say('busy'),
    notKept: say('not-kept'),
  });
  for (const channel of talk.channels) await channel.route?.(server);
  await routePage(server);
  const admin = await createAdmin(log);
  for (const { signIn } of talk.channels) if (signIn) routeSignIn(admin, `/${signIn.name}`, signIn.title, signIn.state);
  const port = await listen(server, config.host, config.publicPort, 'FANZHA_PUBLIC_PORT');
  const adminPort = await listen(admin, ADMIN_HOST, config.adminPort, 'FANZHA_ADMIN_PORT').catch(
    async (error: unknown) => {
      await close(server);
      throw error;
    },
  );
  listening = true;
  returnMemory();

  log.info({ port, knowledge: talk.mind().base.version, storage: talk.storage.engine }, 'ready');
  return {
    url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}/`,
    adminUrl: `http://${ADMIN_HOST}:${adminPort}/`,
    log,
    async stop() {
      listening = false;
      await close(admin);
      await close(server);
      await talk.stop();
      log.info('stopped');
    },
  };
}
