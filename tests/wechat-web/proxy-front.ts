import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createProxy } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { WechatWeb } from './emulator.ts';

/** What an unmodified program is started with, so that its traffic for WeChat ends at the emulator over real TLS. */
export interface ProxyFront {
  readonly environment: { readonly HTTPS_PROXY: string; readonly NODE_EXTRA_CA_CERTS: string };
  /** Every host that somebody asked to be led to, also those that are dead. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

const NAMES = ['qq.com', 'wx.qq.com', 'wx2.qq.com', 'wx8.qq.com', 'weixin.qq.com', 'wechat.com', 'web.wechat.com'];
const WECHAT = /^[a-z0-9.-]+\.(?:qq|wechat)\.com:443$/;

/** A proxy that knows the CONNECT method and leads to the emulator behind TLS. Other hosts are refused and noted. */
export async function openProxyFront(web: WechatWeb): Promise<ProxyFront> {
  const folder = await mkdtemp(join(tmpdir(), 'wechat-web-'));
  const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const names = NAMES.flatMap((name) => [`DNS:${name}`, `DNS:*.${name}`]).join(',');
  const options = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const subject = ['-subj', '/CN=wechat-web-emulator', '-addext', `subjectAltName=${names}`];
  const files = ['-keyout', keyFile, '-out', certificateFile];
  await promisify(execFile)('openssl', ['req', '-x509', ...options, ...subject, ...files]);

  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  };
  const pair = { key: await readFile(keyFile), cert: await readFile(certificateFile) };
  const secure = createSecureServer(pair, (request, response) => {
    web.handle(request, response).catch(() => response.destroy());
  });
  const proxy = createProxy((request, response) => {
    web.foreign.push(request.url ?? '');
    response.writeHead(403).end();
  });
  proxy.on('connect', (request, client: Socket) => {
    keep(client);
    const target = request.url ?? '';
    const host = target.replace(/:\d+$/, '');
    asked.push(host);
    if (!WECHAT.test(target)) web.foreign.push(host);
    if (!WECHAT.test(target) || web.deadHosts.has(host)) {
      client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    const server = connect((secure.address() as AddressInfo).port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      server.pipe(client).pipe(server);
    });
    keep(server);
  });
  for (const one of [secure, proxy]) {
    one.listen(0, '127.0.0.1');
    await once(one, 'listening');
  }

  return {
    asked,
    environment: {
      HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      NODE_EXTRA_CA_CERTS: certificateFile,
    },
    async stop() {
      secure.close();
      proxy.close();
      secure.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
