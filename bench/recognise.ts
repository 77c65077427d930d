import { readConfig } from '../src/config/index.ts';
import type { KnowledgeBase } from '../src/domain/index.ts';
import { createBaselines } from '../src/evaluate/index.ts';
import { loadKnowledge } from '../src/knowledge/index.ts';
import { type Distance, grow } from './grown-knowledge.ts';
import { printMemory } from './memory.ts';
import { ms, names, numbers, printMachine, printTable, whole } from './report.ts';
import { createWay, timeSteps } from './steps.ts';
import { messagesOf } from './texts.ts';
import { timeInTurns, type Work } from './timing.ts';

/** Lengths of a message, in characters: a question, an SMS, a long script. */
const LENGTHS = [20, 100, 400] as const;
/** Different messages per row. */
const MESSAGES = 2_000;
/** How often each message is measured for the times; for the growth it is once. */
const ROUNDS = 2;
/** Growth is shown for so many times as many frauds; a hundred times takes a minute to compile, hence one length. */
const GROWTH: readonly { readonly times: number; readonly distance: Distance; readonly lengths: readonly number[] }[] =
  [
    { times: 10, distance: 'far', lengths: LENGTHS },
    { times: 10, distance: 'near', lengths: LENGTHS },
    { times: 100, distance: 'far', lengths: [100] },
  ];
/** Messages for the simpler ways beside ours: Fuse.js takes seconds for each. */
const BASELINE_MESSAGES = 6;
const BASELINE_LENGTH = 100;

/** Always true: it throws when the knowledge does not load. */
export async function benchRecognise(): Promise<boolean> {
  printMachine();
  const config = readConfig(process.env);
  const base = await loadKnowledge(config.knowledgeDir);
  const learned = base.learned ? 'with' : 'without';
  console.log(`knowledge: version ${base.version}, ${base.frauds.length} frauds, ${learned} learned weights\n`);
  printSteps(base, config.county);
  printBaselines(base);
  for (const growth of GROWTH) printGrowth(base, config.county, growth);
  await printMemory();
  return true;
}

function printSteps(base: KnowledgeBase, county: string): void {
  const way = createWay(base, county);
  const rows = LENGTHS.flatMap((length) =>
    timeSteps([way], messagesOf(base, length, MESSAGES), ROUNDS).flatMap(({ name, summaries }) =>
      summaries.map(({ count, p50, p99, perSecond }) => [
        name,
        whole(length),
        whole(count),
        ms(p50),
        ms(p99),
        whole(perSecond),
      ]),
    ),
  );
  const headings = ['characters', 'measured', 'p50 ms', 'p99 ms', 'messages/s'];
  printTable('time per message, one core', [names('step'), ...headings.map(numbers)], rows);
}

/** What the copies' words are like, for the title of the table. */
const WORDS: Readonly<Record<Distance, string>> = {
  far: 'the new words are rarer than the old ones',
  near: 'the new words are made of equally common characters, the worst case',
};

/** The simpler ways of `fanzha eval --baselines`, each over the same few messages. */
function printBaselines(base: KnowledgeBase): void {
  const messages = messagesOf(base, BASELINE_LENGTH, BASELINE_MESSAGES);
  const works = createBaselines(base).map(
    ({ name, recognise }): Work =>
      (text, time) =>
        void time(name, () => recognise(text)),
  );
  const rows = timeInTurns(works, messages, 1).flatMap((pieces) =>
    [...pieces].map(([name, { count, p50, p99, perSecond }]) => [
      name,
      whole(count),
      ms(p50),
      ms(p99),
      whole(perSecond),
    ]),
  );
  const headings = ['measured', 'p50 ms', 'p99 ms', 'messages/s'];
  printTable(`simpler ways beside ours, ${BASELINE_LENGTH} characters`, [names('way'), ...headings.map(numbers)], rows);
}

/** The same messages against the knowledge and against several times as much. */
function printGrowth(base: KnowledgeBase, county: string, { times, distance, lengths }: (typeof GROWTH)[number]): void {
  const [small, large] = [createWay(base, county), createWay(grow(base, times, distance), county)];
  const rows = lengths.flatMap((length) => {
    const timed = timeSteps([small, large], messagesOf(base, length, MESSAGES), 1);
    return timed.map(({ name, summaries: [one, other] }) => {
      if (!one || !other) throw new Error('a step was not measured');
      return [
        name,
        whole(length),
        whole(one.count),
        ms(one.p50),
        ms(other.p50),
        (other.p50 / one.p50).toFixed(2),
        (other.mean / one.mean).toFixed(2),
      ];
    });
  });
  const [before, after] = [small, large].map(
    ({ size }) => `${whole(size.phrases)} phrases and ${whole(size.words)} words`,
  );
  const headings = ['characters', 'measured each', 'x1 p50 ms', `x${times} p50 ms`, 'ratio p50', 'ratio mean'];
  printTable(
    `growth with the knowledge, frauds x${times}: ${before} become ${after}; ${WORDS[distance]}`,
    [names('step'), ...headings.map(numbers)],
    rows,
  );
}
