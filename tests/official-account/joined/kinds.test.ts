import { describe, expect, test } from 'vitest';
import { mind } from '../../knowledge-base.ts';
import { messageXml } from '../wechat-side.ts';
import { FRAGMENT, joined, SWINDLE } from './rig.ts';

let lastId = 100;
const message = (type: string, fields: Readonly<Record<string, string | number>>): string => {
  lastId += 1;
  return messageXml({ CreateTime: Math.floor(Date.now() / 1_000), MsgType: type, ...fields, MsgId: lastId });
};

describe('a resident who sends', () => {
  test.each<[string, string, RegExp]>([
    ['a text of a swindler is warned', message('text', { Content: SWINDLE }), /^【高危】.*冒充/],
    ['a recognised voice message is warned', message('voice', { MediaId: 'm', Recognition: SWINDLE }), /^【高危】/],
    ['a voice message without words is asked for words', message('voice', { MediaId: 'm' }), /^语音我还听不了/],
    ['a picture is asked for its words', message('image', { PicUrl: 'http://a.cn/1', MediaId: 'm' }), /^图片我现在/],
    ['a video is asked for its words', message('video', { MediaId: 'm', ThumbMediaId: 't' }), /^视频我看不了/],
    ['a short video is asked for its words', message('shortvideo', { MediaId: 'm' }), /^视频我看不了/],
    [
      'a place is told that it is only a place',
      message('location', { Location_X: '23.1', Location_Y: '113.3', Scale: 20, Label: '广场路1号' }),
      /^位置我看不出好坏/,
    ],
    [
      'a link of a swindler is warned by its title',
      message('link', { Title: SWINDLE, Description: '点这里', Url: 'https://a.example/x' }),
      /^【高危】/,
    ],
    [
      'a link that tells nothing is not opened',
      message('link', { Title: '春天', Description: '花开了', Url: 'https://a.example/x' }),
      /链接我不打开/,
    ],
    [
      'an article that tells nothing is told so',
      message('link', { Title: '春天', Description: '花开了', Url: 'https://mp.weixin.qq.com/s/abc' }),
      /这篇文章我只看了标题/,
    ],
    [
      'what WeChat cannot carry is told so',
      message('text', { Content: '【收到不支持的消息类型，暂无法显示】' }),
      /^这种消息/,
    ],
    ['a kind that nobody knows is told so', message('hologram', {}), /^这种消息我还看不了/],
  ])('%s', async (_name, xml, screen) => {
    const { side } = await joined();
    expect((await side().deliver(xml)).screen).toMatch(screen);
  });

  test.each<[string, string, Readonly<Record<string, string>>, RegExp]>([
    ['follows, is welcomed', 'subscribe', {}, /^你好，我是西平县的反诈助手/],
    ['follows by a poster, is welcomed', 'subscribe', { EventKey: 'qrscene_poster_07', Ticket: 't' }, /^你好，我是/],
    ['scans a poster again, is welcomed', 'SCAN', { EventKey: 'poster_07', Ticket: 't' }, /^你好，我是/],
    ['taps the list of frauds, gets it', 'CLICK', { EventKey: '骗局大全' }, /^常见的骗局/],
    ['taps that he has paid, gets first aid', 'CLICK', { EventKey: '我已经转了钱' }, /^【急救】/],
    ['taps how to use it, is told', 'CLICK', { EventKey: '怎么用' }, /^你可以这样用我/],
    ["taps an entry of somebody else's menu, is welcomed", 'CLICK', { EventKey: 'V1001' }, /^你好，我是/],
    ['opens a page from the menu, is left in peace', 'VIEW', { EventKey: 'https://a.example/' }, /^nothing$/],
    ['is reported on by WeChat, is left in peace', 'TEMPLATESENDJOBFINISH', {}, /^nothing$/],
  ])('%s', async (_name, event, fields, screen) => {
    const { side } = await joined();
    const wechat = side();
    expect((await wechat.deliver(wechat.event(event, fields))).screen).toMatch(screen);
  });
});

describe('who stops following', () => {
  test('is forgotten: nothing of him is kept, and he is a stranger when he comes back', async () => {
    const { side, say, storage } = await joined();
    const wechat = side();
    await say(SWINDLE);
    expect(await say('1')).toContain('这样识破');
    expect((await wechat.deliver(wechat.event('unsubscribe'))).screen).toBe('nothing');
    expect(await storage.outbox.tally()).toEqual({});
    expect(await storage.erase('oResident0001')).toBe(0);
    expect(await say('1')).toContain('你想问哪一条');
  });
  test('and others are not', async () => {
    const { side, say } = await joined();
    const wechat = side();
    await say(SWINDLE, 'oOther');
    await wechat.deliver(wechat.event('unsubscribe'));
    expect(await say('1', 'oOther')).toContain('这样识破');
  });
});

describe('a reply', () => {
  test('of any fixed wording, and the longest of all lists, fits one message of 600 characters', async () => {
    const { say } = await joined();
    for (const text of ['骗局大全', '怎么用', '隐私', SWINDLE, '我已经转了钱', '1', '2', '3'])
      expect([...(await say(text))].length, text).toBeLessThanOrEqual(600);
  });
  test('is silence only to what asks for none: a fragment alone is answered too', async () => {
    const { say } = await joined();
    expect(await say(FRAGMENT)).toMatch(/^【(没认出|先别急)】/);
  });
  test('is a sentence even where judging throws', async () => {
    const understand = (): never => {
      throw new Error('a fault of ours');
    };
    const { say } = await joined({ mind: { ...mind, understand } });
    expect(await say('看看这个')).toBe(mind.say('failed'));
  });
});
