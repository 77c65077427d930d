import { describe, expect, test } from 'vitest';
import { awaitsAnswer, readIncoming } from '../../src/channels/official-account/incoming.ts';
import { Refused } from '../../src/channels/official-account/refusal.ts';
import { readXml } from '../../src/channels/official-account/xml.ts';
import { messageXml } from './wechat-side.ts';

const at = { CreateTime: 1_348_831_860 };
const message = (fields: Readonly<Record<string, string | number>>) =>
  readIncoming(readXml(messageXml({ ...at, MsgId: 1_234_567_890_123_456, ...fields })));
const event = (fields: Readonly<Record<string, string | number>>) =>
  readIncoming(readXml(messageXml({ ...at, MsgType: 'event', ...fields })));

describe('what residents send', () => {
  test('carries who, to whom, when and which', () => {
    expect(message({ MsgType: 'text', Content: '你好' })).toMatchObject({
      messageId: '1234567890123456',
      from: 'oResident0001',
      to: 'gh_county',
      at: 1_348_831_860_000,
    });
  });
  test.each([
    [
      { MsgType: 'text', Content: ' 叫我转钱 ' },
      { kind: 'text', text: ' 叫我转钱 ' },
    ],
    [
      { MsgType: 'text', Content: '冒充公检法', bizmsgmenuid: 't2' },
      { kind: 'text', menuId: 't2' },
    ],
    [
      { MsgType: 'image', PicUrl: 'http://mmbiz.qpic.cn/x', MediaId: 'm' },
      { kind: 'image', pictureUrl: 'http://mmbiz.qpic.cn/x', mediaId: 'm' },
    ],
    [
      { MsgType: 'voice', MediaId: 'm', Format: 'amr', Recognition: '有人叫我转钱。' },
      { kind: 'voice', recognition: '有人叫我转钱。' },
    ],
    [
      { MsgType: 'voice', MediaId: 'm', Recognition: '' },
      { kind: 'voice', recognition: undefined },
    ],
    [
      { MsgType: 'video', MediaId: 'm', ThumbMediaId: 't' },
      { kind: 'video', mediaId: 'm' },
    ],
    [{ MsgType: 'shortvideo', MediaId: 'm' }, { kind: 'shortvideo' }],
    [
      { MsgType: 'location', Location_X: '33.3871', Location_Y: '114.0179', Scale: 15, Label: '西平县' },
      { kind: 'location', latitude: 33.3871, longitude: 114.0179, label: '西平县' },
    ],
    [
      { MsgType: 'link', Title: '补贴', Description: '点开领', Url: 'http://a.example/b?c' },
      { kind: 'link', title: '补贴', description: '点开领', url: 'http://a.example/b?c' },
    ],
    [
      { MsgType: 'file', Title: 'a.apk' },
      { kind: 'unknown', type: 'file' },
    ],
    [
      { MsgType: 'text', Content: '【收到不支持的消息类型，暂无法显示】' },
      { kind: 'unknown', type: 'unsupported' },
    ],
  ])('is read: %j', (fields, expected) => {
    expect(message(fields)).toMatchObject(expected);
  });
});

describe('events', () => {
  test.each([
    [{ Event: 'subscribe' }, { event: 'subscribe', key: '', scene: undefined }],
    [
      { Event: 'subscribe', EventKey: 'qrscene_poster_07', Ticket: 't' },
      { event: 'subscribe', scene: 'poster_07' },
    ],
    [
      { Event: 'SCAN', EventKey: 'poster_07', Ticket: 't' },
      { event: 'SCAN', scene: 'poster_07' },
    ],
    [{ Event: 'unsubscribe', EventKey: '' }, { event: 'unsubscribe' }],
    [
      { Event: 'CLICK', EventKey: 'tip' },
      { event: 'CLICK', key: 'tip', scene: undefined },
    ],
    [
      { Event: 'VIEW', EventKey: 'https://a.example/' },
      { event: 'VIEW', key: 'https://a.example/' },
    ],
    [
      { Event: 'click', EventKey: 'tip' },
      { event: 'CLICK', name: 'click' },
    ],
    [
      { Event: 'TEMPLATESENDJOBFINISH', MsgID: 1 },
      { event: 'other', name: 'TEMPLATESENDJOBFINISH' },
    ],
  ])('are read: %j', (fields, expected) => {
    expect(event(fields)).toMatchObject({ kind: 'event', ...expected });
  });
  test('from a menu entry that scans carry what was scanned', () => {
    const xml = messageXml({ ...at, MsgType: 'event', Event: 'scancode_waitmsg', EventKey: 'scan' }).replace(
      '</xml>',
      '<ScanCodeInfo><ScanType><![CDATA[qrcode]]></ScanType><ScanResult><![CDATA[http://a.example]]></ScanResult></ScanCodeInfo></xml>',
    );
    expect(readIncoming(readXml(xml))).toMatchObject({ event: 'other', key: 'scan', scanned: 'http://a.example' });
  });
  test('are told apart by who, when, name and key, and are the same when repeated', () => {
    const ids = [
      event({ Event: 'CLICK', EventKey: 'tip' }),
      event({ Event: 'CLICK', EventKey: 'tip' }),
      event({ Event: 'CLICK', EventKey: 'quiz' }),
      event({ Event: 'subscribe' }),
    ].map((one) => one.messageId);
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
  });
  test('await an answer only where somebody looks at the screen', () => {
    const names = ['subscribe', 'SCAN', 'CLICK', 'unsubscribe', 'VIEW', 'LOCATION'];
    expect(names.filter((name) => awaitsAnswer(event({ Event: name })))).toEqual(['subscribe', 'SCAN', 'CLICK']);
    expect(awaitsAnswer(message({ MsgType: 'video' }))).toBe(true);
  });
});

describe('what lacks something', () => {
  const whole = { ToUserName: 'gh', FromUserName: 'o', CreateTime: '1', MsgType: 'text', Content: 'x', MsgId: '1' };
  test.each(Object.keys(whole))('is refused without %s', (name) => {
    const values = new Map(Object.entries(whole));
    expect(readIncoming(values).kind).toBe('text');
    values.delete(name);
    expect(() => readIncoming(values)).toThrow(Refused);
    expect(() => readIncoming(values)).toThrow(`message: no ${name}`);
  });
  test.each([
    { FromUserName: '' },
    { FromUserName: 'a b' },
    { FromUserName: 'x'.repeat(200) },
    { CreateTime: 'yesterday' },
    { CreateTime: '9'.repeat(30) },
    { MsgType: '../x' },
    { MsgId: '' },
    { MsgType: 'location', Location_X: 'NaN', Location_Y: '1' },
    { MsgType: 'link' },
    { MsgType: 'event' },
  ])('or is not what WeChat writes is refused: %j', (over) => {
    const values = new Map(Object.entries<string>({ ...whole, ...over } as Record<string, string>));
    expect(() => readIncoming(values)).toThrow(Refused);
  });
});
