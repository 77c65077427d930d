import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../src/config/index.ts';
import { createMind, type Mind } from '../src/conversation/index.ts';
import { loadKnowledge } from '../src/knowledge/index.ts';
import { startProgram } from './program.ts';
import { ms, names, numbers, printMachine, printTable, whole } from './report.ts';
import { mixedMessagesOf } from './texts.ts';
import { summarise } from './timing.ts';
import type { Posted, Sending } from './webhook-sender.ts';

const PER_SECOND = 500;
const SECONDS = 20;
/** Sent before the measured ones, and slowly, so that what is compiled and opened once does not count. */
const WARM = 600;
const TEXTS = 3_000;
/** What is aimed at, for messages that are answered at once. Milliseconds. */
const P99 = 200;
const JOIN_MS = 3_000;
const ACCOUNT = { token: 'benchtoken', appId: 'wxbench', aesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' };

/** True when every message got a valid answer and those that need not wait got it in time. */
export async function benchWebhook(): Promise<boolean> {
  printMachine();
  const config = readConfig(process.env);
  const base = await loadKnowledge(config.knowledgeDir);
  const mind = createMind(base, config.county);
  const different = mixedMessagesOf(base, TEXTS);
  const waits = new Map(different.map((text) => [text, isHalfASentence(mind, text)]));
  const count = WARM + PER_SECOND * SECONDS;
  const texts = Array.from({ length: count }, (_, i) => different[i % different.length] ?? '');
  console.log(
    `load: ${PER_SECOND} encrypted and signed messages/s for ${SECONDS} s after ${WARM} slow ones, one process on SQLite`,
  );
  const program = await startProgram(
    {
      FANZHA_OA_TOKEN: ACCOUNT.token,
      FANZHA_OA_APP_ID: ACCOUNT.appId,
      FANZHA_OA_AES_KEY: ACCOUNT.aesKey,
      FANZHA_JOIN_MS: String(JOIN_MS),
      FANZHA_LOG_LEVEL: 'warn',
    },
    ['--channel', 'official-account'],
  );
  try {
    const posted = await sendFromElsewhere({
      url: `${program.url}/wechat/official-account`,
      texts,
      perSecond: PER_SECOND,
      slowly: WARM,
      ...ACCOUNT,
    });
    const measured = posted.map((one, i) => ({ ...one, waits: waits.get(texts[i] ?? '') === true }));
    return printPosted(measured.slice(WARM));
  } finally {
    await program.stop();
  }
}

/** Nothing is found in it alone, so that it waits for its neighbours by design. */
function isHalfASentence(mind: Mind, text: string): boolean {
  const { verdict } = mind.understand(text);
  const guessed = 'guessed' in verdict && verdict.guessed === true;
  return guessed || verdict.kind === 'not-recognised' || verdict.kind === 'unreadable';
}

/** The sender encrypts and signs, which must not take the time of what is measured. */
function sendFromElsewhere(sending: Sending): Promise<readonly Posted[]> {
  const child = fork(fileURLToPath(new URL('webhook-sender.ts', import.meta.url)), ['sender'], {
    execArgv: ['--import', 'tsx'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the sender ended with ${code}`)));
    child.on('message', (message) => {
      if (message === 'ready') child.send(sending);
      else resolve(message as readonly Posted[]);
    });
  });
}

const HEADINGS = ['sent', 'p50 ms', 'p99 ms', 'longest ms', 'replies', 'success', 'errors'];

function printPosted(posted: readonly (Posted & { readonly waits: boolean })[]): boolean {
  const row = (name: string, some: readonly Posted[], less = 0): readonly string[] => {
    const { p50, p99, most } = summarise(some.map((one) => one.ms - less));
    const got = (kind: Posted['got']): string => whole(some.filter((one) => one.got === kind).length);
    return [name, whole(some.length), ms(p50), ms(p99), ms(most), got('reply'), got('success'), got('error')];
  };
  const atOnce = posted.filter((one) => !one.waits);
  printTable(
    '\nfrom the time a message was due to the end of its answer',
    [names('messages'), ...HEADINGS.map(numbers)],
    [
      row('answered at once', atOnce),
      row(
        `half a sentence, beyond its ${JOIN_MS / 1_000} s`,
        posted.filter((one) => one.waits),
        JOIN_MS,
      ),
    ],
  );
  const { p99 } = summarise(atOnce.map((one) => one.ms));
  const errors = posted.filter((one) => one.got === 'error').length;
  const reached = p99 < P99 && errors === 0;
  console.log(
    `${reached ? 'reached' : 'NOT REACHED'}: ${PER_SECOND}/s with p99 < ${P99} ms and no errors; it is ${ms(p99)} ms and ${whole(errors)}`,
  );
  return reached;
}
