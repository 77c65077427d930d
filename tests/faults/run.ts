import { cpus } from 'node:os';
import { wechat4uNumbers } from '../channels/wechat4u/numbers.long.ts';
import { borrowServer, NO_POSTGRES } from '../storage/cluster.ts';
import { flood } from './flood.ts';
import { crashAt, type KillReport, killRounds, POINTS } from './kills.ts';
import { soak } from './soak.ts';
import { openWorkshop } from './workers.ts';

const ROUNDS = 100;
const SEED = 1;

/** Prints what every series of faults came to. Exit code 1 when one of them is not as it must be. */
async function main(): Promise<number> {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const date = new Date().toISOString().slice(0, 10);
  console.log(`machine: ${model}, ${cpus().length} cores, node ${process.version}, ${date}; seed ${SEED}`);
  const wrong: string[] = [];
  const judge = (what: string, good: boolean): void => {
    console.log(`${good ? 'ok    ' : 'FAILED'}  ${what}`);
    if (!good) wrong.push(what);
  };
  const workshop = await openWorkshop();
  try {
    const dot = (): void => void process.stdout.write('.');
    const told = (name: string, report: KillReport): void => {
      console.log();
      judge(
        `${name}: ${report.rounds} rounds, ${report.killed} kills, ${report.taken} taken, ${report.lost} lost, ` +
          `${report.doubled} doubled, slowest start ${Math.round(report.slowestStart)} ms`,
        report.lost === 0 && report.doubled <= report.killed,
      );
    };
    told('kill -9, SQLite', await killRounds({ workshop, processes: 1, rounds: ROUNDS, seed: SEED, progress: dot }));
    for (const point of POINTS) judgePoint('SQLite', await crashAt(point, { workshop, seed: SEED }));
    if (NO_POSTGRES !== undefined) judge(`PostgreSQL was not tried: ${NO_POSTGRES}`, false);
    else {
      const server = await borrowServer();
      try {
        const four = { workshop, databaseUrl: await server.fresh(), processes: 4, rounds: ROUNDS, seed: SEED };
        told('kill -9, PostgreSQL, 4 processes', await killRounds({ ...four, progress: dot }));
        for (const point of POINTS)
          judgePoint('PostgreSQL', await crashAt(point, { workshop, databaseUrl: await server.fresh(), seed: SEED }));
      } finally {
        await server.stop();
      }
    }
  } finally {
    await workshop.close();
  }
  for (const { what, good } of [...(await flood()), ...(await soak()), ...(await wechat4uNumbers())]) judge(what, good);
  if (wrong.length > 0) console.error(`\n${wrong.length} of these are not as they must be.`);
  return wrong.length === 0 ? 0 : 1;

  function judgePoint(engine: string, report: Awaited<ReturnType<typeof crashAt>>): void {
    judge(
      `${engine}, ended ${report.point}: ${report.reached ? 'reached' : 'NOT REACHED'}, ${report.taken} taken, ` +
        `${report.lost} lost, ${report.doubled} doubled`,
      report.reached && report.lost === 0 && report.doubled <= 1,
    );
  }
}

process.exitCode = await main();
