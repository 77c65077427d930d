import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { types } from 'wechaty';
import { readAppMessage } from '../../src/channels/wechaty/app-message.ts';
import { readMessage } from '../../src/channels/wechaty/read-message.ts';
import { MESSAGE_KINDS, type MessageKind } from '../../src/domain/index.ts';
import { mind } from '../knowledge-base.ts';

const read = (type: number, text: string) => readMessage({ type: () => type, text: () => text });
const card = (inner: string): string =>
  `<msg><appmsg appid="" sdkver="0">${inner}</appmsg><fromusername>x</fromusername></msg>`;
const KINDS = Object.keys(MESSAGE_KINDS) as MessageKind[];

describe('every kind of message', () => {
  test.each(KINDS)('gets a useful answer without words: %s', (kind) => {
    const { verdict, reply } = mind.understand('', { kind, mentioned: true });
    if (MESSAGE_KINDS[kind] === 'silent') expect(verdict).toMatchObject({ kind: 'silence', why: expect.any(String) });
    else expect(reply.length).toBeGreaterThan(8);
    expect(reply).not.toMatch(/安全的|放心|不是诈骗|可以转/);
  });
  test.each(KINDS.filter((kind) => MESSAGE_KINDS[kind] === 'read'))('is judged by its words: %s', (kind) => {
    const { verdict } = mind.understand('公安局说我涉嫌洗钱，让我把钱转到安全账户', { kind, mentioned: true });
    expect(verdict).toMatchObject({ kind: 'warning', level: 'high' });
  });
  test.each(['link', 'article', 'mini-program', 'chat-record', 'location'] as const)(
    'in whose words nothing is found says so by its kind: %s',
    (kind) => {
      const { reply } = mind.understand('村里秋收的照片', { kind, mentioned: true });
      expect(reply).toBe(mind.say(`kind-${kind}`));
    },
  );
});

describe('what WeChat brings, as it is read', () => {
  test.each([
    [
      'a link card',
      types.Message.Url,
      card(
        '<title>百万保障到期</title><des>请及时关闭 &amp;amp; 退费</des><type>5</type><url>http://a.example.top/x?y=1&amp;z=2</url>',
      ),
      { kind: 'link', text: '百万保障到期。请及时关闭 &amp; 退费。链接 a.example.top' },
    ],
    [
      'an article of an official account',
      types.Message.Url,
      card('<title>涨知识</title><des></des><type>5</type><url>https://mp.weixin.qq.com/s/abc</url>'),
      { kind: 'article', text: '涨知识。链接 mp.weixin.qq.com' },
    ],
    [
      'a mini program',
      types.Message.MiniProgram,
      card('<title>金钟罩</title><type>33</type>'),
      { kind: 'mini-program', text: '金钟罩' },
    ],
    [
      'a chat record with its lines',
      types.Message.ChatHistory,
      card(
        '<title>群聊的聊天记录</title><des>王总: 把钱转过来</des><type>19</type><recorditem><![CDATA[<recordinfo><datalist><dataitem><datadesc>把钱转过来</datadesc></dataitem><dataitem><datadesc>要快</datadesc></dataitem></datalist></recordinfo>]]></recorditem>',
      ),
      { kind: 'chat-record', text: '把钱转过来\n要快' },
    ],
    [
      'a chat record with nothing but its first lines',
      types.Message.ChatHistory,
      card('<title>李四和我的聊天记录</title><des>李四: 你好\n我: [图片]\n李四: 借我两万</des><type>19</type>'),
      { kind: 'chat-record', text: '你好\n借我两万' },
    ],
    [
      'a chat record that the web protocol cannot carry',
      types.Message.Text,
      '[该类型暂不支持，请在手机上查看]',
      { kind: 'closed-record', text: '' },
    ],
    [
      'a quote',
      types.Message.Text,
      '「李四：恭喜你中奖了」\n- - - - - - - - - - - - - - -\n这是真的吗',
      { kind: 'quote', quoted: '恭喜你中奖了', text: '这是真的吗' },
    ],
    [
      'a place',
      types.Message.Text,
      '西平县棠溪大道:\n/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=xxx',
      { kind: 'location', text: '西平县棠溪大道' },
    ],
    ['a picture', types.Message.Image, '<msg><img /></msg>', { kind: 'image', text: '' }],
    ['a voice', types.Message.Audio, '<msg><voicemsg /></msg>', { kind: 'voice', text: '' }],
    ['a video', types.Message.Video, '<msg><videomsg /></msg>', { kind: 'video', text: '' }],
    ['a file', types.Message.Attachment, card('<title>合同.exe</title><type>6</type>'), { kind: 'file', text: '' }],
    [
      'a card whose link was not escaped',
      types.Message.Attachment,
      card('<title>领补贴</title><des>点击领取</des><type>5</type><url>http://b.example.cn/?a=1&b=2</url>'),
      { kind: 'link', text: '领补贴。点击领取。链接 b.example.cn' },
    ],
    ['a business card', types.Message.Contact, '<msg username="x" />', { kind: 'contact-card', text: '' }],
    ['an emoticon', types.Message.Emoticon, '<msg><emoji /></msg>', { kind: 'emoticon', text: '' }],
    [
      'a transfer',
      types.Message.Transfer,
      card('<title>微信转账</title><type>2000</type>'),
      { kind: 'transfer', text: '' },
    ],
    ['a red packet', types.Message.RedEnvelope, card('<type>2001</type>'), { kind: 'red-packet', text: '' }],
    ['a recalled message', types.Message.Recalled, '<sysmsg type="revokemsg" />', { kind: 'recall', text: '' }],
    ['a pat', types.Message.Unknown, '"张三" 拍了拍我', { kind: 'pat', text: '' }],
    ['a notice', types.Message.Unknown, '以上是打招呼的内容', { kind: 'notice', text: '' }],
    ['something new', types.Message.Unknown, '<msg><future /></msg>', { kind: 'unknown', text: '' }],
  ] as const)('%s', (_, type, text, expected) => {
    expect(read(type, text)).toEqual(expected);
  });
});

describe('a hostile card', () => {
  test.each([
    ['declares entities', `<!DOCTYPE x [<!ENTITY a "ha">]>${card('<title>&a;</title>')}`],
    ['is huge', card(`<title>${'转'.repeat(300_000)}</title>`)],
  ])('that %s is not read', (_, xml) => {
    expect(readAppMessage(xml)).toBeUndefined();
    expect(read(types.Message.Url, xml).text).toBe('');
  });
  test('cannot make the reader throw or slow, whatever it holds', () => {
    const piece = fc.constantFrom(
      '<title>',
      '</title>',
      '<appmsg',
      '<![CDATA[',
      ']]>',
      '<recorditem>',
      '<datadesc>',
      '&amp;',
      '转钱',
      '<type>19</type>',
      '「',
      '」\n- - -\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 300 }), fc.integer({ min: 0, max: 16 }), (pieces, type) => {
        const xml = pieces.join('');
        const { kind, text } = read(type, xml);
        expect(KINDS).toContain(kind);
        expect(text.length).toBeLessThanOrEqual(Math.max(xml.length + 20, 20));
      }),
    );
  });
  test('is shown as it was written: an entity is undone once', () => {
    expect(readAppMessage(card('<title>&amp;lt;script&amp;gt;</title><type>5</type>'))?.title).toBe('&lt;script&gt;');
  });
});
