import { afterEach, describe, expect, test } from 'vitest';
import type { Fraud } from '../../src/domain/index.ts';
import { close, createServer, type DownloadNeeds, routeDownloads } from '../../src/web/index.ts';
import { memoryLog } from '../quiet-log.ts';

const { log, lines } = memoryLog();
const opened: Awaited<ReturnType<typeof createServer>>[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await close(server);
});

const FRAUDS = ['loan', 'email', 'impersonate-police', ...Array.from({ length: 30 }, (_, i) => `fraud-${i}`)].map(
  (id) => ({ id, name: `${id}的骗局（新）` }) as Fraud,
);
const MIB = 1024 * 1024;

/** A server whose files are made by the test; `made` tells in which order it was asked for them. */
async function downloads(over: Partial<DownloadNeeds> = {}) {
  const made: string[] = [];
  const note = (what: string): void => void made.push(what);
  const server = await createServer(log);
  opened.push(server);
  routeDownloads(server, {
    base: () => ({ version: 'v1', frauds: FRAUDS }),
    picture: async (fraud, format) => {
      note(`${fraud.id} ${format}`);
      return Buffer.from(`PNG ${fraud.id} ${format}`);
    },
    handbook: async () => Buffer.from('PDF'),
    sound: async () => ({ type: 'wav', data: Buffer.from('0123456789') }),
    log,
    rest: async () => {},
    ...over,
  });
  const get = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
    server.inject({ method, url, headers });
  return { get, made, note };
}

/** Work that ends when the test says so. */
function gate() {
  let open = (): void => {};
  const opens = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opens };
}

describe('a picture', () => {
  test('comes with type, length, a short life, and a Chinese name to save it under', async () => {
    const { get } = await downloads();
    const answer = await get('/pictures/impersonate-police-led.png');
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toBe('PNG impersonate-police led');
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': '26',
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
      'content-disposition': `inline; filename="impersonate-police-led.png"; filename*=UTF-8''${encodeURIComponent('impersonate-police的骗局（新）-电子屏.png')}`,
    });
  });

  test('can be asked for its headers alone', async () => {
    const { get } = await downloads();
    const answer = await get('/pictures/loan-card.png', {}, 'HEAD');
    expect([answer.statusCode, answer.headers['content-length'], answer.body]).toEqual([200, '13', '']);
  });

  test('is not sent again to who has it', async () => {
    const { get } = await downloads();
    const { etag } = (await get('/pictures/loan-card.png')).headers;
    const answer = await get('/pictures/loan-card.png', { 'if-none-match': String(etag) });
    expect([answer.statusCode, answer.body]).toEqual([304, '']);
  });

  test.each([
    '/pictures/unknown-card.png',
    '/pictures/loan-poster.png',
    '/pictures/loan-card.jpg',
    '/pictures/LOAN-card.png',
    '/pictures/__proto__-card.png',
    '/pictures/loan-constructor.png',
    '/pictures/..%2f..%2fpackage.json',
    '/pictures/..%2floan-card.png',
    '/pictures/loan-card.png%00',
    '/pictures/loan-card.png%0a',
    '/pictures/',
    '/sound/..%2floan',
    '/sound/unknown',
    '/sound/constructor',
  ])('that does not exist is refused in Chinese, and nothing is made: %s', async (url) => {
    const { get, made } = await downloads({ sound: () => Promise.reject(new Error('must not be asked')) });
    const answer = await get(url);
    expect([400, 404, 414]).toContain(answer.statusCode);
    expect((answer.json() as { error: string }).error).toMatch(/\p{Script=Han}{3}/u);
    expect(made).toEqual([]);
  });

  test.each(['/pictures/%E0%A4%A', `/sound/${'a'.repeat(5_000)}`])(
    'under no proper address is refused: %.20s',
    async (url) => {
      const { get, made } = await downloads();
      expect([400, 404, 414]).toContain((await get(url)).statusCode);
      expect(made).toEqual([]);
    },
  );

  test('that this machine cannot make does not exist', async () => {
    const { get } = await downloads({ picture: async () => undefined });
    expect((await get('/pictures/loan-card.png')).json()).toEqual({ error: '没有这张图片' });
  });

  test('that fails is made anew for the next who asks; the log is told, the visitor is asked to come again', async () => {
    let times = 0;
    const { get } = await downloads({
      picture: async () => {
        times += 1;
        if (times === 1) throw new Error('the brush broke');
        return Buffer.from('PNG');
      },
    });
    const answer = await get('/pictures/loan-card.png');
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5']);
    expect(answer.body).not.toContain('brush');
    expect(lines.join('')).toContain('the brush broke');
    expect((await get('/pictures/loan-card.png')).statusCode).toBe(200);
  });
});

describe('the handbook', () => {
  test('is saved under its Chinese name', async () => {
    const { get } = await downloads();
    const { headers, body } = await get('/handbook.pdf');
    expect(body).toBe('PDF');
    expect(headers['content-type']).toBe('application/pdf');
    expect(headers['content-disposition']).toContain(`attachment; filename="handbook.pdf"`);
    expect(headers['content-disposition']).toContain(encodeURIComponent('反诈手册.pdf'));
  });
});

describe('a sound', () => {
  test.each([
    ['mp3', 'audio/mpeg'],
    ['wav', 'audio/wav'],
  ] as const)('in %s comes as %s', async (type, mime) => {
    const { get } = await downloads({ sound: async () => ({ type, data: Buffer.from('la') }) });
    const { headers } = await get('/sound/loan');
    expect(headers['content-type']).toBe(mime);
    expect(headers['content-disposition']).toContain(`filename="loan.${type}"`);
  });

  test('that nobody has recorded, on a machine that cannot speak, is kindly refused', async () => {
    const { get } = await downloads({ sound: async () => undefined });
    const answer = await get('/sound/loan');
    expect([answer.statusCode, answer.json()]).toEqual([404, { error: '这一条还没有录音，可以先看文字' }]);
  });

  const parts: readonly [string, number, string, string | undefined][] = [
    ['bytes=0-1', 206, '01', 'bytes 0-1/10'],
    ['bytes=8-', 206, '89', 'bytes 8-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=5-99', 206, '56789', 'bytes 5-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=3-2', 200, '0123456789', undefined],
    ['bytes=0-1,4-5', 200, '0123456789', undefined],
    ['bytes=0-99999999999999999999', 200, '0123456789', undefined],
    ['lines=1-2', 200, '0123456789', undefined],
  ];
  test.each(parts)('asked for with %s gives %i, as telephones need it', async (range, status, body, told) => {
    const { get } = await downloads();
    const answer = await get('/sound/loan', { range });
    expect([answer.statusCode, answer.body, answer.headers['content-range']]).toEqual([status, body, told]);
  });

  test('gives a further part only of the file that the asker has begun with', async () => {
    const { get } = await downloads();
    const { etag } = (await get('/sound/loan')).headers;
    const further = (tag: string) => get('/sound/loan', { range: 'bytes=8-', 'if-range': tag });
    expect((await further(String(etag))).body).toBe('89');
    expect((await further('"another"')).body).toBe('0123456789');
  });
});

describe('a flood', () => {
  test('for one picture has it made once', async () => {
    const { open, opens } = gate();
    const { get, made, note } = await downloads({
      picture: async () => {
        note('picture');
        await opens;
        return Buffer.from('PNG');
      },
    });
    const answers = Promise.all(Array.from({ length: 200 }, () => get('/pictures/loan-card.png')));
    await expect.poll(() => made).toEqual(['picture']);
    open();
    expect(new Set((await answers).map((answer) => answer.statusCode))).toEqual(new Set([200]));
    expect(made).toEqual(['picture']);
  });

  test('for many pictures has few of them made, one after the other, and the rest refused at once', async () => {
    const { open, opens } = gate();
    let [atOnce, most] = [0, 0];
    const { get, made, note } = await downloads({
      picture: async (fraud) => {
        note(fraud.id);
        atOnce += 1;
        most = Math.max(most, atOnce);
        await opens;
        atOnce -= 1;
        return Buffer.from('PNG');
      },
    });
    const statuses: number[] = [];
    const answers = FRAUDS.flatMap((fraud) =>
      ['card', 'led', 'board', 'banner'].map(async (format) => {
        statuses.push((await get(`/pictures/${fraud.id}-${format}.png`)).statusCode);
      }),
    );
    await expect.poll(() => statuses.length).toBe(answers.length - 8);
    expect(new Set(statuses)).toEqual(new Set([503]));
    expect(made).toHaveLength(1);
    open();
    await Promise.all(answers);
    expect(statuses.filter((status) => status === 200)).toHaveLength(8);
    expect([made.length, most]).toEqual([8, 1]);
  });

  test('leaves the residents twice the time that each file took, and no more than two seconds', async () => {
    let time = 0;
    const rests: number[] = [];
    const { get } = await downloads({
      picture: async (_, format) => {
        time += format === 'card' ? 100 : 5_000;
        return Buffer.from('PNG');
      },
      now: () => time,
      rest: async (ms) => void rests.push(ms),
    });
    await get('/pictures/loan-card.png');
    await get('/pictures/loan-card.png');
    await get('/pictures/loan-board.png');
    expect(rests).toEqual([200, 2_000]);
  });
});

describe('what was made', () => {
  test('is kept until the knowledge changes, or ten minutes have passed', async () => {
    let [time, version] = [0, 'v1'];
    const { get, made } = await downloads({ now: () => time, base: () => ({ version, frauds: FRAUDS }) });
    const ask = async (): Promise<number> => {
      await get('/pictures/loan-card.png');
      return made.length;
    };
    expect([await ask(), await ask()]).toEqual([1, 1]);
    version = 'v2';
    expect([await ask(), await ask()]).toEqual([2, 2]);
    time += 10 * 60_000;
    expect([await ask(), await ask()]).toEqual([3, 3]);
  });

  test('is let go when there is too much of it, the longest unused first', async () => {
    const { get, made } = await downloads({
      picture: async (fraud) => {
        made.push(fraud.id);
        return Buffer.alloc(7 * MIB);
      },
    });
    for (const id of ['loan', 'email', 'fraud-1', 'loan', 'fraud-2']) await get(`/pictures/${id}-card.png`);
    expect(made.splice(0)).toEqual(['loan', 'email', 'fraud-1', 'fraud-2']);
    await get('/pictures/loan-card.png');
    await get('/pictures/email-card.png');
    expect(made).toEqual(['email']);
  });

  test('is sent but not kept when it alone is too much', async () => {
    const { get, made } = await downloads({
      picture: async (fraud) => {
        made.push(fraud.id);
        return Buffer.alloc(fraud.id === 'loan' ? 25 * MIB : 1);
      },
    });
    await get('/pictures/email-card.png');
    for (const _ of [1, 2]) expect((await get('/pictures/loan-card.png')).statusCode).toBe(200);
    await get('/pictures/email-card.png');
    expect(made).toEqual(['email', 'loan', 'loan']);
  });
});
