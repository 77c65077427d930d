import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createTokenHolder,
  openApi,
  type StoredToken,
  type TokenHolder,
  type TokenStore,
  tokenStoreInMemory,
} from '../../src/channels/official-account/index.ts';
import { HOUR, MINUTE, SECOND } from '../../src/lib/clock.ts';
import { wechatApi } from './wechat-api.ts';

const PATH = '/cgi-bin/stable_token';
const clock = { now: 0 };
let wechat: Awaited<ReturnType<typeof wechatApi>>;
let store: TokenStore;
beforeEach(async () => {
  clock.now = 1_790_000_000_000;
  wechat = await wechatApi(() => clock.now);
  store = slow(tokenStoreInMemory());
});
afterEach(() => wechat.close());

/** A database answers neither at once nor in order. */
function slow(inner: TokenStore): TokenStore {
  const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
  return {
    read: () => wait().then(() => inner.read()),
    replace: (old, next) => wait().then(() => inner.replace(old, next)),
  };
}

const holderOf = (secret = 'secret', withinMs = 500): TokenHolder =>
  createTokenHolder({
    api: openApi(wechat.base, withinMs),
    store,
    appId: 'wxappid',
    secret,
    now: () => clock.now,
    times: { lookAgainMs: 3 },
  });
const three = (): readonly TokenHolder[] => [holderOf(), holderOf(), holderOf()];
const tokensOf = (holders: readonly TokenHolder[]): Promise<readonly string[]> =>
  Promise.all(holders.flatMap((holder) => [holder.token(), holder.token()]));

describe('three processes over one store', () => {
  test('fetch one token between them and all use it', async () => {
    wechat.answerAfter(30);
    expect(new Set(await tokensOf(three()))).toEqual(new Set(['TOKEN-1']));
    expect(wechat.callsTo(PATH)).toHaveLength(1);
    expect(wechat.calls[0]?.body).toMatchObject({ grant_type: 'client_credential', force_refresh: false });
  });
  test('renew it once, five minutes before its end', async () => {
    const holders = three();
    await tokensOf(holders);
    clock.now += 2 * HOUR - 5 * MINUTE - SECOND;
    await tokensOf(holders);
    expect(wechat.callsTo(PATH)).toHaveLength(1);
    clock.now += SECOND;
    const tokens = await tokensOf(holders);
    expect(wechat.callsTo(PATH)).toHaveLength(2);
    expect(tokens.every((token) => ['TOKEN-1', 'TOKEN-2'].includes(token))).toBe(true);
    expect(await holders[0]?.token()).toBe('TOKEN-2');
  });
  test('fetch once after WeChat refused the token that they share', async () => {
    const holders = three();
    await tokensOf(holders);
    wechat.spoilTokens();
    await Promise.all(holders.map((holder) => holder.refused('TOKEN-1')));
    expect(new Set(await tokensOf(holders))).toEqual(new Set(['TOKEN-2']));
    expect(wechat.callsTo(PATH)).toHaveLength(2);
  });
  test('do not throw away a new token for a refusal of the old', async () => {
    const [first, second] = three() as [TokenHolder, TokenHolder];
    await first.token();
    wechat.spoilTokens();
    await first.refused('TOKEN-1');
    await first.token();
    await second.refused('TOKEN-1');
    expect(await second.token()).toBe('TOKEN-2');
    expect(wechat.callsTo(PATH)).toHaveLength(2);
  });
  test('go on when one died over its claim', async () => {
    const dead: StoredToken = { value: '', expiresAt: 0, claimedUntil: clock.now + 15 * SECOND };
    await store.replace(undefined, dead);
    const waiting = tokensOf(three());
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(wechat.calls).toHaveLength(0);
    clock.now += 15 * SECOND;
    expect(new Set(await waiting)).toEqual(new Set(['TOKEN-1']));
    expect(wechat.callsTo(PATH)).toHaveLength(1);
  });
});

describe('a failure', () => {
  test('lets the old token serve to its end', async () => {
    const holder = holderOf();
    await holder.token();
    clock.now += 2 * HOUR - MINUTE;
    wechat.failNext(PATH, -1);
    expect(await holder.token()).toBe('TOKEN-1');
    clock.now += 11 * SECOND;
    expect(await holder.token()).toBe('TOKEN-2');
  });
  test('is not asked about again for ten seconds, so that WeChat is not stormed', async () => {
    const holder = holderOf('wrong');
    for (let n = 0; n < 5; n += 1)
      await expect(holder.token()).rejects.toMatchObject({ code: 40125, retryable: false });
    expect(wechat.callsTo(PATH)).toHaveLength(1);
    clock.now += 11 * SECOND;
    await expect(holder.token()).rejects.toMatchObject({ code: 40125 });
    expect(wechat.callsTo(PATH)).toHaveLength(2);
  });
  test.each(['garbage', 'drop', 'hang', 'busy-server'] as const)(
    'without an answer may be tried again: %s',
    async (fault) => {
      const holder = holderOf('secret', 200);
      wechat.failNext(PATH, fault);
      await expect(holder.token()).rejects.toMatchObject({ code: 'unreachable', retryable: true });
      clock.now += 11 * SECOND;
      expect(await holder.token()).toBe('TOKEN-1');
    },
  );
  test('tells the operator the number and what it means, and never the secret', async () => {
    wechat.failNext(PATH, 40164);
    const fault = await holderOf()
      .token()
      .catch((error: unknown) => error);
    expect(String(fault)).toContain('40164');
    expect(String(fault)).toContain('白名单');
    expect(JSON.stringify(fault)).not.toContain('secret');
  });
});
