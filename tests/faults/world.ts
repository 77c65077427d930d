import type { ChildProcess } from 'node:child_process';
import type { Incoming } from '../../src/domain/index.ts';
import type { FromWorker } from './worker.ts';

/** Each alone leads to a reply; the last one only after the wait for its neighbours. */
const TEXTS = [
  '刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户',
  '恭喜您中了一等奖20万元，请先交手续费2000元到指定账户才能领奖',
  '我已经转了五千了',
  '你好',
  '楼下老张种的黄瓜结了一大筐',
];
/** One message in so many is delivered twice, as WeChat does when it does not hear from us. */
const REPEATED = 5;

/** Everybody who writes to the bot: knows what was taken, and counts what was said to whom. */
export class World {
  readonly said = new Map<string, number>();
  readonly #waiting = new Map<string, Incoming>();
  readonly #taken = new Set<string>();
  #count = 0;

  /** Sends new messages to a worker, some of them twice. */
  write(worker: ChildProcess, messages: number): void {
    for (let i = 0; i < messages; i += 1) {
      this.#count += 1;
      const id = `m${this.#count}`;
      const text = TEXTS[this.#count % TEXTS.length] ?? '';
      const incoming: Incoming = {
        source: 'line',
        id,
        talker: `t${this.#count}`,
        mentioned: true,
        kind: 'text',
        text,
        at: Date.now(),
      };
      this.#waiting.set(id, incoming);
      deliver(worker, incoming);
      if (this.#count % REPEATED === 0) deliver(worker, incoming);
    }
  }

  /** Sends again what nobody confirmed, as every channel does. */
  repeat(worker: ChildProcess): void {
    for (const incoming of this.#waiting.values()) deliver(worker, incoming);
  }

  /** Everything a worker tells, also what was still in the pipe when it died. */
  listen(worker: ChildProcess): void {
    worker.on('message', (words: FromWorker) => {
      if (words.kind === 'taken') {
        this.#taken.add(words.id);
        this.#waiting.delete(words.id);
      }
      if (words.kind === 'said') for (const id of words.replyTo) this.said.set(id, (this.said.get(id) ?? 0) + 1);
    });
  }

  get taken(): number {
    return this.#taken.size;
  }

  get unconfirmed(): number {
    return this.#waiting.size;
  }

  /** Messages that were confirmed, and that nobody has answered. */
  get unanswered(): readonly string[] {
    return [...this.#taken].filter((id) => !this.said.has(id));
  }

  /** Replies beyond the first, over all messages. */
  get doubled(): number {
    return [...this.said.values()].reduce((sum, times) => sum + times - 1, 0);
  }
}

function deliver(worker: ChildProcess, incoming: Incoming): void {
  if (worker.connected) worker.send(incoming, () => {});
}
