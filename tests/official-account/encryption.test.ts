import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { open, readAesKey, seal } from '../../src/channels/official-account/encryption.ts';
import { Refused } from '../../src/channels/official-account/refusal.ts';
import { readXml } from '../../src/channels/official-account/xml.ts';
import { sha1, wechatDecrypt, wechatEncrypt } from './wechat-side.ts';

const AES_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const OLDER_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const APP_ID = 'wx2c2769f8efd9abc2';
const keyOf = (text: string): Buffer => readAesKey(text) as Buffer;
const key = keyOf(AES_KEY);

/** Ciphertext of WeChat's own sample for developers (token spamtest). */
const OFFICIAL =
  'hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE=';

describe('the official sample', () => {
  test('opens to its text message', () => {
    const { message } = open(OFFICIAL, [key], APP_ID);
    expect(Object.fromEntries(readXml(message))).toMatchObject({
      MsgType: 'text',
      Content: 'abcdteT',
      MsgId: '6054768590064713728',
      FromUserName: 'oyORnuP8q7ou2gfYjqLzSIWZf0rs',
    });
  });
  test('carries the signature that WeChat gives for it', () => {
    expect(sha1('spamtest', '1409735669', '1320562132', OFFICIAL)).toBe('5d197aaffba7e9b25a30732f161a50dee96bd5fa');
  });
  test('opens the sample of the sister product, which has the same envelope', () => {
    const echo = 'P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ==';
    expect(open(echo, [keyOf(OLDER_KEY)], 'wx5823bf96d3bd56c7').message).toBe('1616140317555161061');
  });
});

describe('an envelope', () => {
  test('that we seal is opened by WeChat, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string(), (message, occasion) => {
        expect(wechatDecrypt(seal(message, key, APP_ID, occasion), AES_KEY)).toEqual({ message, appId: APP_ID });
      }),
    );
  });
  test('that WeChat seals is opened by us, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (message) => {
        expect(open(wechatEncrypt(message, AES_KEY, APP_ID), [key], APP_ID).message).toBe(message);
      }),
    );
  });
  test('is the same bytes for the same answer to the same request, and differs for any other', () => {
    expect(seal('甲', key, APP_ID, '1 a')).toBe(seal('甲', key, APP_ID, '1 a'));
    expect(seal('甲', key, APP_ID, '1 a')).not.toBe(seal('甲', key, APP_ID, '1 b'));
    expect(seal('甲', key, APP_ID, '1 a').slice(0, 20)).not.toBe(seal('乙', key, APP_ID, '1 a').slice(0, 20));
  });
  test('of the previous key opens during a rotation, and tells which key it was', () => {
    const older = keyOf(OLDER_KEY);
    const opened = open(wechatEncrypt('旧', OLDER_KEY, APP_ID), [key, older], APP_ID);
    expect(opened).toEqual({ message: '旧', key: older });
  });
});

describe('every fault of an envelope', () => {
  // With this length the padding fills the last 32 bytes, so a change there leaves everything else whole.
  const whole = wechatEncrypt('x'.repeat(26), AES_KEY, APP_ID);
  const bytes = Buffer.from(whole, 'base64');
  const flipped = (at: number): string => {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy.toString('base64');
  };
  test.each([
    ['another account', wechatEncrypt('x', AES_KEY, 'wxsomebodyelse')],
    ['another key', wechatEncrypt('x', OLDER_KEY, APP_ID)],
    ['a changed padding', flipped(bytes.length - 17)],
    ['a padding wrong only in its middle', flipped(bytes.length - 20)],
    ['a changed length', flipped(0)],
    ['half of it', bytes.subarray(0, bytes.length / 2).toString('base64')],
    ['no whole block', bytes.subarray(0, 30).toString('base64')],
    ['one block', bytes.subarray(0, 16).toString('base64')],
    ['no base64', '<b>这不是</b>'],
    ['nothing', ''],
  ])('is the same refusal: %s', (_name, encrypted) => {
    const attempt = (): unknown => open(encrypted, [key], APP_ID);
    expect(attempt).toThrow(Refused);
    expect(attempt).toThrow('encryption: the envelope does not open');
  });
  test('is never anything but that refusal, whatever bytes come', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        expect(() => open(Buffer.from(noise).toString('base64'), [key], APP_ID)).toThrow(Refused);
      }),
    );
  });
});

describe('an EncodingAESKey', () => {
  test('has 43 characters and stands for 32 bytes', () => {
    expect(key).toHaveLength(32);
    expect(['', AES_KEY.slice(1), `${AES_KEY}a`, `${AES_KEY.slice(1)}密`].map(readAesKey)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
