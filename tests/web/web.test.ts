import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config/index.ts';
import { type Program, start } from '../../src/main.ts';
import { KNOWLEDGE_FOLDER } from '../knowledge-base.ts';
import { memoryLog } from '../quiet-log.ts';
import { stateFolder } from '../state-folder.ts';
import { readStream } from './read-stream.ts';

const SCAM = '刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户，还不让告诉家里人';
const { log, lines } = memoryLog();
const folder = stateFolder();
let program: Program;

beforeAll(async () => {
  program = await start(
    readConfig(
      {
        FANZHA_PUBLIC_PORT: '0',
        FANZHA_ADMIN_PORT: '0',
        FANZHA_KNOWLEDGE_DIR: KNOWLEDGE_FOLDER,
        FANZHA_STATE_DIR: folder,
      },
      '/',
    ),
    log,
  );
});
afterAll(() => program.stop());

const at = (path: string): string => new URL(path, program.url).href;
const post = (path: string, body: unknown, type = 'application/json') =>
  fetch(at(path), {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('the question without a talk', () => {
  test('gives reply, level, types, intent and evidence', async () => {
    const answer = await post('/api/ask', { text: SCAM });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      level: 'high',
      intent: 'warning',
      types: expect.arrayContaining([
        expect.objectContaining({ id: 'impersonate-police', entry: expect.any(String), score: expect.any(Number) }),
      ]),
      reply: expect.stringContaining('【高危】'),
      evidence: expect.arrayContaining([expect.objectContaining({ quote: expect.stringContaining('安全账户') })]),
    });
  });
});

describe('the talk', () => {
  test('takes a message with 202 and sends the reply on the stream', async () => {
    const stream = await readStream(at('/chat/stream?talker=talker-one'));
    const { id } = (await (await post('/chat/messages', { talker: 'talker-one', text: SCAM })).json()) as {
      id: string;
    };
    const reply = await stream.next();
    expect(reply).toMatchObject({
      event: 'reply',
      data: { replyTo: [id], text: expect.stringContaining('高危'), at: expect.any(Number) },
    });
    await stream.close();
  });
  test('shows the replies of the last day to a page that comes anew, and only missed ones to a page that comes back', async () => {
    const first = await readStream(at('/chat/stream?talker=talker-two'));
    await post('/chat/messages', { talker: 'talker-two', text: '你好' });
    const greeting = await first.next();
    await first.close();
    await post('/chat/messages', { talker: 'talker-two', text: '谢谢' });
    const anew = await readStream(at('/chat/stream?talker=talker-two'));
    expect([await anew.next(), await anew.next()].map((event) => event.data.text.slice(0, 2))).toEqual([
      '你好',
      '不客',
    ]);
    await anew.close();
    const back = await readStream(at('/chat/stream?talker=talker-two'), greeting.id);
    expect((await back.next()).data.text).toContain('不客气');
    await back.close();
  });
  test('keeps one talker’s replies from another', async () => {
    const other = await readStream(at('/chat/stream?talker=talker-other'));
    await post('/chat/messages', { talker: 'talker-three', text: '你好' });
    await post('/chat/messages', { talker: 'talker-other', text: '谢谢' });
    expect((await other.next()).data.text).toContain('不客气');
    await other.close();
  });
  test('offers samples and a greeting', async () => {
    const samples = (await (await fetch(at('/chat/samples'))).json()) as readonly { label: string; text: string }[];
    expect(samples.length).toBeGreaterThanOrEqual(6);
    expect(await (await fetch(at('/chat/about'))).json()).toMatchObject({
      name: '反诈助手',
      county: '西平县',
      greeting: expect.stringContaining('西平县'),
    });
  });
});

describe('bad input gets 4xx with a reason and harms nobody', () => {
  const talker = 'talker-bad';
  const bad: readonly [string, () => Promise<Response>, number, RegExp][] = [
    ['malformed JSON', () => post('/chat/messages', '{"talker":'), 400, /JSON/],
    ['no talker', () => post('/chat/messages', { text: '你好' }), 400, /talker/],
    ['a talker with strange signs', () => post('/chat/messages', { talker: '../../etc', text: '你好' }), 400, /talker/],
    ['no text', () => post('/chat/messages', { talker }), 400, /text/],
    ['a text that is no string', () => post('/chat/messages', { talker, text: 5 }), 400, /text/],
    ['an empty text', () => post('/chat/messages', { talker, text: '  \n' }), 400, /还没写字/],
    ['more than 5,000 characters', () => post('/chat/messages', { talker, text: '长'.repeat(5_001) }), 413, /太长/],
    ['a body over 16 KiB', () => post('/chat/messages', { talker, text: 'a'.repeat(20_000) }), 413, /16 KiB/],
    ['a form', () => post('/chat/messages', 'text=a', 'application/x-www-form-urlencoded'), 415, /json/],
    ['an array', () => post('/api/ask', []), 400, /text/],
    ['null', () => post('/api/ask', null), 400, /text/],
    ['a stream without talker', () => fetch(at('/chat/stream')), 400, /talker/],
    ['an address that does not exist', () => fetch(at('/nowhere')), 404, /没有/],
    ['a way out of the folder', () => fetch(at('/..%2f..%2fpackage.json')), 404, /./],
  ];
  test.each(bad)('%s', async (_, send, status, reason) => {
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { error: string }).error).toMatch(reason);
    expect((await post('/api/ask', { text: '你好' })).status).toBe(200);
  });

  const odd: readonly [string, string][] = [
    ['only emoji', '😂🙏'],
    ['only zero-width characters', '\u200b\u200d'],
    ['control characters', '\u0000\u0007转账'],
    ['a lone surrogate', '\ud83d转账'],
    ['markup', '<img src=x onerror=alert(1)>'],
    ['a very long text', '啊'.repeat(5_000)],
  ];
  test.each(odd)('%s gets an answer in plain Chinese', async (_, text) => {
    const answer = await post('/api/ask', { text });
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { reply: string }).reply).toMatch(/\p{Script=Han}{4}/u);
  });
});

describe('the page', () => {
  test('comes with a strict policy and nothing from another host', async () => {
    const answer = await fetch(at('/'));
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none';object-src 'none'",
    );
    const html = await answer.text();
    expect(html).toContain('lang="zh-CN"');
    expect(html).not.toMatch(/https?:\/\/|<script>|style=|onclick=/);
  });
  test('health and readiness are told apart', async () => {
    expect(await (await fetch(at('/health'))).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(at('/ready'))).json()).toMatchObject({
      status: 'ready',
      knowledge: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });
});

test('neither texts nor talkers are in the log', () => {
  expect(lines.length).toBeGreaterThan(5);
  expect(lines.join('')).not.toMatch(/公安局|安全账户|talker-|你好/);
});
