import { type Clock, MINUTE } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { type OutgoingChannel, type PassiveStore, type SendCode, SendFault } from '../../outbox/index.ts';
import type { CustomerService, Delivery } from './customer-service.ts';
import { meaningOf } from './error-codes.ts';
import { splitText } from './split.ts';
import { SOURCE } from './to-incoming.ts';

export interface OutgoingNeeds {
  readonly service: CustomerService;
  readonly passive: Pick<PassiveStore, 'spend'>;
  readonly now: Clock;
  readonly log: Log;
}

/** A call, a new token, and the call again: each is waited for five seconds. */
const SEND_WITHIN_MS = 25_000;

/**
 * Says by customer service what no webhook took. What WeChat refuses stays in the outbox, and goes before the answer to
 * the resident's next message.
 */
export function openOutgoing({ service, passive, now, log }: OutgoingNeeds): OutgoingChannel {
  let notedAt = Number.NEGATIVE_INFINITY;

  const tell = ({ outcome, code }: Delivery): void => {
    if (outcome !== 'refused' || now() - notedAt < MINUTE) return;
    notedAt = now();
    const meaning = meaningOf(code ?? 0);
    log.error({ code, cure: meaning.cure }, `客服消息没有发成：${meaning.what}。等他下次来消息时一起答`);
  };

  return {
    source: SOURCE,
    manners: { sendWithinMs: SEND_WITHIN_MS, repeatable: false },
    async say(claimed) {
      for (const [index, text] of splitText(claimed.text).entries()) {
        // Once a part was said, the row must not come again as a whole.
        const fault = (code: SendCode): SendFault => new SendFault(index === 0 ? code : 'unknown');
        if (!(await passive.spend(claimed, now()))) throw fault('not-asked');
        const delivery = await service.say(claimed.talker, text);
        tell(delivery);
        if (delivery.outcome !== 'sent') throw fault(CODES[delivery.outcome]);
      }
    },
  };
}

const CODES: Readonly<Record<Exclude<Delivery['outcome'], 'sent'>, SendCode>> = {
  refused: 'not-asked',
  'window-closed': 'not-asked',
  'rate-limited': 'rate-limited',
  token: 'unreachable',
  unreachable: 'unreachable',
  unknown: 'unknown',
};
