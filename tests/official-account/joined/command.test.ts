import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { checkAccount, faultsOfMenu, menuFromWords } from '../../../src/channels/official-account/index.ts';
import { openersOf } from '../../../src/channels.ts';
import { createOfficialMenu } from '../../../src/commands/official-account.ts';
import { readConfig } from '../../../src/config/index.ts';
import { mind } from '../../knowledge-base.ts';
import { wechatApi } from '../wechat-api.ts';

const NOTHING = readConfig({}, '/').officialAccount;

describe('an official account that is not set up', () => {
  test('is told everything that is missing at once', () => {
    const check = () => checkAccount({ ...NOTHING, account: 'service' });
    for (const name of ['FANZHA_OA_TOKEN', 'FANZHA_OA_APP_ID', 'FANZHA_OA_SECRET']) expect(check).toThrow(name);
  });
  test('needs no secret while it only answers', () => {
    expect(() => checkAccount({ ...NOTHING, token: 'abc', appId: 'wx1' })).not.toThrow();
    expect(() => checkAccount({ ...NOTHING, token: 'abc', appId: 'wx1', account: 'verified' })).toThrow(
      'FANZHA_OA_SECRET',
    );
  });
  test('with a token that WeChat would not take is told so', () =>
    expect(() => checkAccount({ ...NOTHING, token: 'a b', appId: 'wx1' })).toThrow('FANZHA_OA_TOKEN'));
  test('is a channel that can be asked for by its name', () =>
    expect(openersOf({ channels: ['official-account'], acceptBanRisk: false })).toHaveLength(1));
});

describe('the menu', () => {
  const menu = menuFromWords(mind.say('official-account-menu'));

  test('of the knowledge base has three buttons, and WeChat takes it', () => {
    expect(menu.button).toHaveLength(3);
    expect(faultsOfMenu(menu)).toEqual([]);
  });
  test('says with each button something that is understood', () => {
    const verdicts = menu.button.map((one) => mind.understand('key' in one ? one.key : '').verdict.kind);
    expect(verdicts).toEqual(['command', 'first-aid', 'command']);
  });
  test.each(['骗局大全', '：', '按钮：'])('with a line that says only half of it is refused: %s', (line) => {
    expect(() => menuFromWords(line)).toThrow('这一行看不懂');
  });
  test('is put up by the command', async () => {
    const api = await wechatApi(Date.now, { appId: 'wx1', secret: 'secret' });
    onTestFinished(() => api.close());
    const print = vi.spyOn(console, 'log').mockImplementation(() => {});
    onTestFinished(() => print.mockRestore());
    const config = readConfig({ FANZHA_OA_APP_ID: 'wx1', FANZHA_OA_SECRET: 'secret', WECHAT_API_BASE: api.base }, '/');
    await createOfficialMenu(config);
    expect(api.menu()).toEqual(menu);
    expect(print.mock.calls.flat().join('')).toContain('菜单建好了：骗局大全、我转了钱、怎么用我');
  });
  test('is not tried without the secret', async () => {
    await expect(createOfficialMenu(readConfig({ FANZHA_OA_APP_ID: 'wx1' }, '/'))).rejects.toThrow('FANZHA_OA_SECRET');
  });
});
