/**
 * How a request to WeChat can end badly.
 * `unreachable`: nobody answered. `odd-answer`: an answer that WeChat does not give. `logged-out`, `rate-limited`,
 * `login-refused`, `ret`: WeChat said no, with a code. `code-expired`: nobody scanned in time. `outside-host`: not
 * WeChat's. `stopped`: we ended it ourselves.
 */
export type WebFaultKind =
  | 'unreachable'
  | 'odd-answer'
  | 'logged-out'
  | 'rate-limited'
  | 'login-refused'
  | 'ret'
  | 'code-expired'
  | 'outside-host'
  | 'stopped';

/** A request that failed. Its message names the endpoint and codes only, never what was sent or answered. */
export class WebFault extends Error {
  override readonly name = 'WebFault';
  readonly kind: WebFaultKind;
  readonly endpoint: string;
  /** WeChat's own code. */
  readonly ret: number | undefined;
  /** WeChat's own words with a refused login. */
  readonly words: string;
  /** False when the request certainly never reached WeChat. */
  readonly mayHaveArrived: boolean;
  /** wechat4u reads these off every error and would otherwise fail on their absence. */
  readonly response = { status: 0, headers: {} };

  constructor(
    kind: WebFaultKind,
    endpoint: string,
    about: { ret?: number; words?: string; mayHaveArrived?: boolean; cause?: unknown; detail?: string } = {},
  ) {
    const detail = about.ret === undefined ? about.detail : `ret ${about.ret}`;
    super([endpoint, kind, detail].filter(Boolean).join(' '), { cause: about.cause });
    this.kind = kind;
    this.endpoint = endpoint;
    this.ret = about.ret;
    this.words = about.words ?? '';
    this.mayHaveArrived = about.mayHaveArrived ?? false;
  }
}

/**
 * What became of a message that was not said.
 * `refused`: WeChat's code says no. `rate-limited`: too many, later again. `logged-out`: there is no session.
 * `unreachable`: no connection came about. In all of these nobody has read it, and it may be tried again.
 * `unknown`: the answer was lost, it may have arrived; saying it again could say it twice.
 */
export type SendOutcome = 'refused' | 'rate-limited' | 'logged-out' | 'unreachable' | 'unknown';

export class SendFault extends Error {
  override readonly name = 'SendFault';
  readonly outcome: SendOutcome;
  readonly ret: number | undefined;
  /** Not before then, milliseconds from now; undefined when nothing is known. */
  readonly againAfterMs: number | undefined;

  constructor(outcome: SendOutcome, about: { ret?: number | undefined; againAfterMs?: number; cause?: unknown } = {}) {
    super(`a message was not said: ${outcome}${about.ret === undefined ? '' : ` (ret ${about.ret})`}`, {
      cause: about.cause,
    });
    this.outcome = outcome;
    this.ret = about.ret;
    this.againAfterMs = about.againAfterMs;
  }

  /** True when the message certainly did not arrive. */
  get sure(): boolean {
    return this.outcome !== 'unknown';
  }
}

export function toSendFault(error: unknown): SendFault {
  if (error instanceof SendFault) return error;
  if (!(error instanceof WebFault)) return new SendFault('unknown', { cause: error });
  const about = { ret: error.ret, cause: error };
  if (error.kind === 'rate-limited') return new SendFault('rate-limited', about);
  if (error.kind === 'logged-out') return new SendFault('logged-out', about);
  if (error.ret !== undefined) return new SendFault('refused', about);
  return new SendFault(error.mayHaveArrived ? 'unknown' : 'unreachable', about);
}
