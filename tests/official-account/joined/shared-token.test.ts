import { describe, expect, onTestFinished, test } from 'vitest';
import {
  createTokenHolder,
  openApi,
  type StoredToken,
  type TokenStore,
} from '../../../src/channels/official-account/index.ts';
import { bytesIn, openIn, stateFolder } from '../../storage/folder.ts';
import { wechatApi } from '../wechat-api.ts';

const ACCOUNT = { appId: 'wx1', secret: 'a-secret' };
const OLD: StoredToken = { value: 'OLD-TOKEN', expiresAt: 1, claimedUntil: 0 };

describe('the access token in the storage', () => {
  test('is fetched once for all processes, and also for one that starts later', async () => {
    const api = await wechatApi(Date.now, ACCOUNT);
    onTestFinished(() => api.close());
    const folder = stateFolder();
    const storage = await openIn(folder);
    const holder = () => {
      const store: TokenStore = storage.cell('token');
      return createTokenHolder({ api: openApi(api.base), store, ...ACCOUNT, now: Date.now });
    };
    const tokens = await Promise.all(Array.from({ length: 6 }, () => holder().token()));
    expect(new Set([...tokens, await holder().token()])).toEqual(new Set(['TOKEN-1']));
    expect(api.callsTo('/cgi-bin/stable_token')).toHaveLength(1);
    expect(bytesIn(folder).includes('TOKEN-1')).toBe(false);
  });
  test('is replaced only by who knows what stands there', async () => {
    const storage = await openIn(stateFolder());
    const store: TokenStore = storage.cell('token');
    const next = { ...OLD, value: 'NEXT' };
    expect(await store.read()).toBeUndefined();
    expect(await store.replace(OLD, next)).toBe(false);
    const first = await Promise.all([store.replace(undefined, OLD), store.replace(undefined, OLD)]);
    expect(first.filter(Boolean)).toHaveLength(1);
    expect(await store.replace(undefined, next)).toBe(false);
    expect(await store.replace({ ...OLD, expiresAt: 2 }, next)).toBe(false);
    const second = await Promise.all([store.replace(OLD, next), store.replace(OLD, next)]);
    expect(second.filter(Boolean)).toHaveLength(1);
    expect(await store.read()).toEqual(next);
    expect(await storage.cell('another').read()).toBeUndefined();
  });
});
