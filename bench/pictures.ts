import { readConfig } from '../src/config/index.ts';
import { loadKnowledge } from '../src/knowledge/index.ts';
import { PICTURE_FORMATS, printPicture } from '../src/pictures/index.ts';
import { mib, ms, names, numbers, printMachine, printTable, whole } from './report.ts';
import { summarise } from './timing.ts';

/** What half of the pictures may take when the libraries are warm, milliseconds. Formats are told apart in the table. */
const MEDIAN_MS = 100;
/** What all together may take, milliseconds, and how large a file may be, bytes. */
const [ALL_MS, LARGEST] = [60_000, 400_000];

/**
 * Every fraud in every format, one after the other, as `poster --all` prints them. The processor's time stands beside the
 * clock's: rendering and packing use both cores in part. False when a promise is not kept.
 */
export async function benchPictures(): Promise<boolean> {
  printMachine();
  const config = readConfig(process.env);
  const { version, frauds } = await loadKnowledge(config.knowledgeDir, config.campaign);
  console.log(`knowledge: version ${version}, ${frauds.length} frauds`);
  const { county, campaign } = config;
  const imprint = {
    county,
    entry: campaign.entry,
    entryUrl: campaign.entryUrl ?? 'https://example.gov.cn/fanzha',
    date: '2026-11-24',
  };
  const [first] = frauds;
  if (!first) throw new Error('the knowledge has no frauds');
  const began = performance.now();
  await printPicture(first, 'card', imprint);
  console.log(`first picture, with loading the libraries and fonts: ${ms(performance.now() - began)} ms`);

  const started = performance.now();
  const rows: string[][] = [];
  const all: number[] = [];
  let kept = true;
  for (const format of PICTURE_FORMATS) {
    const [times, sizes]: [number[], number[]] = [[], []];
    const before = process.cpuUsage();
    for (const fraud of frauds) {
      const start = performance.now();
      const png = await printPicture(fraud, format, imprint);
      times.push(performance.now() - start);
      sizes.push(png.length);
    }
    const { user, system } = process.cpuUsage(before);
    const { count, p50, p99 } = summarise(times);
    const largest = Math.max(...sizes);
    all.push(...times);
    kept &&= largest <= LARGEST;
    rows.push([format, whole(count), ms(p50), ms(p99), ms((user + system) / 1_000 / count), whole(largest / 1024)]);
  }
  const total = performance.now() - started;
  const { p50 } = summarise(all);
  const headings = ['pictures', 'p50 ms', 'p99 ms', 'processor ms each', 'largest KiB'];
  printTable('\none picture, warm', [names('format'), ...headings.map(numbers)], rows);
  console.log(`all ${frauds.length * PICTURE_FORMATS.length}: ${ms(total / 1_000)} s`);
  console.log(`resident memory afterwards: ${mib(process.memoryUsage.rss())} MiB`);
  console.log(`p50 of all: ${ms(p50)} ms`);
  return kept && p50 < MEDIAN_MS && total < ALL_MS;
}
