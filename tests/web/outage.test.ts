import { afterEach, beforeEach, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../src/lib/clock.ts';
import { type ChatNeeds, close, createServer, routeChat } from '../../src/web/index.ts';
import { memoryLog } from '../quiet-log.ts';

const FULL = '/data/fanzha.db  磁盘满了。怎么改：腾出空间，会自己接着工作';
let server: Awaited<ReturnType<typeof createServer>>;
let lines: string[];
let now = 0;
let taken: () => Promise<{ readonly id: string } | 'busy'>;

const ok = async () => ({ id: 'x' });
const full = () => Promise.reject(new Error(FULL));

beforeEach(async () => {
  const memory = memoryLog();
  lines = memory.lines;
  now = 0;
  server = await createServer(memory.log);
  const word = () => '…';
  const needs: Partial<ChatNeeds> = {
    log: memory.log,
    now: () => now,
    receive: () => taken(),
    tooLong: word,
    empty: word,
    busy: word,
    notKept: () => '请过一会儿再发',
  };
  routeChat(server, needs as ChatNeeds);
});
afterEach(() => close(server));

async function send(how: typeof taken, times = 1): Promise<number> {
  taken = how;
  let status = 0;
  for (let i = 0; i < times; i++)
    status = (
      await server.inject({ method: 'POST', url: '/chat/messages', payload: { talker: 'talker-full', text: '你好' } })
    ).statusCode;
  return status;
}

const logged = () =>
  lines
    .map((line) => JSON.parse(line) as { msg: string; count?: number; level: number })
    .map(({ msg, count }) => [msg, count]);

test('messages that cannot be kept are told of once, then once a minute with their number, and once at the end', async () => {
  expect(await send(full, 5)).toBe(503);
  expect(logged()).toEqual([[`居民的话收不下，已请他过一会儿再发：${FULL}`, undefined]]);
  now += MINUTE - SECOND;
  await send(full, 5);
  expect(logged()).toHaveLength(1);
  now += SECOND;
  await send(full, 5);
  expect(logged().slice(1)).toEqual([[`居民的话还是收不下：${FULL}`, 11]]);
  expect(await send(ok, 3)).toBe(202);
  expect(logged().slice(2)).toEqual([['又能收居民的话了', 15]]);
  await send(full);
  expect(logged().slice(3)).toEqual([[`居民的话收不下，已请他过一会儿再发：${FULL}`, undefined]]);
});

test('an hour of refusals with a new message every second is told of in about sixty lines', async () => {
  for (let second = 0; second < 3_600; second += 10, now += 10 * SECOND) await send(full);
  expect(lines.length).toBeLessThanOrEqual(61);
  expect(lines.length).toBeGreaterThan(50);
});

test('that too many talk at once is neither failure nor recovery', async () => {
  await send(full);
  await send(async () => 'busy' as const);
  expect(logged()).toHaveLength(1);
});
