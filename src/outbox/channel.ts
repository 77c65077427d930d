import { SECOND } from '../lib/clock.ts';
import type { Claimed } from './store.ts';

/** A way out of the program. It carries one thing said to one person or group, and knows nothing of the outbox. */
export interface OutgoingChannel {
  readonly source: string;
  readonly manners: Manners;
  /** Resolves when the channel took it. Rejects with a `SendFault`; whatever else it throws counts as `unknown`. */
  say(claimed: Claimed): Promise<void>;
}

/** How a channel wants to be used. */
export interface Manners {
  /** Least and most milliseconds between two things said in one conversation; the pause is drawn between them. */
  readonly spacingMs?: readonly [least: number, most: number];
  /** The most that is said on one day (Asia/Shanghai). What is urgent is said all the same. */
  readonly dailyCap?: number;
  /** After this long without an answer of the channel its answer counts as lost. */
  readonly sendWithinMs: number;
  /**
   * The receiver drops a repeat by the row's id. Then many rows are said and marked together. Otherwise each row is marked
   * before the next is begun, so that a killed process doubles at most one.
   */
  readonly repeatable: boolean;
}

/** The chat page and the terminal: our own program is at the other end and reads the outbox itself. */
export const LOCAL: Manners = { sendWithinMs: 5 * SECOND, repeatable: true };

/** WeChat over the web. Accounts that write fast or much are blocked; its own library hangs for 60 s. */
export const WECHAT4U: Manners = {
  spacingMs: [1_500, 4_000],
  dailyCap: 400,
  sendWithinMs: 20 * SECOND,
  repeatable: false,
};

/**
 * Why something could not be said.
 * `refused`: not this text, or not to this person. `rate-limited`: too much or too fast. `logged-out`: nobody is logged in.
 * `unreachable`: it surely did not leave. `window-closed`: the time in which the channel carries an answer is over.
 * `not-asked`: nothing may be said to this person until he writes again.
 * `unknown`: the answer was lost, it may have arrived.
 */
export const SEND_CODES = [
  'refused',
  'rate-limited',
  'logged-out',
  'unreachable',
  'window-closed',
  'not-asked',
  'unknown',
] as const;

export type SendCode = (typeof SEND_CODES)[number];

export class SendFault extends Error {
  override readonly name = 'SendFault';
  readonly code: SendCode;
  /** The channel asks to wait at least this long. */
  readonly retryAfterMs: number | undefined;

  constructor(code: SendCode, options: { readonly retryAfterMs?: number; readonly cause?: unknown } = {}) {
    super(`the channel did not take it: ${code}`, { cause: options.cause });
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Whatever a channel threw, as a fault with a code we know. */
export function faultFrom(thrown: unknown): SendFault {
  if (thrown instanceof SendFault && SEND_CODES.includes(thrown.code)) return thrown;
  return new SendFault('unknown', { cause: thrown });
}
