import type { FastifyInstance } from 'fastify';
import type { Log } from '../lib/log.ts';
import { asSvg, qrCode } from '../lib/qr-code.ts';
import { ADMIN_STYLE } from './admin-style.ts';
import { escaped } from './html.ts';
import { createServer } from './server.ts';

/** Where logging in to a channel stands. */
export interface SignInState {
  readonly sentence: string;
  /** What the code to scan holds; absent when there is nothing to scan. */
  readonly scan?: string;
  readonly troubles: readonly string[];
}

/** The listener for the operator stands on this machine only: whoever reaches it can log a bot in. */
export const ADMIN_HOST = '127.0.0.1';
const OWN_NAMES = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i;

/** The operator's listener. Nothing is listening yet. A foreign name in front of this address is refused. */
export async function createAdmin(log: Log): Promise<FastifyInstance> {
  const server = await createServer(log);
  server.addHook('onRequest', async (request, answer) => {
    if (!OWN_NAMES.test(request.headers.host ?? '')) await answer.status(403).send({ error: '请在这台机器上打开' });
  });
  server.get('/admin.css', (_request, answer) => answer.type('text/css; charset=utf-8').send(ADMIN_STYLE));
  server.get('/favicon.ico', (_request, answer) => answer.status(204).send());
  return server;
}

/** The page of one channel that a person logs in to. It looks again by itself. */
export function routeSignIn(server: FastifyInstance, path: string, title: string, state: () => SignInState): void {
  server.get(path, async (_request, answer) => {
    const { sentence, scan, troubles } = state();
    const code = scan === undefined ? '' : asSvg(await qrCode(scan), '登录用的二维码');
    const link = scan === undefined ? '' : `<p class="link">码里是：${escaped(scan)}</p>`;
    const body = `<h1>${escaped(title)}</h1><p role="status">${escaped(sentence)}</p>${code}${link}${list(troubles)}`;
    return answer.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page(title, body));
  });
}

function list(troubles: readonly string[]): string {
  if (troubles.length === 0) return '';
  return `<h2>要留意的</h2><ul>${troubles.map((one) => `<li>${escaped(one)}</li>`).join('')}</ul>`;
}

/** Seconds; a code is good for some minutes. */
const LOOK_AGAIN = 3;

function page(title: string, body: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${LOOK_AGAIN}"><link rel="stylesheet" href="/admin.css"><title>${escaped(title)}</title></head>
<body><main>${body}</main></body></html>`;
}
