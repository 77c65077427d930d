import { OperatorFault } from '../src/domain/index.ts';

/** One benchmark: what it tells, how long it takes about, and the way to run it. True: everything was as it must be. */
interface Bench {
  readonly what: string;
  /** About how long it runs, for the usage. */
  readonly takes: string;
  readonly run: () => Promise<boolean>;
}

/** Each is loaded only when it is run, so that one does not weigh on the figures of another. */
const BENCHES: Readonly<Record<string, Bench>> = {
  recognise: {
    what: 'time per message by length and step, growth with the knowledge, memory of one loaded mind',
    takes: '7 minutes',
    run: async () => (await import('./recognise.ts')).benchRecognise(),
  },
  talk: {
    what: 'the real program under 500 talkers: time from a message to its reply, lost replies',
    takes: '30 seconds',
    run: async () => (await import('./talk.ts')).benchTalk(),
  },
  outbox: {
    what: 'the whole way of a message with its reply kept on disk: SQLite at 1,000/s and at its limit, PostgreSQL with one and two processes',
    takes: '4 minutes',
    run: async () => (await import('./outbox.ts')).benchOutbox(),
  },
  scale: {
    what: 'a million known talkers on SQLite: size, one message among them, a generated day, the peaks of a city up to a country',
    takes: '2 minutes',
    run: async () => (await import('./scale.ts')).benchScale(),
  },
  broadcast: {
    what: 'the real program sends a weekly tip to 10,000 subscribers: time to queue it, pace, answers to residents meanwhile',
    takes: '2 minutes',
    run: async () => (await import('./broadcast.ts')).benchBroadcast(),
  },
  pictures: {
    what: 'every fraud in every printed format: time for one picture, for all, the biggest file',
    takes: '1 minute',
    run: async () => (await import('./pictures.ts')).benchPictures(),
  },
  handbook: {
    what: 'the handbook of all frauds: time, size, pages',
    takes: '15 seconds',
    run: async () => (await import('./handbook.ts')).benchHandbook(),
  },
  webhook: {
    what: 'the official account: the real program on SQLite under 500 encrypted messages/s, time to the answer, errors',
    takes: '40 seconds',
    run: async () => (await import('./webhook.ts')).benchWebhook(),
  },
  startup: {
    what: 'the real program, five times: time until it is ready, memory when idle',
    takes: '45 seconds',
    run: async () => (await import('./startup.ts')).benchStartup(),
  },
};

/** Exit codes: 0 measured (or only the usage was asked for), 1 measured or started with a failure, 2 no such name. */
const FAILED = 1;
const NO_SUCH_NAME = 2;

function usage(): string {
  const names = Object.entries(BENCHES);
  const width = Math.max(...names.map(([name]) => name.length));
  return [
    'Usage: npm run bench -- <name>',
    '',
    ...names.map(([name, { what, takes }]) => `  ${name.padEnd(width)}  ${what} (about ${takes})`),
    '',
    'FANZHA_KNOWLEDGE_DIR names another knowledge base than the own one. See bench/README.md.',
  ].join('\n');
}

/** An operator's faults in the plain English of this command; their cures are the business of `check`. */
function plainly(error: OperatorFault): string {
  const { length } = error.faults;
  return [
    `Nothing was measured: ${length} ${length === 1 ? 'fault' : 'faults'} in the knowledge base or the settings.`,
    'First: npm run -s check:knowledge',
  ].join('\n');
}

async function main(name: string | undefined): Promise<number> {
  if (name === undefined) {
    console.log(usage());
    return 0;
  }
  const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
  if (!bench) {
    console.error(`There is no benchmark of this name.\n\n${usage()}`);
    return NO_SUCH_NAME;
  }
  try {
    return (await bench.run()) ? 0 : FAILED;
  } catch (error) {
    if (!(error instanceof OperatorFault)) throw error;
    console.error(plainly(error));
    return FAILED;
  }
}

process.exitCode = await main(process.argv[2]);
