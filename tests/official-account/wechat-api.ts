import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The calls that WeChat offers to an official account, on a loopback port: stable tokens, customer-service messages with
 * their windows and counts, the menu. A script makes calls fail in the order given.
 */
export type Fault = number | 'hang' | 'garbage' | 'drop' | 'busy-server';

export interface Call {
  readonly path: string;
  readonly token: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

const WINDOW_MS = 48 * 3_600_000;
const MOST_IN_WINDOW = 5;
const TOKEN_SECONDS = 7_200;
const RENEWED_EARLY_MS = 300_000;

export async function wechatApi(now: () => number, account = { appId: 'wxappid', secret: 'secret' }) {
  const calls: Call[] = [];
  const script = new Map<string, Fault[]>();
  const residents = new Map<string, { at: number; left: number }>();
  const good = new Map<string, number>();
  let current: { token: string; until: number } | undefined;
  let menu: unknown;
  let issued = 0;
  let hold = 0;

  const stableToken = (body: Readonly<Record<string, unknown>>): object => {
    if (body.appid !== account.appId) return { errcode: 40013, errmsg: 'invalid appid' };
    if (body.secret !== account.secret) return { errcode: 40125, errmsg: 'invalid appsecret' };
    if (!current || now() >= current.until - RENEWED_EARLY_MS) {
      issued += 1;
      current = { token: `TOKEN-${issued}`, until: now() + TOKEN_SECONDS * 1_000 };
      good.set(current.token, current.until);
    }
    return { access_token: current.token, expires_in: Math.floor((current.until - now()) / 1_000) };
  };

  const customSend = (body: Readonly<Record<string, unknown>>): object => {
    const content = (body.text as { content?: string } | undefined)?.content ?? '';
    if (Buffer.byteLength(content) > 2_048) return { errcode: 45002, errmsg: 'content size out of limit' };
    const resident = residents.get(String(body.touser));
    if (!resident || now() - resident.at > WINDOW_MS) return { errcode: 45015, errmsg: 'response out of time limit' };
    if (resident.left === 0) return { errcode: 45047, errmsg: 'out of response count limit' };
    resident.left -= 1;
    return { errcode: 0, errmsg: 'ok' };
  };

  const answer = (path: string, token: string | null, body: Readonly<Record<string, unknown>>): object => {
    if (path === '/cgi-bin/stable_token') return stableToken(body);
    const until = good.get(token ?? '');
    if (until === undefined) return { errcode: 40001, errmsg: 'invalid credential' };
    if (now() >= until) return { errcode: 42001, errmsg: 'access_token expired' };
    if (path === '/cgi-bin/message/custom/send') return customSend(body);
    if (path === '/cgi-bin/menu/create') {
      menu = body;
      return { errcode: 0, errmsg: 'ok' };
    }
    return { errcode: 40066, errmsg: 'invalid url' };
  };

  const onRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://wechat');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Readonly<Record<string, unknown>>;
    const token = url.searchParams.get('access_token');
    calls.push({ path: url.pathname, token, body });
    if (hold > 0) await new Promise((resolve) => setTimeout(resolve, hold));
    const fault = script.get(url.pathname)?.shift();
    if (fault === 'hang') return;
    if (fault === 'drop') return void request.socket.destroy();
    if (fault === 'garbage') return void response.end('<html>502</html>');
    if (fault === 'busy-server') return void response.writeHead(503).end('{}');
    const said = typeof fault === 'number' ? { errcode: fault, errmsg: 'scripted' } : answer(url.pathname, token, body);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  };

  const server = createServer((request, response) => void onRequest(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    callsTo: (path: string): readonly Call[] => calls.filter((call) => call.path === path),
    /** The next calls to this path end like this, one after the other. */
    failNext: (path: string, ...faults: readonly Fault[]): void => void script.set(path, [...faults]),
    /** A resident wrote: opens the window of customer service. */
    residentWrote: (openId: string): void => void residents.set(openId, { at: now(), left: MOST_IN_WINDOW }),
    /** WeChat no longer takes any token given so far. */
    spoilTokens(): void {
      good.clear();
      current = undefined;
    },
    /** Every answer waits this long. */
    answerAfter(ms: number): void {
      hold = ms;
    },
    menu: (): unknown => menu,
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
