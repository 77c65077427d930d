import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { WechatWeb } from '../../wechat-web/emulator.ts';
import { closeRigs, folder, until, ZHANG } from '../../wechat-web/guarded-rig.ts';
import { startWechat4uProgram } from '../../wechat-web/program.ts';
import { openProxyFront } from '../../wechat-web/proxy-front.ts';

afterEach(closeRigs);

const SCAM = '刚才有人自称公安局说我涉嫌洗钱，让我把钱转到安全账户，还不让告诉家里人';

describe('the program, which knows nothing of the emulator', () => {
  it('talks over a proxy and real TLS, ends when asked to, and goes on without a scan', async () => {
    const web = await new WechatWeb().start();
    web.addPerson(ZHANG, '张三');
    const front = await openProxyFront(web);
    const stateDir = join(folder(), 'data');
    const first = startWechat4uProgram(front, stateDir);
    let program = first;
    try {
      await web.until(() => web.codes === 1, 15_000);
      await until(() => /http:\S+\/wechat4u/.test(first.output()));
      const page = /http:\S+\/wechat4u/.exec(first.output())?.[0] ?? '';
      expect(await (await fetch(page)).text()).toMatch(/请用备用号的微信扫码[\s\S]*<svg /);
      expect(first.output()).toMatch(/█▀+▀/);
      web.scan();
      web.confirm();
      await web.until(() => web.count('synccheck') > 0, 5_000);
      const said = Date.now();
      web.say(ZHANG, SCAM);
      await web.until(() => web.sent.length === 1, 5_000);
      expect(Date.now() - said).toBeLessThan(3_000);
      expect(web.sent[0]).toMatchObject({ to: ZHANG, text: expect.stringMatching(/^【高危】很像“冒充公检法”/) });
      expect(await (await fetch(page)).text()).toMatch(/已经登录/);
      const asked = Date.now();
      expect(await first.stop()).toEqual([0, null]);
      expect(Date.now() - asked).toBeLessThan(2_000);

      program = startWechat4uProgram(front, stateDir);
      web.say(ZHANG, '1');
      await web.until(() => web.sent.length === 2, 15_000);
      expect(web.sent[1]).toMatchObject({ to: ZHANG, text: expect.stringContaining('识破') });
      expect({ codes: web.codes, logins: web.logins }).toEqual({ codes: 1, logins: 1 });
      expect(await program.stop()).toEqual([0, null]);
      expect(first.output() + program.output()).not.toMatch(/安全账户|@zhang|Error|unhandled/);
    } finally {
      program.child.kill('SIGKILL');
      await front.stop();
      await web.stop();
    }
  });

  it('says what WeChat does, and stops, unless the risk was accepted', async () => {
    const bin = join(import.meta.dirname, '../../../bin/fanzha.js');
    const run = promisify(execFile)(process.execPath, [bin, 'start', '--channel', 'wechat4u'], { cwd: folder() });
    await expect(run).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/封号[\s\S]*备用号[\s\S]*公众号[\s\S]*--channel wechat4u --accept-ban-risk\n$/),
    });
  });
});

describe('the way there', () => {
  it('shows when somebody tries to reach any other host', async () => {
    const web = await new WechatWeb().start();
    const front = await openProxyFront(web);
    const { port } = new URL(front.environment.HTTPS_PROXY);
    const tunnel = request({ host: '127.0.0.1', port, method: 'CONNECT', path: 'qq.com.evil.example:443' }).end();
    const [answer] = await once(tunnel, 'connect');
    expect(answer).toMatchObject({ statusCode: 502 });
    await front.stop();
    await until(() => web.foreign.length > 0);
    await expect(web.stop()).rejects.toThrow('qq.com.evil.example');
  });
});
