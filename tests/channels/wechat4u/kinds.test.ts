import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageKind } from '../../../src/domain/index.ts';
import { mind } from '../../knowledge-base.ts';
import { WechatWeb } from '../../wechat-web/emulator.ts';
import { closeRigs, sleep, until } from '../../wechat-web/guarded-rig.ts';
import type { WebMessage } from '../../wechat-web/records.ts';
import { openWholeBot, type WholeBot } from '../../wechat-web/whole-bot.ts';

let web: WechatWeb;
let bot: WholeBot;
let people = 0;

beforeAll(async () => {
  web = await new WechatWeb().start();
  bot = await openWholeBot(web);
  await bot.signIn();
});
afterAll(async () => {
  await bot.stop();
  await closeRigs();
  await web.stop();
});

/** As the web protocol writes XML and line breaks into a message. */
const web4 = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\n/g, '<br/>');
const card = (inner: string): Partial<WebMessage> => ({
  MsgType: 49,
  Content: web4(`<?xml version="1.0"?>\n<msg>\n<appmsg appid="" sdkver="0">${inner}</appmsg></msg>`),
});
const link = (title: string, description: string, url: string): Partial<WebMessage> =>
  card(`<title>${title}</title><des>${description}</des><type>5</type><url>${url}</url>`);
const says = (text: string): Partial<WebMessage> => ({ MsgType: 1, Content: web4(text) });
const record = (lines: readonly string[]): string =>
  `<recorditem><![CDATA[<recordinfo><datalist>${lines.map((line) => `<dataitem><datadesc>${line}</datadesc></dataitem>`).join('')}</datalist></recordinfo>]]></recorditem>`;
const quoted = (content: string, answer: string): string =>
  `<title>${answer}</title><des></des><type>57</type><refermsg><type>1</type><svrid>1</svrid><fromusr>x</fromusr><displayname>李四</displayname><content>${content}</content></refermsg>`;

type Row = readonly [
  name: string,
  raw: Partial<WebMessage>,
  read: { readonly kind: MessageKind; readonly text?: string; readonly quoted?: string },
];

const SCAM = '公安局说我涉嫌洗钱，让我把钱转到安全账户';

const ROWS: readonly Row[] = [
  ['a text', says(SCAM), { kind: 'text', text: SCAM }],
  [
    'a link card',
    link('百万保障到期', '请及时关闭 &amp; 退费', 'http://a.example.top/x?y=1&amp;z=2'),
    { kind: 'link', text: '百万保障到期。请及时关闭 & 退费。链接 a.example.top' },
  ],
  [
    'a link card in which nothing is found',
    link('秋收的照片', '', 'http://a.example.top/'),
    { kind: 'link', text: '秋收的照片。链接 a.example.top' },
  ],
  [
    'an article of an official account',
    link('涨知识', '', 'https://mp.weixin.qq.com/s/abc'),
    { kind: 'article', text: '涨知识。链接 mp.weixin.qq.com' },
  ],
  [
    'a card whose link was not escaped',
    link('领补贴', '点击领取', 'http://b.example.cn/?a=1&b=2'),
    { kind: 'link', text: '领补贴。点击领取。链接 b.example.cn' },
  ],
  ['a mini program', card('<title>金钟罩</title><type>33</type>'), { kind: 'mini-program', text: '金钟罩' }],
  [
    'a chat record with its lines',
    card(
      `<title>群聊的聊天记录</title><des>王总: 把钱转到安全账户</des><type>19</type>${record([SCAM, '要快，别告诉家里人'])}`,
    ),
    { kind: 'chat-record', text: `${SCAM}\n要快，别告诉家里人` },
  ],
  [
    'a chat record with nothing but its first lines',
    card('<title>李四和我的聊天记录</title><des>李四: 你好\n我: [图片]\n李四: 秋收了</des><type>19</type>'),
    { kind: 'chat-record', text: '你好\n秋收了' },
  ],
  ['a chat record that is not carried', says('[该类型暂不支持，请在手机上查看]'), { kind: 'closed-record' }],
  [
    'a quote',
    card(quoted('恭喜你中奖了，先交保证金', '这是真的吗')),
    { kind: 'quote', quoted: '恭喜你中奖了，先交保证金', text: '这是真的吗' },
  ],
  [
    'a quote as older programs write it',
    says(`「李四：${SCAM}」\n- - - - - - - - - - - - - - -\n这是真的吗`),
    { kind: 'quote', quoted: SCAM, text: '这是真的吗' },
  ],
  [
    'a place',
    says('西平县棠溪大道:\n/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=xxx&msgid=1'),
    { kind: 'location', text: '西平县棠溪大道' },
  ],
  ['a picture', { MsgType: 3, Content: web4('<msg><img length="1" /></msg>') }, { kind: 'image' }],
  ['a voice', { MsgType: 34, Content: web4('<msg><voicemsg length="1" /></msg>') }, { kind: 'voice' }],
  ['a video', { MsgType: 43, Content: web4('<msg><videomsg length="1" /></msg>') }, { kind: 'video' }],
  ['a short video', { MsgType: 62, Content: web4('<msg><videomsg length="1" /></msg>') }, { kind: 'video' }],
  [
    'a file',
    card('<title>合同.exe</title><type>6</type><appattach><totallen>9</totallen></appattach>'),
    { kind: 'file' },
  ],
  [
    'a business card',
    {
      MsgType: 42,
      Content: web4('<msg username="x" nickname="王五" />'),
      RecommendInfo: { UserName: '@w', NickName: '王五' },
    },
    { kind: 'contact-card' },
  ],
  ['an emoticon', { MsgType: 47, Content: web4('<msg><emoji md5="x" /></msg>') }, { kind: 'emoticon' }],
  ['an emoticon as a card', card('<title></title><type>8</type>'), { kind: 'emoticon' }],
  ['a transfer', card('<title>微信转账</title><des>收到转账100元</des><type>2000</type>'), { kind: 'transfer' }],
  ['a red packet', card('<title>微信红包</title><type>2001</type>'), { kind: 'red-packet' }],
  ['a red packet that is not carried', { MsgType: 10000, Content: '收到红包，请在手机上查看' }, { kind: 'red-packet' }],
  ['a transfer that is not carried', { MsgType: 10000, Content: '收到一笔转账，请在手机上查看' }, { kind: 'transfer' }],
  [
    'a recalled message',
    {
      MsgType: 10002,
      Content: web4(
        '<sysmsg type="revokemsg"><revokemsg><session>x</session><oldmsgid>1</oldmsgid><msgid>2</msgid><replacemsg><![CDATA["张三" 撤回了一条消息]]></replacemsg></revokemsg></sysmsg>',
      ),
    },
    { kind: 'recall' },
  ],
  ['a pat', { MsgType: 10000, Content: '"张三" 拍了拍我' }, { kind: 'pat' }],
  ['a notice', { MsgType: 10000, Content: '以上是打招呼的内容' }, { kind: 'notice' }],
  ['something new', { MsgType: 9999, Content: web4('<msg><future /></msg>') }, { kind: 'unknown' }],
  ['a new sort of card', card('<title>视频号</title><type>63</type>'), { kind: 'link', text: '视频号' }],
];

const PRIVACY = `\n${mind.say('privacy-notice')}`;
const answers = (to: string): readonly string[] => web.sent.filter((one) => one.to === to).map(({ text }) => text);
/** Follows what must stay unanswered, so that there is something to wait for. */
const AFTERWARDS = '我已经转了五千了';

async function somebody(): Promise<string> {
  people += 1;
  const id = `@person${String(people).padStart(12, '0')}`;
  web.addPerson(id, `居民${people}`);
  return id;
}

describe('every kind of message that the web protocol carries, through the real puppet', () => {
  it.each(ROWS)('%s', async (_, raw, { kind, text = '', quoted }) => {
    const who = await somebody();
    const { verdict, reply } = mind.understand(quoted === undefined ? text : `${quoted}\n${text}`, {
      kind,
      mentioned: true,
    });
    web.deliver({ FromUserName: who, ...raw });
    if (verdict.kind === 'silence') {
      web.deliver({ FromUserName: who, Content: AFTERWARDS });
      await until(() => answers(who).length > 0);
      await sleep(50);
      expect(answers(who)).toEqual([expect.stringContaining('【急救】')]);
    } else {
      await until(() => answers(who).length > 0);
      expect(answers(who).map((text) => text.replace(PRIVACY, ''))).toEqual([reply]);
    }
  });

  it('a friend request is accepted and the new friend welcomed', async () => {
    const id = '@wang000000000000';
    web.askFriendship(id, '老王', '我是老王');
    await until(() => answers(id).length > 0);
    expect(web.verified).toEqual([id]);
    expect(answers(id)).toEqual([mind.say('greeting')]);
  });
});

describe('a group, through the real puppet', () => {
  const [LI, OWNER] = ['@li00000000000000', '@owner00000000000'];
  let groups = 0;
  const group = (extra: Readonly<Record<string, unknown>> = {}): string => {
    groups += 1;
    const id = `@@group${String(groups).padStart(9, '0')}`;
    const members = [web.me, web.addPerson(LI, '李四'), web.addPerson(OWNER, '王主任')];
    const added = web.addGroup(id, `群${groups}`, members);
    const MemberList = added.MemberList.map((one) => ({ ...one, Uin: one.UserName === OWNER ? 77 : 0 }));
    web.groups.set(id, { ...added, MemberList, ...extra });
    return id;
  };
  const inGroup = (id: string, from: string, text: string): void => void web.sayIn(id, from, web4(text));
  const heard = async (id: string): Promise<string> => {
    await until(() => answers(id).length > 0);
    return answers(id)[0] ?? '';
  };

  it.each([
    ['the prefix', `反诈 ${SCAM}`],
    ['a mention', `@反诈助手\u2005${SCAM}`],
    ['a mention that stands last', `${SCAM} @反诈助手`],
    ['a quote under a mention', `「李四：${SCAM}」\n- - - - - - - - - - - - - - -\n@反诈助手 这是真的吗`],
    ['a quote under the prefix', `「李四：${SCAM}」\n- - - - - - - - - - - - - - -\n反诈 这是真的吗`],
  ])('is answered when it calls by %s, and only then', async (_, text) => {
    const id = group();
    inGroup(id, LI, SCAM);
    inGroup(id, LI, text);
    expect(await heard(id)).toContain('【高危】');
    await sleep(50);
    expect(answers(id)).toHaveLength(1);
  });

  it('is welcomed when the bot was brought into it', async () => {
    const id = group();
    web.deliver({ FromUserName: id, MsgType: 10000, Content: '"王主任"邀请你加入了群聊，群聊参与人还有：李四' });
    expect(await heard(id)).toBe(mind.say('greeting'));
  });

  it.each([
    ['by id', { ChatRoomOwner: OWNER }],
    ['by number', { OwnerUin: 77 }],
  ])('lets its owner alone switch reminders on, who is told %s', async (_, extra) => {
    const [one, other] = [group(extra), group(extra)];
    inGroup(one, LI, '反诈 开启提醒');
    inGroup(other, OWNER, '反诈 开启提醒');
    expect(await heard(one)).toContain('只有群主');
    expect(await heard(other)).toContain('我会提醒');
  });

  it('lets nobody switch reminders on as long as WeChat does not tell who owns it', async () => {
    const id = group();
    inGroup(id, OWNER, '反诈 开启提醒');
    expect(await heard(id)).not.toContain('我会提醒');
  });
});
