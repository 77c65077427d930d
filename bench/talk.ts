import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../src/config/index.ts';
import { createMind } from '../src/conversation/index.ts';
import { loadKnowledge } from '../src/knowledge/index.ts';
import { startProgram } from './program.ts';
import { ms, names, numbers, printMachine, printTable, whole } from './report.ts';
import { openTalker, type Sent, type Talker } from './talker.ts';
import { mixedMessagesOf } from './texts.ts';
import { summarise } from './timing.ts';

/** So many that nobody writes twice within the seconds in which two messages are one story. */
const TALKERS = 500;
/** Messages a second, all talkers together, and for how many seconds. */
const PER_SECOND = 50;
const SECONDS = 20;
const MESSAGES = PER_SECOND * SECONDS;
/** The first seconds of a program that has just started; the second row leaves them out. */
const COLD_SECONDS = 2;
/** How long is waited for replies after the last message. */
const REPLY_WITHIN_MS = 5_000;

/** One message: when it was to be sent and was sent, and when its reply came. All on the clock of `performance.now()`. */
interface Exchange {
  readonly talker: Talker;
  readonly due: number;
  readonly sent: Sent;
}

/** True when every message was answered. */
export async function benchTalk(): Promise<boolean> {
  printMachine();
  const base = await loadKnowledge(readConfig(process.env).knowledgeDir);
  // Half a sentence would wait three seconds for the rest, and only measure that wait.
  const mind = createMind(base, '西平县');
  const texts = mixedMessagesOf(base, 3 * MESSAGES)
    .filter((text) => mind.understand(text).verdict.kind === 'warning')
    .slice(0, MESSAGES);
  console.log(`knowledge: version ${base.version}, ${base.frauds.length} frauds`);
  console.log(
    `load: ${TALKERS} talkers, ${PER_SECOND} messages/s for ${SECONDS} s, ${new Set(texts).size} different texts`,
  );
  const program = await startProgram();
  try {
    const talkers = await Promise.all(Array.from({ length: TALKERS }, (_, i) => openTalker(program.url, i)));
    const exchanges = await sendEvenly(talkers, texts);
    await waitForReplies(exchanges);
    await Promise.all(talkers.map((talker) => talker.close()));
    return printExchanges(exchanges);
  } finally {
    await program.stop();
  }
}

/** Sends message `i` at its time whether or not earlier ones were answered, the talkers in turn. */
async function sendEvenly(talkers: readonly Talker[], texts: readonly string[]): Promise<readonly Exchange[]> {
  const begin = performance.now();
  const sending: Promise<Exchange>[] = [];
  for (const [i, text] of texts.entries()) {
    const due = begin + (i * 1_000) / PER_SECOND;
    const wait = due - performance.now();
    if (wait > 0) await pause(wait);
    const talker = talkers[i % talkers.length];
    if (talker) sending.push(talker.send(text).then((sent) => ({ talker, due, sent })));
  }
  return Promise.all(sending);
}

async function waitForReplies(exchanges: readonly Exchange[]): Promise<void> {
  const until = performance.now() + REPLY_WITHIN_MS;
  while (performance.now() < until && exchanges.some((one) => delayOf(one) === undefined)) await pause(50);
}

/** Milliseconds from the start of the POST to the reply on the stream; undefined while there is none. */
function delayOf({ talker, sent }: Exchange): number | undefined {
  const at = sent.id === undefined ? undefined : talker.replyAt(sent.id);
  return at === undefined ? undefined : at - sent.started;
}

const HEADINGS = ['sent', 'p50 ms', 'p95 ms', 'p99 ms', 'longest ms', 'refused', 'lost replies'];

/** A message that was refused has no reply either, hence counts as lost. True when none is lost. */
function printExchanges(exchanges: readonly Exchange[]): boolean {
  const row = (name: string, some: readonly Exchange[]): readonly string[] => {
    const delays = some.flatMap((one) => delayOf(one) ?? []);
    const { p50, p95, p99, most } = summarise(delays);
    const refused = some.filter((one) => one.sent.status !== 202).length;
    const lost = some.length - delays.length;
    return [name, whole(some.length), ms(p50), ms(p95), ms(p99), ms(most), whole(refused), whole(lost)];
  };
  const warm = exchanges.slice(COLD_SECONDS * PER_SECOND);
  printTable(
    '\nfrom the start of the POST to the reply on the stream',
    [names('messages'), ...HEADINGS.map(numbers)],
    [row(`all ${SECONDS} s`, exchanges), row(`without the first ${COLD_SECONDS} s`, warm)],
  );
  const late = summarise(exchanges.map(({ due, sent }) => sent.started - due));
  console.log(`sent behind time: p99 ${ms(late.p99)} ms, most ${ms(late.most)} ms (the sender, not the program)`);
  const lost = exchanges.filter((one) => delayOf(one) === undefined).length;
  if (lost > 0) console.error(`FAILED: ${lost} replies were lost; there must be none.`);
  return lost === 0;
}
