import { readConfig } from '../src/config/index.ts';
import { loadKnowledge } from '../src/knowledge/index.ts';
import { printHandbook } from '../src/pictures/index.ts';
import { ms, names, numbers, printMachine, printTable, whole } from './report.ts';

const PRINTS = 5;
/** What a first print may take, milliseconds, and how large the file may be, bytes. */
const [LONGEST, LARGEST] = [3_000, 2 * 1024 * 1024];

/** The first print opens the fonts and loads the packages, as the command does. False when it is too slow or the file too large. */
export async function benchHandbook(): Promise<boolean> {
  printMachine();
  const config = readConfig(process.env);
  const base = await loadKnowledge(config.knowledgeDir, config.campaign);
  console.log(`knowledge: version ${base.version}, ${base.frauds.length} frauds, ${base.quiz.length} questions`);
  const { county, campaign } = config;
  const prints: { readonly took: number; readonly size: number; readonly pages: number }[] = [];
  for (let i = 0; i < PRINTS; i += 1) {
    const started = performance.now();
    const file = await printHandbook(base, { ...campaign, county, date: '2026-11-24' });
    const took = performance.now() - started;
    const pages = file.toString('latin1').match(/\/Type \/Page\n/g)?.length ?? 0;
    prints.push({ took, size: file.length, pages });
  }
  printTable(
    `\nthe handbook, printed ${PRINTS} times in one process`,
    [names('print'), numbers('ms'), numbers('KiB'), numbers('pages')],
    prints.map(({ took, size, pages }, i) => [
      i === 0 ? 'first' : String(i + 1),
      ms(took),
      whole(size / 1024),
      whole(pages),
    ]),
  );
  return (prints[0]?.took ?? 0) <= LONGEST && prints.every(({ size }) => size <= LARGEST);
}
