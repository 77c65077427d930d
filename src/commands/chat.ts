import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Config } from '../config/index.ts';
import { createLog } from '../lib/log.ts';
import { openTalk } from '../talk.ts';

const TALKER = 'terminal-resident';
/** Half a sentence waits three seconds for the rest. */
const GIVE_UP_MS = 8_000;

/** The same talk in the terminal: a line is a message, the reply follows below. Nothing of it is kept afterwards. */
export async function chat(config: Config): Promise<void> {
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const stateDir = await mkdtemp(join(tmpdir(), 'fanzha-chat-'));
  const talk = await openTalk({ ...config, stateDir, databaseUrl: undefined }, log);
  const lines = createInterface({
    input: process.stdin,
    output: process.stdout,
    prompt: '你：',
    terminal: process.stdin.isTTY === true,
  });
  const answered = waitingRoom();
  let shown = 0;
  let showing = Promise.resolve();
  const show = async (): Promise<void> => {
    for (const said of await talk.transcript.since(TALKER, shown)) {
      shown = said.sequence;
      console.log(`\n${indent(said.text)}\n`);
      for (const id of said.replyTo) answered.arrived(id);
      if (process.stdin.isTTY) lines.prompt();
    }
  };
  talk.transcript.listen(TALKER, () => {
    showing = showing.then(show);
  });

  console.log(`${talk.mind().say('page-greeting')}\n（一行一句，回车发送；输入 退出 结束）\n`);
  lines.prompt();
  for await (const line of lines) {
    if (line.trim() === '退出') break;
    if (line.trim() === '') lines.prompt();
    else {
      const taken = await talk.local.receive(TALKER, line);
      if (taken !== 'busy') await answered.wait(taken.id);
    }
  }
  lines.close();
  await talk.stop();
  await rm(stateDir, { recursive: true, force: true });
  process.exit(0);
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line, i) => (i === 0 ? `助手：${line}` : `      ${line}`))
    .join('\n');
}

/** Holds the next line back until the message before it was answered, so that talk and answers stay in order. */
function waitingRoom() {
  const early = new Set<string>();
  const waiting = new Map<string, () => void>();
  return {
    arrived(id: string): void {
      const go = waiting.get(id);
      if (go) go();
      else early.add(id);
    },
    wait(id: string): Promise<void> {
      if (early.delete(id)) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, GIVE_UP_MS);
        waiting.set(id, () => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve();
        });
      });
    },
  };
}
