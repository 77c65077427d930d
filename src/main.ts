import { openersOf, type StartOptions } from './channels.ts';
import type { Config } from './config/index.ts';
import { imprintOf } from './imprint.ts';
import { systemClock } from './lib/clock.ts';
import { createLog, type Log } from './lib/log.ts';
import { returnMemory } from './lib/return-memory.ts';
import type { HandbookBase } from './pictures/index.ts';
import { openPrintShop } from './print-shop.ts';
import { soundForResidents } from './sound/index.ts';
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
  routeDownloads,
  routeHealth,
  routeOffice,
  routePage,
  routeSignIn,
  samplesFrom,
  shelvesOf,
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
  const printShop = openPrintShop();
  routeDownloads(server, {
    base: () => talk.mind().base,
    picture: (fraud, format) => printShop.print({ kind: 'picture', fraud, format, imprint: imprintOf(config) }),
    handbook: () =>
      printShop.print({ kind: 'handbook', base: forHandbook(talk.mind().base), imprint: imprintOf(config) }),
    sound: (fraud) => soundForResidents(fraud, config.knowledgeDir, (fault) => log.warn(fault.message)),
    log,
  });
  await routePage(server);
  const admin = await createAdmin(log);
  let port = config.publicPort;
  await routeOffice(admin, {
    county: config.county,
    now: systemClock,
    log,
    campaign: talk.storage.campaign,
    counts: (from, to) => talk.storage.office.counts(from, to),
    knowledge: () => talk.mind().base,
    rollCall: config.campaign.rollCall,
    scope: { units: config.campaign.units, tools: config.campaign.jinzhongzhao ? ['app', 'jinzhongzhao'] : ['app'] },
    shelves: () => shelvesOf(config.campaign.publicUrl ?? urlOf(config.host, port), talk.mind().base.frauds),
    signIns: talk.channels.flatMap(({ signIn }) => (signIn ? [{ label: signIn.title, href: `/${signIn.name}` }] : [])),
  });
  for (const { signIn } of talk.channels) if (signIn) routeSignIn(admin, `/${signIn.name}`, signIn.title, signIn.state);
  port = await listen(server, config.host, config.publicPort, 'FANZHA_PUBLIC_PORT');
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
    url: `${urlOf(config.host, port)}/`,
    adminUrl: `http://${ADMIN_HOST}:${adminPort}/`,
    log,
    async stop() {
      listening = false;
      await close(admin);
      await close(server);
      printShop.stop();
      await talk.stop();
      log.info('stopped');
    },
  };
}

/** How this machine reaches a listener of its own. */
function urlOf(host: string, port: number): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  return `http://${everywhere ? ADMIN_HOST : host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** What the handbook is made of, and no more: it travels to another process. */
function forHandbook({ frauds, firstAid, contacts, quiz, wording }: HandbookBase): HandbookBase {
  return { frauds, firstAid, contacts, quiz, wording };
}
