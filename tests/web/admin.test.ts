import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ADMIN_HOST, close, createAdmin, listen, routeSignIn, type SignInState } from '../../src/web/index.ts';
import { memoryLog } from '../quiet-log.ts';

const LINK = 'https://login.weixin.qq.com/l/abc==';
const server = await createAdmin(memoryLog().log);
let port = 0;
let state: SignInState;

beforeAll(async () => {
  routeSignIn(server, '/wechat4u', '微信个人号登录', () => state);
  port = await listen(server, ADMIN_HOST, 0, 'FANZHA_ADMIN_PORT');
});
beforeEach(() => {
  state = { sentence: '还没有登录。请扫码。', scan: LINK, troubles: [] };
});
afterAll(() => close(server));

const open = (path = '/wechat4u') => fetch(`http://${ADMIN_HOST}:${port}${path}`);
const text = async () => (await open()).text();

describe('the page on which an operator logs in', () => {
  test('shows the code to scan as a picture in itself, its link, and where things stand', async () => {
    const page = await text();
    expect(page).toContain('<p role="status">还没有登录。请扫码。</p>');
    expect(page.match(/<svg [^>]*viewBox="0 0 \d+ \d+"/)).not.toBeNull();
    expect((page.match(/h1v1h-1z/g) ?? []).length).toBeGreaterThan(200);
    expect(page).toContain(LINK);
  });
  test('shows no code when there is nothing to scan', async () => {
    state = { sentence: '已经登录。', troubles: [] };
    expect(await text()).not.toMatch(/<svg|login\.weixin|要留意的/);
  });
  test('shows what is wrong, and lets none of its signs become part of the page', async () => {
    state = { sentence: '<b>停下</b>', scan: '"><script>1</script>', troubles: ['<img src=x>', '连不上微信。'] };
    const page = await text();
    expect(page).toContain('&lt;b&gt;停下');
    expect(page).toContain('<li>连不上微信。</li>');
    expect(page).not.toMatch(/<script|<img|<b>/);
  });
  test('loads nothing from outside, has no script, and is not kept', async () => {
    const answer = await open();
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'self'/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).not.toMatch(/(?:src|href)="(?!\/)|style=|<style/);
    expect((await open('/admin.css')).headers.get('content-type')).toMatch(/^text\/css/);
  });
  test('is refused under any other name, so that no page of a stranger can read it', async () => {
    const { request } = await import('node:http');
    const status = (host: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        request({ host: ADMIN_HOST, port, path: '/wechat4u', headers: { host } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect(await status('evil.example')).toBe(403);
    expect(await status(`127.0.0.1.evil.example:${port}`)).toBe(403);
    expect(await status(`localhost:${port}`)).toBe(200);
  });
});
