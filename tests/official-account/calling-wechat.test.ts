import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createMenu,
  createTokenHolder,
  faultsOfMenu,
  type Menu,
  type OfficialIncoming,
  openApi,
  openCustomerService,
  serviceAllowance,
  tokenStoreInMemory,
} from '../../src/channels/official-account/index.ts';
import { OperatorFault } from '../../src/domain/index.ts';
import { HOUR, MINUTE } from '../../src/lib/clock.ts';
import { type Fault, wechatApi } from './wechat-api.ts';

const SEND = '/cgi-bin/message/custom/send';
const MENU = '/cgi-bin/menu/create';
const clock = { now: 1_790_000_000_000 };
let wechat: Awaited<ReturnType<typeof wechatApi>>;
beforeEach(async () => {
  wechat = await wechatApi(() => clock.now);
});
afterEach(() => wechat.close());

const open = () => {
  const api = openApi(wechat.base, 300);
  const tokens = createTokenHolder({
    api,
    store: tokenStoreInMemory(),
    appId: 'wxappid',
    secret: 'secret',
    now: () => clock.now,
  });
  return { api, tokens, service: openCustomerService(api, tokens) };
};

describe('a customer-service message', () => {
  test('goes to the resident, in real characters', async () => {
    wechat.residentWrote('oResident');
    expect(await open().service.say('oResident', '先别转钱\0😀')).toEqual({ outcome: 'sent' });
    expect(wechat.callsTo(SEND)[0]).toMatchObject({
      token: 'TOKEN-1',
      body: { touser: 'oResident', msgtype: 'text', text: { content: '先别转钱😀' } },
    });
  });
  test('gets a new token once when the old one is no longer taken, and is said once', async () => {
    const { service } = open();
    wechat.residentWrote('oResident');
    await service.say('oResident', '一');
    wechat.spoilTokens();
    expect(await service.say('oResident', '二')).toEqual({ outcome: 'sent' });
    expect(wechat.callsTo(SEND).map(({ token }) => token)).toEqual(['TOKEN-1', 'TOKEN-1', 'TOKEN-2']);
  });
  test('ends at WeChat’s count and at two days', async () => {
    const { service } = open();
    wechat.residentWrote('oResident');
    const outcomes = [];
    for (let n = 0; n < 6; n += 1) outcomes.push((await service.say('oResident', `${n}`)).outcome);
    expect(outcomes).toEqual(['sent', 'sent', 'sent', 'sent', 'sent', 'window-closed']);
    wechat.residentWrote('oResident');
    clock.now += 48 * HOUR + 1;
    expect(await service.say('oResident', '晚了')).toEqual({ outcome: 'window-closed', code: 45015 });
  });
  test.each<[Fault, string, number]>([
    [45009, 'rate-limited', 1],
    [45011, 'rate-limited', 1],
    [-1, 'rate-limited', 1],
    [45015, 'window-closed', 1],
    [45047, 'window-closed', 1],
    [48001, 'refused', 1],
    [40003, 'refused', 1],
    [99999, 'refused', 1],
    [40001, 'token', 2],
    [42001, 'token', 2],
    ['hang', 'unknown', 1],
    ['drop', 'unknown', 1],
    ['garbage', 'unknown', 1],
    ['busy-server', 'unknown', 1],
  ])('that ends in %s is %s, after %i tries', async (fault, outcome, tries) => {
    wechat.failNext(SEND, fault, fault);
    const delivery = await open().service.say('oResident', '一');
    expect(delivery.outcome).toBe(outcome);
    expect(delivery.code).toBe(typeof fault === 'number' ? fault : undefined);
    expect(wechat.callsTo(SEND)).toHaveLength(tries);
  });
  test('that never left may be tried again', async () => {
    const { service } = open();
    await wechat.close();
    expect(await service.say('oResident', '一')).toEqual({ outcome: 'unreachable' });
    wechat = await wechatApi(() => clock.now);
  });
  test('whose token could not be had was surely not said', async () => {
    wechat.failNext('/cgi-bin/stable_token', 'hang');
    expect(await open().service.say('oResident', '一')).toEqual({ outcome: 'unreachable' });
    expect(wechat.callsTo(SEND)).toHaveLength(0);
  });
});

describe('how many may be said', () => {
  const from = { messageId: '1', from: 'o', to: 'gh', at: 0 };
  const text: OfficialIncoming = { ...from, kind: 'text', text: 'x' };
  const event = (name: 'CLICK' | 'subscribe' | 'VIEW' | 'unsubscribe'): OfficialIncoming => ({
    ...from,
    kind: 'event',
    event: name,
    name,
    key: '',
  });
  test('depends on the account and on what the resident did', () => {
    expect(serviceAllowance('verified', text)).toEqual({ most: 5, withinMs: 48 * HOUR });
    expect(serviceAllowance('service', event('CLICK'))).toEqual({ most: 3, withinMs: MINUTE });
    expect(serviceAllowance('service', event('subscribe')).most).toBe(3);
    expect(serviceAllowance('service', event('unsubscribe')).most).toBe(0);
    expect(serviceAllowance('service', event('VIEW')).most).toBe(0);
    expect(serviceAllowance('unverified', text).most).toBe(0);
  });
});

describe('the menu', () => {
  const menu: Menu = {
    button: [
      { name: '查一查', sub_button: [{ type: 'click', name: '今日提醒', key: 'tip' }] },
      { type: 'view', name: '手册', url: 'https://county.example/handbook' },
    ],
  };
  test('is put in place as it is', async () => {
    const { api, tokens } = open();
    await createMenu(api, tokens, menu);
    expect(wechat.menu()).toEqual(menu);
  });
  test.each<[string, Menu]>([
    ['no entry', { button: [] }],
    ['four entries', { button: Array.from({ length: 4 }, () => ({ type: 'click', name: '一', key: 'k' })) }],
    [
      'six below one',
      {
        button: [
          { name: '一', sub_button: Array.from({ length: 6 }, () => ({ type: 'click', name: '一', key: 'k' })) },
        ],
      },
    ],
    ['a long name', { button: [{ type: 'click', name: '一二三四五六', key: 'k' }] }],
    ['no name', { button: [{ type: 'click', name: '', key: 'k' }] }],
    ['no key', { button: [{ type: 'click', name: '一', key: '' }] }],
    ['an address that is none', { button: [{ type: 'view', name: '一', url: 'javascript:alert(1)' }] }],
  ])('is not sent with %s', async (_name, wrong) => {
    const { api, tokens } = open();
    expect(faultsOfMenu(wrong)).not.toEqual([]);
    await expect(createMenu(api, tokens, wrong)).rejects.toThrow(OperatorFault);
    expect(wechat.calls).toEqual([]);
  });
  test('that WeChat refuses tells the operator the cure', async () => {
    const { api, tokens } = open();
    wechat.failNext(MENU, 48001);
    await expect(createMenu(api, tokens, menu)).rejects.toThrow(/48001.*FANZHA_OA_ACCOUNT/s);
  });
});

describe('the address of WeChat’s side', () => {
  test.each(['http://api.weixin.qq.com', 'ftp://127.0.0.1', 'api.weixin.qq.com', ''])('is refused as %j', (base) => {
    expect(() => openApi(base)).toThrow(/WECHAT_API_BASE/);
  });
  test('may be https, or http on this machine', () => {
    for (const base of ['https://api.weixin.qq.com', 'http://127.0.0.1:8081', 'http://[::1]:1']) openApi(base);
  });
});
