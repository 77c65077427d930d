/** What the emulator keeps and hands out: people, groups and messages in the shapes of the WeChat web protocol. */

/** One request as the program under test meant it. */
export interface Seen {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly host: string;
  /** Last part of the path, for instance `webwxsync`. */
  readonly endpoint: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Sent {
  readonly at: number;
  readonly to: string;
  readonly text: string;
}

export interface Person {
  readonly UserName: string;
  readonly NickName: string;
  readonly [field: string]: unknown;
}

export interface Group extends Person {
  readonly MemberList: readonly { readonly UserName: string; readonly NickName: string }[];
}

export interface WebMessage {
  readonly MsgId: string;
  readonly FromUserName: string;
  readonly ToUserName: string;
  readonly MsgType: number;
  readonly Content: string;
  /** Epoch seconds. */
  readonly CreateTime: number;
  readonly [field: string]: unknown;
}

export function person(id: string, name: string, extra: Readonly<Record<string, unknown>> = {}): Person {
  return {
    Uin: 0,
    UserName: id,
    NickName: name,
    HeadImgUrl: `/cgi-bin/mmwebwx-bin/webwxgeticon?username=${id}`,
    ContactFlag: 3,
    MemberCount: 0,
    MemberList: [],
    RemarkName: '',
    Sex: 0,
    Signature: '',
    VerifyFlag: 0,
    StarFriend: 0,
    City: '',
    Province: '',
    Alias: '',
    DisplayName: '',
    EncryChatRoomId: '',
    ...extra,
  };
}

export function group(id: string, topic: string, members: readonly Person[]): Group {
  const MemberList = members.map(({ UserName, NickName }) => ({
    Uin: 0,
    UserName,
    NickName,
    DisplayName: '',
    AttrStatus: 0,
    MemberStatus: 0,
    KeyWord: '',
  }));
  const extra = { ContactFlag: 2, MemberCount: members.length, EncryChatRoomId: `@enc${id.slice(2, 10)}` };
  return { ...person(id, topic, extra), MemberList };
}

/** Ids have nineteen digits: more than a number can hold, so they are counted as BigInt. */
export function messageId(count: number): string {
  return String(7_000_000_000_000_000_000n + BigInt(count));
}

export function message(count: number, to: string, fields: Readonly<Partial<WebMessage>>): WebMessage {
  return {
    MsgId: messageId(count),
    FromUserName: '',
    ToUserName: to,
    MsgType: 1,
    Content: '',
    Status: 3,
    ImgStatus: 1,
    CreateTime: Math.floor(Date.now() / 1000),
    VoiceLength: 0,
    PlayLength: 0,
    FileName: '',
    FileSize: '',
    MediaId: '',
    Url: '',
    AppMsgType: 0,
    StatusNotifyCode: 0,
    StatusNotifyUserName: '',
    RecommendInfo: { UserName: '', NickName: '', Content: '', Ticket: '' },
    ForwardFlag: 0,
    AppInfo: { AppID: '', Type: 0 },
    HasProductId: 0,
    Ticket: '',
    ImgHeight: 0,
    ImgWidth: 0,
    SubMsgType: 0,
    NewMsgId: count,
    OriContent: '',
    ...fields,
  };
}
