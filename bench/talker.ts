import { Agent, request } from 'node:http';
import { readStream } from '../tests/web/read-stream.ts';

/** What became of one POST. */
export interface Sent {
  /** When it was begun, on the clock of `performance.now()`, milliseconds. */
  readonly started: number;
  readonly status: number;
  /** The message's id; absent when it was refused. */
  readonly id: string | undefined;
}

/** One resident of the talk benchmark: a page with an open stream that sends messages. */
export interface Talker {
  send(text: string): Promise<Sent>;
  /** When the reply to a message id came on the stream, on the clock of `performance.now()`, milliseconds. */
  replyAt(id: string): number | undefined;
  close(): Promise<void>;
}

/**
 * Opens talker `number` (0 to 49,999). Each sends from a loopback address of his own, since the program counts requests by
 * address and all residents from one address would be refused as a flood. Linux has all of 127.0.0.0/8; elsewhere such
 * an address must be added first.
 */
export async function openTalker(url: string, number: number): Promise<Talker> {
  const talker = `bench-talker-${String(number).padStart(3, '0')}`;
  const agent = new Agent({ keepAlive: true, localAddress: `127.0.${Math.floor(number / 200)}.${(number % 200) + 2}` });
  const replies = new Map<string, number>();
  const stream = await readStream(`${url}/chat/stream?talker=${talker}`);
  let closed = false;

  const listen = async (): Promise<void> => {
    for (;;) {
      const event = await stream.next();
      const at = performance.now();
      if (event.event === 'reply') for (const id of event.data.replyTo) if (!replies.has(id)) replies.set(id, at);
    }
  };
  const listening = listen().catch((error: unknown) => {
    if (!closed) throw error;
  });

  return {
    send: (text) => post(`${url}/chat/messages`, JSON.stringify({ talker, text }), agent),
    replyAt: (id) => replies.get(id),
    async close() {
      closed = true;
      await stream.close();
      await listening;
      agent.destroy();
    },
  };
}

/** Over node:http, as `fetch` cannot choose the address it sends from. */
function post(url: string, body: string, agent: Agent): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sending = request(url, { method: 'POST', agent, headers }, (answer) => {
      let read = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => (read += chunk));
      answer.on('end', () => resolve({ started, status: answer.statusCode ?? 0, id: idIn(read) }));
      answer.on('error', reject);
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

function idIn(answer: string): string | undefined {
  const read: unknown = JSON.parse(answer);
  const id = typeof read === 'object' && read !== null && 'id' in read ? read.id : undefined;
  return typeof id === 'string' ? id : undefined;
}
