import type { FastifyInstance } from 'fastify';
import type { Conversation, TalkStore } from '../../conversation/index.ts';
import { type Clock, DAY, SECOND } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { OutgoingChannel, PassiveStore } from '../../outbox/index.ts';
import { createTokenHolder, type TokenStore } from './access-token.ts';
import { type AccountOptions, checkAccount } from './account.ts';
import { createAnswers, holdingKey } from './answers.ts';
import { openApi } from './api.ts';
import { openCustomerService } from './customer-service.ts';
import type { ExchangeTimes, Unsaid } from './exchanges.ts';
import type { OfficialIncoming } from './incoming.ts';
import { createNudges } from './nudges.ts';
import { openOutgoing } from './outgoing.ts';
import { idOf, SOURCE } from './to-incoming.ts';
import { routeOfficialAccount } from './webhook.ts';

export interface OfficialAccountNeeds {
  readonly options: AccountOptions;
  readonly conversation: Pick<Conversation, 'receive'>;
  readonly talks: Pick<TalkStore, 'transaction' | 'scrub'>;
  readonly passive: PassiveStore;
  /** Shared by all processes. */
  readonly tokens: TokenStore;
  readonly now: Clock;
  readonly log: Log;
  say(key: string): string;
  /** Other processes share the storage. */
  readonly shared: boolean;
  readonly times?: Partial<ExchangeTimes & HoldTimes>;
}

interface HoldTimes {
  /** A reply is left this long to the webhook that waits for it, wherever that runs; then customer service says it. */
  readonly holdMs: number;
}

const HOLD_MS = 5 * SECOND;

export interface OfficialAccountChannel {
  readonly source: string;
  /** Replies are left this long to the webhooks that wait for them. Milliseconds. */
  readonly holdMs: number;
  /** Customer service; absent where the account has none. */
  readonly outgoing?: OutgoingChannel;
  route(server: FastifyInstance): Promise<void>;
  /** There may be something to say to this resident. */
  nudge(talker: string): void;
  stop(): Promise<void>;
}

/** Throws one OperatorFault that names every setting that is missing or wrong. */
export function openOfficialAccountChannel(needs: OfficialAccountNeeds): OfficialAccountChannel {
  const { options, talks, passive, now, log, say, times } = needs;
  const { settings, secret, apiBase } = checkAccount(options);
  const { account, appId } = settings;
  const closing = new AbortController();
  const nudges = createNudges();
  const holdMs = times?.holdMs ?? HOLD_MS;
  const receive = createAnswers({ ...needs, nudges, account, holdMs, closing: closing.signal });

  const openService = (): OutgoingChannel => {
    const api = openApi(apiBase);
    const holder = createTokenHolder({ api, store: needs.tokens, appId, secret, now });
    return openOutgoing({ service: openCustomerService(api, holder), passive, now, log });
  };

  /** The request went out with the holding sentence before the storage answered. */
  const held = (official: OfficialIncoming): Promise<void> =>
    passive.stand({ source: SOURCE, talker: official.from, id: idOf(official), now: now() }, say(holdingKey(account)));

  /** Taken out of the outbox a moment too late for its request: it waits there again. */
  const late = async ({ from }: OfficialIncoming, { parts }: Unsaid): Promise<void> => {
    const text = parts.join('\n');
    if (text === say(holdingKey(account))) return;
    const at = now();
    const times = { at, dueAt: at, expiresAt: at + DAY, keepUntil: at + DAY };
    await talks.transaction((tx) =>
      tx.say({ source: SOURCE, talker: from, replyTo: [], text, urgency: 'answer', ...times }),
    );
  };

  return {
    source: SOURCE,
    holdMs,
    ...(account !== 'unverified' && { outgoing: openService() }),
    route: (server) =>
      routeOfficialAccount(server, {
        settings,
        now,
        log,
        receive,
        held,
        late,
        sentences: {
          get holding() {
            return say(holdingKey(account));
          },
          get trouble() {
            return say('not-kept');
          },
        },
        ...(times && { times }),
      }),
    nudge: nudges.nudge,
    async stop() {
      closing.abort();
    },
  };
}
