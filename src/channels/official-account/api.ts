import { OperatorFault } from '../../domain/index.ts';
import { SECOND } from '../../lib/clock.ts';
import { isTokenCode, meaningOf } from './error-codes.ts';

/** The other side answered no (its number), could not be reached at all, or its answer was lost on the way back. */
export type WeChatFaultCode = number | 'unreachable' | 'lost';

/**
 * A call that failed. `retryable`: it was surely not carried out and may go well later. A lost answer is never
 * retryable, because the call may have been carried out. The message holds neither token nor text.
 */
export class WeChatFault extends Error {
  override readonly name = 'WeChatFault';
  readonly code: WeChatFaultCode;
  readonly retryable: boolean;

  constructor(code: WeChatFaultCode, cause?: unknown) {
    super(typeof code === 'number' ? `${code}：${meaningOf(code).what}` : SAID[code], { cause });
    this.code = code;
    this.retryable = code === 'unreachable' || (typeof code === 'number' && meaningOf(code).later);
  }
}

const SAID = { unreachable: '连不上微信的接口', lost: '微信的接口没有给出回答' } as const;

/** The server side of WeChat: `api.weixin.qq.com`, or an emulator on this machine. */
export interface WeChatApi {
  /** Posts JSON; the token, where one is needed, goes into the query. Rejects with a WeChatFault. */
  post(path: string, body: object, token?: string): Promise<Readonly<Record<string, unknown>>>;
}

const WITHIN_MS = 5 * SECOND;
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
/** The request never left: nothing can have been carried out. */
const NEVER_LEFT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'];

export function openApi(base: string, withinMs: number = WITHIN_MS): WeChatApi {
  const origin = checkBase(base);
  return {
    async post(path, body, token) {
      const url = new URL(path, origin);
      if (token !== undefined) url.searchParams.set('access_token', token);
      const answer = await send(url, body, withinMs);
      const code = Number(answer.errcode ?? 0);
      if (code !== 0) throw new WeChatFault(Number.isInteger(code) ? code : 'lost');
      return answer;
    },
  };
}

async function send(url: URL, body: object, withinMs: number): Promise<Readonly<Record<string, unknown>>> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(withinMs),
    });
    const answer: unknown = await response.json();
    if (!response.ok || typeof answer !== 'object' || answer === null) throw new Error(`status ${response.status}`);
    return answer as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new WeChatFault(neverLeft(error) ? 'unreachable' : 'lost', error);
  }
}

function neverLeft(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  const causes = cause instanceof AggregateError ? cause.errors : [cause];
  return causes.every((one) => one instanceof Error && 'code' in one && NEVER_LEFT.includes(String(one.code)));
}

/** Tokens travel in the address, so plain http is for this machine only. */
function checkBase(base: string): URL {
  const url = URL.canParse(base) ? new URL(base) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname))) return url;
  throw new OperatorFault('微信接口的地址不对', [
    {
      where: 'WECHAT_API_BASE',
      what: '要用 https 开头；http 只能用在本机',
      cure: '去掉这一项，就用微信自己的地址',
    },
  ]);
}

/**
 * Calls with a token, and once more with a new one when WeChat says that the token is no longer good. That is safe: such
 * a call was not carried out.
 */
export async function withToken<T>(
  holder: { token(): Promise<string>; refused(token: string): Promise<void> },
  call: (token: string) => Promise<T>,
): Promise<T> {
  const token = await holder.token();
  try {
    return await call(token);
  } catch (error) {
    if (!(error instanceof WeChatFault && isTokenCode(error.code))) throw error;
    await holder.refused(token);
    return await call(await holder.token());
  }
}
