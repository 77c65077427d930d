import type { WechatWeb } from './emulator.ts';
import type { Seen } from './records.ts';

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body: unknown;
}

interface Body {
  readonly BaseRequest?: { readonly Sid?: string };
  readonly SyncKey?: { readonly List?: readonly { readonly Val?: number }[] };
  readonly List?: readonly { readonly UserName: string }[];
  readonly VerifyUserList?: readonly { readonly Value: string }[];
}

const OK = { Ret: 0, ErrMsg: '' };
const WEB_HOST = 'wx2.qq.com';
/** Answered without a session: the steps before one exists, and downloads. */
const OPEN = new Set(['jslogin', 'login', 'webwxnewloginpage', 'synccheck', 'webwxlogout', 'webwxgetcontact']);

/** The answer of one endpoint, as far as wechat4u reads it. */
export async function respond(web: WechatWeb, seen: Seen): Promise<Answer> {
  const body = (seen.body.startsWith('{') ? JSON.parse(seen.body) : {}) as Body;
  const carriesSession = body.BaseRequest !== undefined && !OPEN.has(seen.endpoint);
  if (carriesSession && (web.sid === undefined || body.BaseRequest?.Sid !== web.sid))
    return { body: { BaseResponse: { Ret: body.BaseRequest?.Sid ? web.goneCode : 1100, ErrMsg: '' } } };
  const answer = ANSWERS[seen.endpoint];
  return answer ? answer(web, seen, body) : { body: { BaseResponse: OK, MediaId: 'media1' } };
}

const ANSWERS: Readonly<Record<string, (web: WechatWeb, seen: Seen, body: Body) => Answer | Promise<Answer>>> = {
  jslogin(web) {
    web.qr = 'waiting';
    web.codes += 1;
    return { body: `window.QRLogin.code = 200; window.QRLogin.uuid = "emu${web.codes}==";` };
  },

  async login(web, seen) {
    const current = () => seen.query.uuid === `emu${web.codes}==`;
    await web.hold(() => web.qr === 'confirmed' || web.qr === 'expired' || (web.qr === 'scanned' && !web.scanTold));
    if (web.qr === 'expired' || !current()) return { body: 'window.code=400;' };
    if (web.qr === 'confirmed') {
      const query = `ticket=AbC@qrticket_0&uuid=emu${web.codes}==&lang=zh_CN&scan=1764000000`;
      const page = `https://${WEB_HOST}/cgi-bin/mmwebwx-bin/webwxnewloginpage?${query}`;
      return { body: `window.code=200;\nwindow.redirect_uri="${page}";` };
    }
    if (web.qr === 'scanned' && !web.scanTold) {
      web.scanTold = true;
      return { body: "window.code=201;window.userAvatar = 'data:img/jpg;base64,/9j/4AAQ';" };
    }
    return { body: 'window.code=408;' };
  },

  webwxnewloginpage(web) {
    const headers = { location: `https://${WEB_HOST}/` };
    if (web.refusal) {
      const { ret, message } = web.refusal;
      return { status: 301, headers, body: `<error><ret>${ret}</ret><message>${message}</message></error>` };
    }
    web.logins += 1;
    web.sid = `SID${web.logins}`;
    const fields = `<skey>@crypt_${web.logins}</skey><wxsid>${web.sid}</wxsid><wxuin>2001</wxuin>`;
    const cookies = [
      `wxuin=2001; Domain=${WEB_HOST}; Path=/;`,
      `wxsid=${web.sid}; Domain=${WEB_HOST}; Path=/;`,
      'webwx_data_ticket=gSdt1; Domain=.qq.com; Path=/;',
      `webwx_auth_ticket=CIS1; Domain=${WEB_HOST}; Path=/;`,
    ];
    return {
      status: 301,
      headers: { ...headers, 'set-cookie': cookies },
      body: `<error><ret>0</ret><message></message>${fields}<pass_ticket>pt%2B1</pass_ticket><isgrayscale>1</isgrayscale></error>`,
    };
  },

  webwxinit(web) {
    const at = web.initKey === 'newest' ? web.messages.length : web.taken;
    return {
      body: {
        BaseResponse: OK,
        Count: 1,
        ContactList: [...web.groups.values()].slice(0, 1),
        SyncKey: key(at),
        User: web.me,
        ChatSet: 'filehelper,',
        SKey: `@crypt_${web.logins}`,
        SystemTime: Math.floor(Date.now() / 1000),
      },
    };
  },

  webwxstatusnotify: () => ({ body: { BaseResponse: OK, MsgID: '1' } }),

  webwxgetcontact(web) {
    const MemberList = [...web.people.values(), ...web.groups.values()];
    return { body: { BaseResponse: OK, MemberCount: MemberList.length, MemberList, Seq: 0 } };
  },

  webwxbatchgetcontact(web, _seen, { List = [] }) {
    const ContactList = List.flatMap(({ UserName }) => web.groups.get(UserName) ?? web.people.get(UserName) ?? []);
    return { body: { BaseResponse: OK, Count: ContactList.length, ContactList } };
  },

  async synccheck(web, seen) {
    const at = Number(/^1_(\d+)/.exec(seen.query.synckey ?? '')?.[1] ?? 0);
    const valid = () => web.sid !== undefined && seen.query.sid === web.sid;
    await web.hold(() => web.syncText !== undefined || web.messages.length > at || !valid());
    if (web.syncText !== undefined) return { body: web.syncText };
    const retcode = valid() ? 0 : web.goneCode;
    const selector = valid() && web.messages.length > at ? 2 : 0;
    return { body: `window.synccheck={retcode:"${retcode}",selector:"${selector}"}` };
  },

  webwxsync(web, _seen, { SyncKey }) {
    const at = SyncKey?.List?.[0]?.Val ?? 0;
    web.taken = Math.max(web.taken, at);
    const fresh = web.messages.slice(at).map((one) => structuredClone(one));
    return {
      body: {
        BaseResponse: OK,
        AddMsgCount: fresh.length,
        AddMsgList: fresh,
        ModContactCount: 0,
        ModContactList: [],
        DelContactCount: 0,
        DelContactList: [],
        ContinueFlag: 0,
        SyncKey: key(web.messages.length),
        SKey: '',
        SyncCheckKey: key(web.messages.length),
      },
    };
  },

  webwxsendmsg(web, seen) {
    if (web.sendRet !== 0) return { body: { BaseResponse: { Ret: web.sendRet, ErrMsg: '' } } };
    web.take(seen);
    return {
      body: { BaseResponse: OK, MsgID: String(9_000_000_000_000_000_000n + BigInt(web.sent.length)), LocalID: '1' },
    };
  },

  webwxverifyuser(web, _seen, { VerifyUserList = [] }) {
    web.verified.push(...VerifyUserList.map(({ Value }) => Value));
    return { body: { BaseResponse: OK } };
  },

  webwxlogout(web) {
    web.kick(1100);
    return { body: '' };
  },
};

function key(at: number): { Count: number; List: { Key: number; Val: number }[] } {
  return {
    Count: 2,
    List: [
      { Key: 1, Val: at },
      { Key: 2, Val: at },
    ],
  };
}
