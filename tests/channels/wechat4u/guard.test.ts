import { afterEach, describe, expect, it } from 'vitest';
import { checked, checkLoginPage } from '../../../src/channels/wechaty/guarded-wechat4u/answers.ts';
import { WebFault } from '../../../src/channels/wechaty/guarded-wechat4u/faults.ts';
import { trouble, troubleOf } from '../../../src/channels/wechaty/guarded-wechat4u/troubles.ts';
import { closeRigs, openRig, until } from '../../wechat-web/guarded-rig.ts';

afterEach(closeRigs);

function kindOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof WebFault) return error.kind;
    throw error;
  }
  return 'taken';
}

const EVIL = '(globalThis.owned = true)';

describe('answers that wechat4u would run as a program', () => {
  it.each([
    ['jslogin', `window.QRLogin.code = 200; window.QRLogin.uuid = "a"; ${EVIL}`],
    ['jslogin', `window.QRLogin.code = 200; window.QRLogin.uuid = "a" + ${EVIL};`],
    ['jslogin', `window.QRLogin.code = ${EVIL}; window.QRLogin.uuid = "a";`],
    ['jslogin', '<html>'],
    ['jslogin', ''],
    ['jslogin', { code: 200 }],
    ['login', `window.code=408;${EVIL}`],
    ['login', `window.code=201;window.userAvatar = 'data:img/jpg;base64,a'+${EVIL}+'';`],
    ['login', `window.code=200;window.redirect_uri="https://wx2.qq.com/"+${EVIL};`],
    ['login', `window.code=200;window.redirect_uri="https://wx2.qq.com/\\u0022";${EVIL};"";`],
    ['login', `window.code=200;window.redirect_uri=\`\${${EVIL}}\`;`],
    ['login', 'window.code=500;'],
    ['synccheck', `window.synccheck={retcode:"0",selector:"2",x:${EVIL}}`],
    ['synccheck', `window.synccheck={retcode:"0",selector:${EVIL}}`],
    ['synccheck', `window.synccheck={retcode:"0",selector:"0"}\n;${EVIL}`],
    ['synccheck', '<html>系统维护</html>'],
    ['synccheck', undefined],
  ])('are refused unless they have the one known shape: %s %j', (endpoint, answer) => {
    expect(kindOf(() => checked(endpoint, answer))).toBe('odd-answer');
  });

  it('are written anew from the parts that were read', () => {
    expect(checked('jslogin', 'window.QRLogin.code = 200; window.QRLogin.uuid = "Ya/_-+==";')).toBe(
      'window.QRLogin.code = 200; window.QRLogin.uuid = "Ya/_-+==";',
    );
    expect(checked('login', ' window.code = 408 ; ')).toBe('window.code=408;');
    expect(checked('synccheck', 'window.synccheck = { retcode : "0" , selector : "7" };')).toBe(
      'window.synccheck={retcode:"0",selector:"7"}',
    );
  });

  it('never lead to a host that is not WeChat’s', () => {
    for (const host of ['qq.com.evil.example', 'evilqq.com', 'wx.qq.com@evil.example', 'evil.example', '127.0.0.1'])
      expect(kindOf(() => checked('login', `window.code=200;window.redirect_uri="https://${host}/a?b=1";`))).not.toBe(
        'taken',
      );
    expect(kindOf(() => checked('login', 'window.code=200;window.redirect_uri="https://wx.qq.com/a?b=1";'))).toBe(
      'taken',
    );
    expect(kindOf(() => checked('login', 'window.code=200;window.redirect_uri="http://wx.qq.com/a";'))).toBe(
      'odd-answer',
    );
  });

  it('take no longer than a moment, however long they are', () => {
    const started = performance.now();
    for (const endpoint of ['jslogin', 'login', 'synccheck'])
      for (const piece of ['window.code=', ' ', 'window.synccheck={', "'data:img/a;base64,"])
        kindOf(() => checked(endpoint, piece.repeat(50_000)));
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('other answers', () => {
  it.each([
    [1100, 'logged-out'],
    [1101, 'logged-out'],
    [1102, 'logged-out'],
    [1205, 'rate-limited'],
    [-1, 'ret'],
    [0, 'taken'],
  ])('with code %i are %s, whether WeChat writes it as a number or a word', (ret, kind) => {
    expect(kindOf(() => checked('webwxsync', { BaseResponse: { Ret: ret } }))).toBe(kind);
    expect(kindOf(() => checked('synccheck', `window.synccheck={retcode:"${ret}",selector:"0"}`))).toBe(kind);
  });

  it.each([undefined, null, '<html>', [], {}, { BaseResponse: null }, { BaseResponse: { Ret: '0' } }])(
    'without a code are odd: %j',
    (data) => expect(kindOf(() => checked('webwxinit', data))).toBe('odd-answer'),
  );

  it('of a login are keys or a reason', () => {
    const keys = '<skey>a</skey><wxsid>b</wxsid><wxuin>1</wxuin><pass_ticket>c</pass_ticket>';
    const page = (ret: number, rest: string): string => `<error><ret>${ret}</ret>${rest}</error>`;
    expect(kindOf(() => checkLoginPage('p', page(0, keys)))).toBe('taken');
    expect(kindOf(() => checkLoginPage('p', page(0, '')))).toBe('odd-answer');
    expect(kindOf(() => checkLoginPage('p', page(1203, '<message>不允许</message>')))).toBe('login-refused');
    expect(kindOf(() => checkLoginPage('p', '<html>'))).toBe('odd-answer');
  });
});

describe('requests', () => {
  it('to a host that is not WeChat’s never leave, and the puppet stops', async () => {
    const rig = await openRig();
    const page = '"https://wx2.qq.com.evil.example/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=1"';
    rig.web.fail('login', (_request, response) => response.end(`window.code=200;window.redirect_uri=${page};`));
    await rig.start();
    await until(() => rig.puppet.halted);
    expect(rig.troubles.map(({ code, retryable }) => ({ code, retryable }))).toEqual([
      { code: 'outside-host', retryable: false },
    ]);
    expect(rig.web.foreign).toEqual([]);
    expect(rig.web.count('webwxinit')).toBe(0);
  });

  it('are not led elsewhere by a redirect', async () => {
    const rig = await openRig();
    const away = { location: 'http://evil.example/' };
    rig.web.fail('webwxinit', (_request, response) => response.writeHead(302, away).end());
    await rig.start();
    await rig.web.signIn();
    await until(() => rig.puppet.isLoggedIn);
    expect(rig.troubles.map(({ code }) => code)).toEqual(['odd-answer']);
    expect(rig.web.count('webwxinit')).toBe(2);
  });
});

describe('what the operator is told', () => {
  it('is a sentence with what happened and what to do, for every code', () => {
    const codes = [
      'login-refused',
      'banned',
      'ended-on-phone',
      'ended-elsewhere',
      'session-refused',
      'rate-limited',
    ] as const;
    for (const code of [...codes, 'unreachable', 'odd-answer', 'outside-host', 'session-file-corrupt'] as const)
      expect(trouble(code).sentence).toMatch(/。怎么办：.+。$/);
  });

  it('carries WeChat’s code and words on one line, and no signs that steer a terminal', () => {
    const words = '\u001b[2J此微信号已不允许\n登录网页微信。';
    expect(trouble('login-refused', { ret: 1203, words }).sentence).toBe(
      '微信不让这个号登录网页版（代码 1203）。微信说：[2J此微信号已不允许 登录网页微信。' +
        '怎么办：换一个能登录网页版的号，再重新启动。也可以改用公众号。',
    );
  });

  it('tells a limited account apart from one that may not use the web', () => {
    const refused = (words: string) => troubleOf(new WebFault('login-refused', 'p', { ret: 1203, words }))?.code;
    expect(refused('为了你的帐号安全，此微信号已不允许登录网页微信。')).toBe('login-refused');
    expect(refused('该帐号因违规已被限制登录。')).toBe('banned');
  });
});
