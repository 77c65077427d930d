import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { WechatWeb } from '../../wechat-web/emulator.ts';
import { closeRigs, folder, until, ZHANG } from '../../wechat-web/guarded-rig.ts';
import { openProxyFront } from '../../wechat-web/proxy-front.ts';

afterEach(closeRigs);

describe('a program that knows nothing of the emulator', () => {
  it('talks with it over a proxy and real TLS, and ends when it is asked to', async () => {
    const web = await new WechatWeb().start();
    web.addPerson(ZHANG, '张三');
    const front = await openProxyFront(web);
    const script = join(import.meta.dirname, '../../wechat-web/plain-bot.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, join(folder(), 'wechat4u.json')], {
      env: { ...process.env, ...front.environment, NO_PROXY: '', no_proxy: '' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    try {
      await web.until(() => web.codes === 1, 10_000);
      web.scan();
      web.confirm();
      await web.until(() => web.count('synccheck') > 0, 5_000);
      web.say(ZHANG, '在吗');
      await web.until(() => web.sent.length === 1, 5_000);
      expect(web.sent[0]).toMatchObject({ to: ZHANG, text: '收到：在吗' });
      const ended = once(child, 'exit');
      const asked = Date.now();
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      expect(Date.now() - asked).toBeLessThan(1_000);
      expect(output).toBe('');
    } finally {
      child.kill('SIGKILL');
      await front.stop();
      await web.stop();
    }
  });

  it('is found out when it tries to reach any other host', async () => {
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
