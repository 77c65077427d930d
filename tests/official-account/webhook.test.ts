import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routeOfficialAccount } from '../../src/channels/official-account/index.ts';
import { OperatorFault } from '../../src/domain/index.ts';
import { MINUTE } from '../../src/lib/clock.ts';
import { createServer } from '../../src/web/index.ts';
import { memoryLog } from '../quiet-log.ts';
import { AES_KEY, OLDER_KEY, type Rig, webhookRig } from './webhook-rig.ts';
import { messageXml, sha1, valueIn } from './wechat-side.ts';

let open: Rig;
let locked: Rig;
beforeAll(async () => {
  open = await webhookRig();
  locked = await webhookRig({ aesKeys: [AES_KEY, OLDER_KEY] });
});
afterAll(() => Promise.all([open.close(), locked.close()]));

describe('saving the address in WeChat’s console', () => {
  test('is answered with the echo and nothing else', async () => {
    expect(await open.side('plain').verify()).toEqual({ status: 200, body: '5838479218127813673' });
    expect(await locked.side('secure').verify()).toEqual({ status: 200, body: '5838479218127813673' });
  });
  test('is refused with a wrong signature, an old timestamp, or an echo that is a page', async () => {
    const side = open.side('plain');
    const old = String(Math.floor((open.clock.now - 6 * MINUTE) / 1_000));
    const statuses = await Promise.all([
      side.verify({ signature: '0'.repeat(40) }),
      side.verify({ timestamp: old }),
      side.verify({ echostr: '<script>alert(1)</script>' }),
      side.verify({ nonce: '' }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([401, 401, 400, 400]);
  });
});

describe('a message', () => {
  test('in plain mode gets a reply to its sender, dated like the message', async () => {
    const side = open.side('plain');
    const { tries, screen } = await side.deliver(side.text('叫我转钱到安全账户'));
    expect(screen).toBe('看过了：叫我转钱到安全账户');
    const reply = tries[0]?.reply ?? '';
    expect(['ToUserName', 'FromUserName', 'MsgType', 'CreateTime'].map((name) => valueIn(reply, name))).toEqual([
      'oResident0001',
      'gh_county',
      'text',
      String(open.clock.now / 1_000),
    ]);
  });
  test.each(['secure', 'compatible'] as const)('in %s mode gets a sealed reply', async (mode) => {
    const side = locked.side(mode);
    const { tries, screen } = await side.deliver(side.text('您好'));
    expect(screen).toBe('看过了：您好');
    expect(tries[0]?.body).not.toContain('看过了');
  });
  test('in compatible mode is understood without a key too', async () => {
    const side = open.side('compatible');
    expect((await side.deliver(side.text('您好'))).screen).toBe('看过了：您好');
  });
  test('sealed with the previous key gets its reply with that key', async () => {
    const side = locked.side('secure', { aesKey: OLDER_KEY });
    expect((await side.deliver(side.text('您好'))).screen).toBe('看过了：您好');
  });
  test('of any kind reaches the conversation', async () => {
    const side = open.side('plain');
    await side.deliver(side.event('subscribe', { EventKey: 'qrscene_poster_07' }));
    expect(open.received.at(-1)).toMatchObject({ kind: 'event', event: 'subscribe', scene: 'poster_07' });
  });
  test('with a break-out in the answer stays one well-formed reply', async () => {
    const side = open.side('plain');
    const { tries } = await side.deliver(side.text('x]]]]><![CDATA[></Content><MsgType>image'));
    expect(valueIn(tries[0]?.reply ?? '', 'MsgType')).toBe('text');
    expect(tries[0]?.reply?.match(/<MsgType>/g)).toHaveLength(2);
  });
  test('arriving in any order among others gets its own reply', async () => {
    const side = locked.side('secure');
    const delivered = await side.deliverShuffled(
      Array.from({ length: 60 }, (_, n) => side.text(`第${n}条`, `oResident${n}`)),
    );
    expect(delivered.map(({ screen }) => screen)).toEqual(delivered.map((_, n) => `看过了：第${n}条`));
  });
  test('is not held back by the limit for one address: WeChat has few', async () => {
    const side = open.side('plain');
    const answered = await Promise.all(Array.from({ length: 700 }, () => side.post(side.request(side.text('快')))));
    expect(answered.every(({ status }) => status === 200)).toBe(true);
  });
});

describe('what is not from WeChat', () => {
  const spoilt: readonly [string, number, (rig: Rig) => Promise<{ readonly status: number }>][] = [
    [
      'a wrong signature',
      401,
      ({ side }) => side('plain').post(side('plain').request(side('plain').text('x'), { signature: '0'.repeat(40) })),
    ],
    [
      'a timestamp of ten minutes ago',
      401,
      ({ side, clock }) =>
        side('plain').post(
          side('plain').request(side('plain').text('x'), { timestamp: String(clock.now / 1_000 - 600) }),
        ),
    ],
    ['no query at all', 400, ({ url }) => fetch(url, { method: 'POST', body: '<xml></xml>' })],
    [
      'two signatures',
      400,
      ({ url }) => fetch(`${url}?signature=a&signature=b&timestamp=1&nonce=2`, { method: 'POST', body: 'x' }),
    ],
    ['no XML', 400, ({ side }) => side('plain').post(side('plain').request('not xml'))],
    [
      'an entity bomb',
      400,
      ({ side }) => side('plain').post(side('plain').request('<!DOCTYPE a [<!ENTITY b "c">]><xml><A>&b;</A></xml>')),
    ],
    [
      'a message without sender',
      400,
      ({ side }) => side('plain').post(side('plain').request('<xml><MsgType>text</MsgType></xml>')),
    ],
    [
      'more than 16 KiB',
      413,
      ({ side }) => side('plain').post(side('plain').request(messageXml({ Content: 'x'.repeat(17_000) }))),
    ],
    ['an empty body', 400, ({ side }) => side('plain').post(side('plain').request(''))],
    [
      'a sealed message without key here',
      401,
      ({ side }) => side('secure').post(side('secure').request(side('secure').text('x'))),
    ],
  ];
  test.each(spoilt)('is refused: %s', async (_name, status, send) => {
    const before = open.received.length;
    expect((await send(open)).status).toBe(status);
    expect(open.received).toHaveLength(before);
  });
  test('is refused at once, in words that say nothing of what was wrong inside an envelope', async () => {
    const side = locked.side('secure');
    const stranger = locked.side('secure', { appId: 'wxsomebodyelse' });
    const answers = await Promise.all([
      side.post(side.request(side.text('x'), { msg_signature: '0'.repeat(40) })),
      stranger.post(stranger.request(stranger.text('x'))),
      side.post(locked.side('secure', { aesKey: 'x'.repeat(43) }).request(side.text('x'))),
    ]);
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(new Set(['401 解不开']));
  });
  test('plain where encryption is set is refused, so that nobody can go around it', async () => {
    const side = locked.side('plain');
    expect((await side.post(side.request(side.text('x')))).status).toBe(401);
    const both = side.request(side.text('x'));
    const forged = { ...both, body: both.body.replace('</xml>', '<Encrypt>AAAA</Encrypt></xml>') };
    expect((await side.post(forged)).status).toBe(401);
  });
  test('an old signature on another body is refused, while WeChat may repeat itself', async () => {
    const side = open.side('plain');
    const first = side.request(side.text('真的'));
    const other = { ...first, body: side.text('假的') };
    const statuses = [];
    for (const request of [first, first, other, first]) statuses.push((await side.post(request)).status);
    expect(statuses).toEqual([200, 200, 401, 200]);
  });
  test('bytes that are no UTF-8 harm nobody', async () => {
    const { query } = open.side('plain').request('<xml></xml>');
    const body = Buffer.concat([Buffer.from('<xml><A>'), Buffer.from([0xff, 0xfe, 0xc3]), Buffer.from('</A></xml>')]);
    const answer = await fetch(`${open.url}?${new URLSearchParams(query)}`, { method: 'POST', body });
    expect(answer.status).toBe(400);
  });
});

describe('the log', () => {
  test('names the reason and the cure once a minute, and never a text or a person', async () => {
    const rig = await webhookRig();
    const side = rig.side('plain');
    for (let n = 0; n < 5; n += 1)
      await side.post(side.request(side.text('我的身份证'), { signature: '1'.repeat(40) }));
    await side.deliver(side.text('我的身份证'));
    const refusals = rig.lines.filter((line) => line.includes('"signature"'));
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).toContain('FANZHA_OA_TOKEN');
    rig.clock.now += MINUTE;
    await side.post(side.request(side.text('x'), { signature: '1'.repeat(40) }));
    expect(rig.lines.filter((line) => line.includes('"sinceLast":4'))).toHaveLength(1);
    expect(rig.lines.join('')).not.toMatch(/身份证|oResident|spamtest/);
    await rig.close();
  });
});

describe('settings that cannot work', () => {
  test('are all named at once, with the cure', async () => {
    const { log } = memoryLog();
    const route = routeOfficialAccount(await createServer(log), {
      settings: { token: '', appId: '', aesKeys: ['short'], account: 'service' },
      now: Date.now,
      log,
      receive: async () => ({}),
      held: () => {},
      late: () => {},
      sentences: { holding: '', trouble: '' },
    });
    const fault = await route.catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(OperatorFault);
    expect((fault as OperatorFault).faults.map(({ where }) => where)).toEqual([
      'FANZHA_OA_TOKEN',
      'FANZHA_OA_APP_ID',
      'FANZHA_OA_AES_KEY',
    ]);
  });
});

describe('a request made by hand', () => {
  test('needs only what the documents say: signature, timestamp, nonce, body', async () => {
    const timestamp = String(open.clock.now / 1_000);
    const query = new URLSearchParams({ signature: sha1('spamtest', timestamp, '42'), timestamp, nonce: '42' });
    const body =
      '<xml><ToUserName>gh</ToUserName><FromUserName>me</FromUserName><CreateTime>1</CreateTime><MsgType>text</MsgType><Content>你好</Content><MsgId>1</MsgId></xml>';
    const answer = await fetch(`${open.url}?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });
    expect(answer.headers.get('content-type')).toContain('text/xml');
    expect(await answer.text()).toBe(
      '<xml><ToUserName><![CDATA[me]]></ToUserName><FromUserName><![CDATA[gh]]></FromUserName><CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[看过了：你好]]></Content></xml>',
    );
  });
});
