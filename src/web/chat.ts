import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Clock, systemClock } from '../lib/clock.ts';
import { createLanes } from '../lib/lanes.ts';
import type { Log } from '../lib/log.ts';
import { createOutage } from '../lib/outage.ts';
import type { Said, Transcript } from '../outbox/index.ts';
import { textOf } from './ask.ts';

/** What the chat page needs of the local channel. */
export interface ChatNeeds {
  readonly transcript: Transcript;
  /** Resolves when the message is kept; rejects when it could not be. */
  receive(talker: string, text: string, ownName?: string): Promise<{ readonly id: string } | 'busy'>;
  readonly log: Log;
  readonly now?: Clock;
  samples(): readonly { readonly label: string; readonly text: string }[];
  about(): { readonly name: string; readonly county: string; readonly greeting: string };
  tooLong(): string;
  empty(): string;
  /** More people ask than can be answered. */
  busy(): string;
  /** The message could not be kept; sending it again later will do. */
  notKept(): string;
}

/** The page makes 128 random bits; other programs may choose their own name for a talker. */
const TALKER = /^[A-Za-z0-9_-]{8,64}$/;
/** A page names its messages, so that sending one again is harmless. */
const MESSAGE_ID = /^[A-Za-z0-9_-]{16,64}$/;
const LONGEST_MESSAGE = 5_000;
const HEARTBEAT_MS = 15_000;
const RECONNECT_MS = 1_500;

const OUTAGE = {
  began: '居民的话收不下，已请他过一会儿再发',
  lasts: '居民的话还是收不下',
  ended: '又能收居民的话了',
};

export function routeChat(server: FastifyInstance, needs: ChatNeeds): void {
  const outage = createOutage(needs.log, OUTAGE, needs.now ?? systemClock);
  server.get('/chat/samples', () => needs.samples());
  server.get('/chat/about', () => needs.about());

  server.post('/chat/messages', async (request, answer) => {
    const talker = talkerOf(request.body);
    const text = textOf(request.body);
    if (talker === undefined) return answer.status(400).send({ error: 'talker 要是 8 到 64 个字母或数字' });
    if (text === undefined) return answer.status(400).send({ error: '要写成 {"talker": "…", "text": "收到的话"}' });
    if ([...text].length > LONGEST_MESSAGE) return answer.status(413).send({ error: needs.tooLong() });
    if (text.trim() === '') return answer.status(400).send({ error: needs.empty() });
    try {
      const taken = await needs.receive(talker, text, nameOf(request.body));
      if (taken !== 'busy') outage.went();
      return taken === 'busy' ? answer.status(503).send({ error: needs.busy() }) : answer.status(202).send(taken);
    } catch (error) {
      outage.failed(error);
      return answer.status(503).send({ error: needs.notKept() });
    }
  });

  server.get('/chat/stream', (request, answer) => {
    const talker = talkerOf(request.query);
    if (talker === undefined) return answer.status(400).send({ error: 'talker 要是 8 到 64 个字母或数字' });
    stream(answer, needs, talker, lastEventId(request.headers['last-event-id']));
    return answer;
  });
}

/**
 * Server-sent events: first what the talker missed since `after` (without it: the last 24 hours), then each reply as it
 * is said. What it shows is read from the outbox, hence the same after a restart and from any process. A comment every
 * fifteen seconds keeps proxies from closing the line.
 */
function stream(answer: FastifyReply, { transcript, log }: ChatNeeds, talker: string, after: number): void {
  answer.hijack();
  const { raw } = answer;
  const headers = Object.fromEntries(Object.entries(answer.getHeaders()).filter(([, value]) => value !== undefined));
  raw.writeHead(200, {
    ...headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  raw.write(`retry: ${RECONNECT_MS}\n\n`);
  let shown = after;
  const inOrder = createLanes();
  const show = (): void =>
    void inOrder('stream', async () => {
      for (const said of await transcript.since(talker, shown)) {
        raw.write(eventOf(said));
        shown = said.sequence;
      }
    }).catch((error: unknown) => {
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'replies could not be read');
      setTimeout(show, RECONNECT_MS).unref();
    });
  const end = transcript.listen(talker, show);
  show();
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
  raw.on('close', () => {
    clearInterval(heartbeat);
    end();
  });
}

function eventOf({ sequence, replyTo, text, at }: Said): string {
  return `id: ${sequence}\nevent: reply\ndata: ${JSON.stringify({ replyTo, text, at })}\n\n`;
}

function talkerOf(from: unknown): string | undefined {
  const talker = typeof from === 'object' && from !== null && 'talker' in from ? from.talker : undefined;
  return typeof talker === 'string' && TALKER.test(talker) ? talker : undefined;
}

function nameOf(body: unknown): string | undefined {
  const id = typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined;
  return typeof id === 'string' && MESSAGE_ID.test(id) ? id : undefined;
}

function lastEventId(header: string | string[] | undefined): number {
  const id = Number(Array.isArray(header) ? header[0] : (header ?? 0));
  return Number.isSafeInteger(id) && id > 0 ? id : 0;
}
