import { afterEach, expect, test } from 'vitest';
import { close, createServer, routeHealth } from '../../src/web/index.ts';
import { memoryLog } from '../quiet-log.ts';

const opened: Awaited<ReturnType<typeof createServer>>[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await close(server);
});

/** Sends 601 requests as if through a proxy on this machine, each for another visitor; gives the last status. */
async function throughProxy(trustProxy: readonly string[]): Promise<number> {
  const server = await createServer(memoryLog().log, trustProxy);
  opened.push(server);
  server.get('/', () => 'here');
  let status = 0;
  for (let i = 0; i < 601; i += 1) {
    const visitor = `10.0.${Math.floor(i / 250)}.${i % 250}`;
    status = (await server.inject({ url: '/', headers: { 'x-forwarded-for': visitor } })).statusCode;
  }
  return status;
}

test('visitors behind a proxy that is trusted have each his own limit', async () => {
  expect(await throughProxy(['127.0.0.1'])).toBe(200);
});

test('whoever watches the program is never refused, however often he asks', async () => {
  const server = await createServer(memoryLog().log);
  opened.push(server);
  routeHealth(server, async () => ({ ready: true, knowledge: 'x' }));
  const statuses = new Set<number>();
  for (let i = 0; i < 601; i += 1)
    for (const url of ['/health', '/ready']) statuses.add((await server.inject(url)).statusCode);
  expect([...statuses]).toEqual([200]);
});

test('nobody escapes the limit by naming other addresses, unless a proxy is trusted', async () => {
  expect(await throughProxy([])).toBe(429);
});
