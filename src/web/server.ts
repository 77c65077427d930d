import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { OperatorFault } from '../domain/index.ts';
import type { Log } from '../lib/log.ts';

/** Largest request body: a message of 5,000 characters and its envelope. */
const BODY_LIMIT = 16 * 1024;
/** Requests a minute from one address; a household shares one, and so does a whole office. */
const MOST_PER_MINUTE = 600;
const CLOSE_WITHIN_MS = 2_000;

/** A listener with the protections that every page and interface of ours has. Nothing is listening yet. */
/** @param trustProxy addresses of reverse proxies that tell who the visitor is; each visitor then has his own limit. */
export async function createServer(log: Log, trustProxy: readonly string[] = []): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    logger: false,
    forceCloseConnections: true,
    requestTimeout: 15_000,
    trustProxy: trustProxy.length > 0 ? [...trustProxy] : false,
    frameworkErrors: (error: { statusCode?: number }, _request: unknown, answer: FastifyReply) =>
      void answer.status(error.statusCode ?? 400).send({ error: '没有这个地址' }),
  });
  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        'object-src': ["'none'"],
      },
    },
    hsts: false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  await server.register(rateLimit, {
    max: MOST_PER_MINUTE,
    timeWindow: '1 minute',
    errorResponseBuilder: () => ({ statusCode: 429, error: '请求太多，请过一分钟再试' }),
  });
  server.setErrorHandler((error: { statusCode?: number; code?: string; error?: string }, _request, answer) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error }, 'a request failed');
    void answer
      .status(status)
      .send({ error: error.error ?? REASONS[error.code ?? ''] ?? REASONS[status] ?? '请求不对' });
  });
  server.setNotFoundHandler((_request, answer) => answer.status(404).send({ error: '没有这个地址' }));
  return server;
}

const REASONS: Readonly<Record<string | number, string>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: '内容太长，最多 16 KiB',
  FST_ERR_CTP_INVALID_JSON_BODY: '不是正确的 JSON',
  FST_ERR_CTP_EMPTY_JSON_BODY: '没有内容',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: '请用 application/json',
  400: '请求不对',
  413: '内容太长，最多 16 KiB',
  415: '请用 application/json',
  429: '请求太多，请过一分钟再试',
  500: '服务出错了，请稍后再试',
};

/** Starts listening; a port that is taken or forbidden becomes an operator's fault with the cure. Returns the port. */
export async function listen(server: FastifyInstance, host: string, port: number, setting: string): Promise<number> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const what =
      code === 'EADDRINUSE'
        ? `端口 ${port} 已经被别的程序占着`
        : code === 'EACCES'
          ? `没有权限用端口 ${port}`
          : `在 ${host}:${port} 上听不了（${code ?? String(error)}）`;
    throw new OperatorFault('网页服务没有启动', [
      { where: setting, what, cure: `换一个端口，例如 ${setting}=${port + 100}，或先关掉占着它的程序` },
    ]);
  }
  const address = server.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** Ends open streams and listeners within two seconds. */
export async function close(server: FastifyInstance): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS).unref());
  await Promise.race([server.close(), late]);
}
