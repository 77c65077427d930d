import { WebFault } from './faults.ts';

/**
 * wechat4u runs three kinds of answers as JavaScript. Each is read here by an exact shape, and what is run is written
 * anew from the parts that were read: no character of an answer reaches `eval` without being one of those expected.
 */
const CODE =
  /^\s*window\.QRLogin\.code\s*=\s*(\d{1,4})\s*;\s*(?:window\.QRLogin\.uuid\s*=\s*"([\w+/=-]{1,64})"\s*;?)?\s*$/;
const LOGIN_CODE = /^\s*window\.code\s*=\s*(\d{1,4})\s*;\s*$/;
const LOGIN_AVATAR =
  /^\s*window\.code\s*=\s*201\s*;\s*window\.userAvatar\s*=\s*'(data:img\/[a-z]{1,8};base64,[\w+/=]{0,400000})'\s*;?\s*$/;
const LOGIN_DONE =
  /^\s*window\.code\s*=\s*200\s*;\s*window\.redirect_uri\s*=\s*"(https:\/\/[\w.-]+\/[\w./?&=%@+*~:;,-]*)"\s*;?\s*$/;
const SYNC_CHECK =
  /^\s*window\.synccheck\s*=\s*\{\s*retcode\s*:\s*"(-?\d{1,6})"\s*,\s*selector\s*:\s*"(\d{1,6})"\s*\}\s*;?\s*$/;

const WECHAT_HOST = /(^|\.)(qq|wechat)\.com$/;
/** 1100: ended on the phone. 1101: ended elsewhere. 1102: WeChat no longer takes the session. */
const LOGGED_OUT = new Set([1100, 1101, 1102]);
const RATE_LIMITED = 1205;
/** Answers of these are files. */
const FILES = /^webwxget(msgimg|voice|video|media|icon|headimg)$/;

export function isWechatHost(host: string): boolean {
  return WECHAT_HOST.test(host);
}

/** The answer as wechat4u may have it. Throws a WebFault when it is a refusal, or nothing that WeChat says. */
export function checked(endpoint: string, data: unknown): unknown {
  if (endpoint === 'jslogin') return codeAnswer(endpoint, text(endpoint, data));
  if (endpoint === 'login') return loginAnswer(endpoint, text(endpoint, data));
  if (endpoint === 'synccheck') return syncCheckAnswer(endpoint, text(endpoint, data));
  if (endpoint === 'webwxlogout' || FILES.test(endpoint)) return data;
  const ret = retOf(data);
  if (ret === undefined) throw new WebFault('odd-answer', endpoint, { mayHaveArrived: true });
  throwFor(endpoint, ret);
  return data;
}

function codeAnswer(endpoint: string, answer: string): string {
  const [, code, uuid] = CODE.exec(answer) ?? [];
  if (code === undefined) throw new WebFault('odd-answer', endpoint);
  if (code !== '200' || uuid === undefined) throw new WebFault('odd-answer', endpoint, { detail: `code ${code}` });
  return `window.QRLogin.code = 200; window.QRLogin.uuid = "${uuid}";`;
}

function loginAnswer(endpoint: string, answer: string): string {
  const code = LOGIN_CODE.exec(answer)?.[1];
  if (code === '400') throw new WebFault('code-expired', endpoint);
  if (code === '408' || code === '201') return `window.code=${code};`;
  const avatar = LOGIN_AVATAR.exec(answer)?.[1];
  if (avatar !== undefined) return `window.code=201;window.userAvatar='${avatar}';`;
  const page = LOGIN_DONE.exec(answer)?.[1];
  if (page === undefined)
    throw new WebFault('odd-answer', endpoint, code === undefined ? {} : { detail: `code ${code}` });
  if (!isWechatHost(new URL(page).hostname)) throw new WebFault('outside-host', endpoint);
  return `window.code=200;window.redirect_uri="${page}";`;
}

function syncCheckAnswer(endpoint: string, answer: string): string {
  const [, retcode, selector] = SYNC_CHECK.exec(answer) ?? [];
  if (retcode === undefined) throw new WebFault('odd-answer', endpoint);
  throwFor(endpoint, Number(retcode));
  return `window.synccheck={retcode:"0",selector:"${selector}"}`;
}

/** The page behind the redirect of a confirmed code: either the keys of a session, or why there is none. */
export function checkLoginPage(endpoint: string, page: unknown): void {
  const body = typeof page === 'string' ? page : '';
  const ret = /<ret>(-?\d{1,6})<\/ret>/.exec(body)?.[1];
  if (ret === undefined) throw new WebFault('odd-answer', endpoint);
  if (ret !== '0') {
    const words = /<message>(?:<!\[CDATA\[)?([^<\]]{0,200})/.exec(body)?.[1] ?? '';
    throw new WebFault('login-refused', endpoint, { ret: Number(ret), words });
  }
  for (const key of ['skey', 'wxsid', 'wxuin', 'pass_ticket'])
    if (!new RegExp(`<${key}>[^<>\\r\\n]{1,512}</${key}>`).test(body)) throw new WebFault('odd-answer', endpoint);
}

function throwFor(endpoint: string, ret: number): void {
  if (ret === 0) return;
  if (LOGGED_OUT.has(ret)) throw new WebFault('logged-out', endpoint, { ret });
  throw new WebFault(ret === RATE_LIMITED ? 'rate-limited' : 'ret', endpoint, { ret });
}

function text(endpoint: string, data: unknown): string {
  if (typeof data === 'string') return data;
  throw new WebFault('odd-answer', endpoint);
}

function retOf(data: unknown): number | undefined {
  if (typeof data !== 'object' || data === null || !('BaseResponse' in data)) return undefined;
  const { BaseResponse: base } = data;
  if (typeof base !== 'object' || base === null || !('Ret' in base)) return undefined;
  return typeof base.Ret === 'number' && Number.isInteger(base.Ret) ? base.Ret : undefined;
}
