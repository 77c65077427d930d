import { checked, checkLoginPage, isWechatHost } from './answers.ts';
import { WebFault } from './faults.ts';
import type { WebAnswer, WebRequest, Wechat4u } from './upstream.ts';

export interface GuardNeeds {
  /** Ends every request that is under way. */
  readonly signal: AbortSignal;
  /** Where a request really goes; a test leads it to loopback. */
  readonly route: (url: string) => string;
  /** How long one request may take. Polls are held by WeChat for 25 seconds. */
  readonly answerWithinMs: number;
  /** Called with every request that goes out. */
  readonly asked: () => void;
}

/** The connection never came about, so that nothing can have arrived. */
const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN']);
const MOST_BYTES = 30 * 1024 * 1024;
const LOGIN_PAGE = 'webwxnewloginpage';

/**
 * Stands between wechat4u and its HTTP client: lets requests out to WeChat only, bounds their time and size, and hands on
 * answers only after they were checked. Every failure is a WebFault.
 */
export function guardRequests(inner: Wechat4u, needs: GuardNeeds): void {
  const native = inner.request;
  inner.request = async (asked) => {
    const url = new URL(asked.url);
    const endpoint = url.pathname.split('/').at(-1) ?? '';
    if (needs.signal.aborted) throw new WebFault('stopped', endpoint);
    if (url.protocol !== 'https:' || !isWechatHost(url.hostname)) throw new WebFault('outside-host', endpoint);
    needs.asked();
    const answer = await send(native, asked, endpoint, needs);
    if (endpoint !== LOGIN_PAGE) return Object.assign(answer, { data: checked(endpoint, answer.data) });
    checkLoginPage(endpoint, answer.data);
    throw Object.assign(new Error('the login page'), { response: { ...answer, status: 301 } });
  };
}

/** wechat4u reads the login page off the error of a redirect; here it is an answer like any other. */
async function send(
  native: Wechat4u['request'],
  asked: WebRequest,
  endpoint: string,
  needs: GuardNeeds,
): Promise<WebAnswer> {
  const url = needs.route(asked.url);
  const aborter = new AbortController();
  const abort = (): void => aborter.abort();
  needs.signal.addEventListener('abort', abort, { once: true });
  const deadline = setTimeout(abort, needs.answerWithinMs);
  try {
    return await native({
      ...asked,
      url,
      ...(url === asked.url ? {} : { proxy: false }),
      timeout: needs.answerWithinMs,
      signal: aborter.signal,
      maxContentLength: MOST_BYTES,
      maxRedirects: 0,
    });
  } catch (error) {
    const { code, response } = error as { code?: string; response?: WebAnswer };
    if (endpoint === LOGIN_PAGE && response?.status === 301) return response;
    if (needs.signal.aborted) throw new WebFault('stopped', endpoint, { mayHaveArrived: true });
    if (response)
      throw new WebFault('odd-answer', endpoint, { mayHaveArrived: true, detail: `status ${response.status}` });
    const mayHaveArrived = !(code !== undefined && NEVER_LEFT.has(code));
    throw new WebFault('unreachable', endpoint, { mayHaveArrived, ...(code === undefined ? {} : { detail: code }) });
  } finally {
    clearTimeout(deadline);
    needs.signal.removeEventListener('abort', abort);
  }
}
