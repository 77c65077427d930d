import { HOUR, MINUTE } from '../../lib/clock.ts';
import type { TokenHolder } from './access-token.ts';
import { type WeChatApi, WeChatFault, withToken } from './api.ts';
import { meaningOf, type RefusalKind } from './error-codes.ts';
import type { OfficialIncoming } from './incoming.ts';
import type { AccountKind } from './settings.ts';
import { withoutControls } from './xml.ts';

/**
 * What became of a message. `unreachable` and `rate-limited`: surely not said, may be tried again later. `unknown`: the
 * answer was lost, so it may have been said and is never tried again. Everything else: not said and never will be.
 */
export interface Delivery {
  readonly outcome: 'sent' | RefusalKind | 'unreachable' | 'unknown';
  /** WeChat's number where it gave one. */
  readonly code?: number | undefined;
}

/** How many customer-service messages a resident's act allows, and until when. */
export interface ServiceAllowance {
  readonly most: number;
  /** Milliseconds from the act. */
  readonly withinMs: number;
}

const NOTHING: ServiceAllowance = { most: 0, withinMs: 0 };
const AFTER_MESSAGE: ServiceAllowance = { most: 5, withinMs: 48 * HOUR };
const AFTER_EVENT: ServiceAllowance = { most: 3, withinMs: MINUTE };

/** An account without verification has none; a message opens two days, a follow, scan or menu click one minute. */
export function serviceAllowance(account: AccountKind, incoming: OfficialIncoming): ServiceAllowance {
  if (account === 'unverified') return NOTHING;
  if (incoming.kind !== 'event') return AFTER_MESSAGE;
  return ['subscribe', 'SCAN', 'CLICK'].includes(incoming.event) ? AFTER_EVENT : NOTHING;
}

export interface CustomerService {
  /** Says a text that fits one message (see splitText) to an open id. Never rejects for what the world does. */
  say(to: string, text: string): Promise<Delivery>;
}

export function openCustomerService(api: WeChatApi, tokens: TokenHolder): CustomerService {
  return {
    async say(to, text) {
      const message = { touser: to, msgtype: 'text', text: { content: withoutControls(text) } };
      try {
        await withToken(tokens, (token) => api.post('/cgi-bin/message/custom/send', message, token));
        return { outcome: 'sent' };
      } catch (error) {
        if (!(error instanceof WeChatFault)) throw error;
        return outcomeOf(error);
      }
    },
  };
}

function outcomeOf({ code }: WeChatFault): Delivery {
  if (typeof code === 'number') return { outcome: meaningOf(code).kind, code };
  return { outcome: code === 'lost' ? 'unknown' : 'unreachable' };
}
