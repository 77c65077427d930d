import { cpus } from 'node:os';
import { wechat4uNumbers } from '../channels/wechat4u/numbers.long.ts';
import { borrowServer, NO_POSTGRES } from '../storage/cluster.ts';
import { type Finding, flood } from './flood.ts';
import { crashAt, killRounds, POINTS } from './kills.ts';
import { soak } from './soak.ts';
import { openWorkshop, type Workshop } from './workers.ts';

const ROUNDS = 100;
const SEED = 1;

const wrong: string[] = [];

function judge(what: string, good: boolean): void {
  console.log(`${good ? 'ok    ' : 'FAILED'}  ${what}`);
  if (!good) wrong.push(what);
}

/** The series by name: `npm run faults -- postgres` runs only that one. */
const SERIES: Readonly<Record<string, () => Promise<void>>> = {
  sqlite: () => inWorkshop((workshop) => killAndCrash('SQLite', workshop, 1, async () => undefined)),
  postgres: onPostgres,
  flood: async () => judgeAll(await flood()),
  soak: async () => judgeAll(await soak()),
  wechat4u: async () => judgeAll(await wechat4uNumbers()),
};

async function onPostgres(): Promise<void> {
  if (NO_POSTGRES !== undefined) return judge(`PostgreSQL was not tried: ${NO_POSTGRES}`, false);
  const server = await borrowServer();
  try {
    await inWorkshop((workshop) => killAndCrash('PostgreSQL', workshop, 4, () => server.fresh()));
  } finally {
    await server.stop();
  }
}

async function inWorkshop(work: (workshop: Workshop) => Promise<void>): Promise<void> {
  const workshop = await openWorkshop();
  try {
    await work(workshop);
  } finally {
    await workshop.close();
  }
}

/** A hundred kills at random moments, then one end at each labelled point. `database`: a new one for each series. */
async function killAndCrash(
  engine: string,
  workshop: Workshop,
  processes: number,
  database: () => Promise<string | undefined>,
): Promise<void> {
  const progress = (): void => void process.stdout.write('.');
  const databaseUrl = await database();
  const report = await killRounds({ workshop, databaseUrl, processes, rounds: ROUNDS, seed: SEED, progress });
  console.log();
  judge(
    `kill -9, ${engine}, processes ${processes}: ${report.rounds} rounds, ${report.killed} kills, ${report.taken} taken, ` +
      `${report.lost} lost, ${report.refused} refused, ${report.doubled} doubled, ` +
      `slowest start ${Math.round(report.slowestStart)} ms`,
    report.lost === 0 && report.refused === 0 && report.doubled <= report.killed,
  );
  for (const point of POINTS) {
    const one = await crashAt(point, { workshop, databaseUrl: await database(), seed: SEED });
    judge(
      `${engine}, ended ${point}: ${one.reached ? 'reached' : 'NOT REACHED'}, ${one.taken} taken, ${one.lost} lost, ` +
        `${one.doubled} doubled`,
      one.reached && one.lost === 0 && one.doubled <= 1,
    );
  }
}

function judgeAll(findings: readonly Finding[]): void {
  for (const { what, good } of findings) judge(what, good);
}

/** Prints what every series came to. Exit code 1 when one of them is not as it must be, 2 when there is no such series. */
async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !Object.hasOwn(SERIES, name));
  if (unknown.length > 0) {
    console.error(`There is no series ${unknown.join(', ')}. There are: ${Object.keys(SERIES).join(', ')}.`);
    return 2;
  }
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const date = new Date().toISOString().slice(0, 10);
  console.log(`machine: ${model}, ${cpus().length} cores, node ${process.version}, ${date}; seed ${SEED}`);
  for (const [name, run] of Object.entries(SERIES)) if (names.length === 0 || names.includes(name)) await run();
  if (wrong.length > 0) console.error(`\n${wrong.length} of these are not as they must be.`);
  return wrong.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
