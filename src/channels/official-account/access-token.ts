import { MINUTE, SECOND } from '../../lib/clock.ts';
import { type WeChatApi, WeChatFault } from './api.ts';

/** What all processes share about the account's token. Plain data; times in epoch milliseconds, zero for "not". */
export interface StoredToken {
  /** Empty while there has never been one, or after WeChat refused it. */
  readonly value: string;
  readonly expiresAt: number;
  /** One process is fetching a new one until then. */
  readonly claimedUntil: number;
}

/** Where the processes meet. */
export interface TokenStore {
  read(): Promise<StoredToken | undefined>;
  /** Puts `next` in the place of `old` only if `old` (all three fields) still stands there; tells whether it did. */
  replace(old: StoredToken | undefined, next: StoredToken): Promise<boolean>;
}

export interface TokenNeeds {
  readonly api: WeChatApi;
  readonly store: TokenStore;
  readonly appId: string;
  readonly secret: string;
  readonly now: () => number;
  readonly times?: Partial<TokenTimes>;
}

export interface TokenTimes {
  /** A token is replaced this long before its end; WeChat keeps the old one good for as long. */
  readonly earlyMs: number;
  /** A process that has not fetched the token within this time has died over it. */
  readonly claimMs: number;
  /** Between two looks at the store while another process fetches. */
  readonly lookAgainMs: number;
  /** After a failure nobody asks WeChat again for this long: failing calls count against the account. */
  readonly pauseMs: number;
}

export const TOKEN_TIMES: TokenTimes = {
  earlyMs: 5 * MINUTE,
  claimMs: 15 * SECOND,
  lookAgainMs: 100,
  pauseMs: 10 * SECOND,
};

export interface TokenHolder {
  /** A token that is good now. Rejects with a WeChatFault. */
  token(): Promise<string>;
  /** WeChat did not take this one although its time was not over. */
  refused(token: string): Promise<void>;
}

const NONE: StoredToken = { value: '', expiresAt: 0, claimedUntil: 0 };

/**
 * The access token of the account. Among all processes over one store a single one fetches it: whoever writes its claim
 * first. While it fetches, the others use the old token if that is still good, and wait otherwise.
 */
export function createTokenHolder(needs: TokenNeeds): TokenHolder {
  const { api, store, appId, secret, now } = needs;
  const times = { ...TOKEN_TIMES, ...needs.times };
  let running: Promise<string> | undefined;
  let failure: { readonly fault: unknown; readonly until: number } | undefined;

  const fetchToken = async (): Promise<StoredToken> => {
    const answer = await api
      .post('/cgi-bin/stable_token', { grant_type: 'client_credential', appid: appId, secret, force_refresh: false })
      .catch(askAgainWhenLost);
    const { access_token: value, expires_in: seconds } = answer;
    if (typeof value !== 'string' || value === '' || typeof seconds !== 'number') throw new WeChatFault('unreachable');
    return { value, expiresAt: now() + seconds * SECOND, claimedUntil: 0 };
  };

  const renew = async (claimed: StoredToken): Promise<string> => {
    try {
      const fresh = await fetchToken();
      await store.replace(claimed, fresh);
      failure = undefined;
      return fresh.value;
    } catch (fault) {
      failure = { fault, until: now() + times.pauseMs };
      await store.replace(claimed, { ...claimed, claimedUntil: 0 });
      if (isGood(claimed, now())) return claimed.value;
      throw fault;
    }
  };

  const find = async (): Promise<string> => {
    const givesUpAt = performance.now() + 2 * times.claimMs;
    for (;;) {
      const stored = await store.read();
      const moment = now();
      if (stored && isGood(stored, moment + times.earlyMs)) return stored.value;
      const paused = failure !== undefined && moment < failure.until;
      const claimed = stored !== undefined && moment < stored.claimedUntil;
      if (stored && (paused || claimed) && isGood(stored, moment)) return stored.value;
      if (paused && failure) throw failure.fault;
      if (!claimed) {
        const claim = { ...(stored ?? NONE), claimedUntil: moment + times.claimMs };
        if (await store.replace(stored, claim)) return renew(claim);
      } else if (performance.now() > givesUpAt) {
        throw new WeChatFault('unreachable');
      } else {
        await new Promise((resolve) => setTimeout(resolve, times.lookAgainMs));
      }
    }
  };

  return {
    token() {
      running ??= find().finally(() => {
        running = undefined;
      });
      return running;
    },
    async refused(token) {
      const stored = await store.read();
      if (stored?.value === token) await store.replace(stored, { ...stored, value: '', expiresAt: 0 });
    },
  };
}

/** Asking twice for a token gives the same one, so a lost answer is as if nobody had been reached. */
function askAgainWhenLost(error: unknown): never {
  throw error instanceof WeChatFault && error.code === 'lost' ? new WeChatFault('unreachable', error) : error;
}

const isGood = ({ value, expiresAt }: StoredToken, until: number): boolean => value !== '' && until < expiresAt;

/** For a single process. */
export function tokenStoreInMemory(): TokenStore {
  let stored: StoredToken | undefined;
  return {
    async read() {
      return stored;
    },
    async replace(old, next) {
      const same =
        stored?.value === old?.value &&
        stored?.expiresAt === old?.expiresAt &&
        stored?.claimedUntil === old?.claimedUntil;
      if (same) stored = next;
      return same;
    },
  };
}
