import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Said, Transcript } from '../conversation/index.ts';
import type { Role } from '../domain/index.ts';
import { textOf } from './ask.ts';

/** What the chat page needs of the local channel. */
export interface ChatNeeds {
  readonly transcript: Transcript;
  receive(talker: string, text: string, role: Role): string;
  samples(): readonly { readonly label: string; readonly text: string }[];
  about(): { readonly name: string; readonly county: string; readonly greeting: string };
  tooLong(): string;
  empty(): string;
}

/** The page makes 128 random bits; other programs may choose their own name for a talker. */
const TALKER = /^[A-Za-z0-9_-]{8,64}$/;
const LONGEST_MESSAGE = 5_000;
const HEARTBEAT_MS = 15_000;
const RECONNECT_MS = 1_500;

export function routeChat(server: FastifyInstance, needs: ChatNeeds): void {
  server.get('/chat/samples', () => needs.samples());
  server.get('/chat/about', () => needs.about());

  server.post('/chat/messages', async (request, answer) => {
    const talker = talkerOf(request.body);
    const text = textOf(request.body);
    if (talker === undefined) return answer.status(400).send({ error: 'talker 要是 8 到 64 个字母或数字' });
    if (text === undefined) return answer.status(400).send({ error: '要写成 {"talker": "…", "text": "收到的话"}' });
    if ([...text].length > LONGEST_MESSAGE) return answer.status(413).send({ error: needs.tooLong() });
    if (text.trim() === '') return answer.status(400).send({ error: needs.empty() });
    return answer.status(202).send({ id: needs.receive(talker, text, roleOf(request.body)) });
  });

  server.get('/chat/stream', (request, answer) => {
    const talker = talkerOf(request.query);
    if (talker === undefined) return answer.status(400).send({ error: 'talker 要是 8 到 64 个字母或数字' });
    stream(answer, needs.transcript, talker, lastEventId(request.headers['last-event-id']));
    return answer;
  });
}

/**
 * Server-sent events: first what the talker missed since `after` (without it: the last 24 hours), then each reply as it
 * is said. A comment every fifteen seconds keeps proxies from closing the line.
 */
function stream(answer: FastifyReply, transcript: Transcript, talker: string, after: number): void {
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
  const send = (said: Said): void => void raw.write(eventOf(said));
  for (const said of transcript.since(talker, after)) send(said);
  const end = transcript.listen(talker, send);
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

function roleOf(body: unknown): Role {
  return typeof body === 'object' && body !== null && 'role' in body && body.role === 'deputy' ? 'deputy' : 'resident';
}

function lastEventId(header: string | string[] | undefined): number {
  const id = Number(Array.isArray(header) ? header[0] : (header ?? 0));
  return Number.isSafeInteger(id) && id > 0 ? id : 0;
}
