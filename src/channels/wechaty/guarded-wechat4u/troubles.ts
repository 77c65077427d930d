import type { WebFault } from './faults.ts';

export type TroubleCode =
  | 'login-refused'
  | 'banned'
  | 'ended-on-phone'
  | 'ended-elsewhere'
  | 'session-refused'
  | 'rate-limited'
  | 'unreachable'
  | 'odd-answer'
  | 'outside-host'
  | 'session-file-corrupt'
  | 'session-file-unwritable';

/** Something the operator should know. Told once, until it is over. */
export interface Trouble {
  readonly code: TroubleCode;
  /** True: the puppet goes on by itself, or after a scan. False: it has stopped and makes no request any more. */
  readonly retryable: boolean;
  /** WeChat's own code. */
  readonly ret: number | undefined;
  /** For the operator, in Chinese: what happened, and what to do. */
  readonly sentence: string;
}

interface Entry {
  readonly retryable: boolean;
  readonly happened: string;
  readonly todo: string;
}

const TABLE: Readonly<Record<TroubleCode, Entry>> = {
  'login-refused': {
    retryable: false,
    happened: '微信不让这个号登录网页版。',
    todo: '换一个能登录网页版的号，再重新启动。也可以改用公众号。',
  },
  banned: {
    retryable: false,
    happened: '微信限制了这个号。',
    todo: '先不要再登录。在手机上看微信的通知，按它说的解除。改用公众号更稳妥。',
  },
  'ended-on-phone': {
    retryable: true,
    happened: '手机上退出了网页版。',
    todo: '要继续用，请重新扫码。',
  },
  'ended-elsewhere': {
    retryable: true,
    happened: '这个号在别处登录，这里被退出了。',
    todo: '确认是自己人登录的，再重新扫码。不是的话，先在手机上改密码。',
  },
  'session-refused': {
    retryable: true,
    happened: '微信不再承认这次登录。',
    todo: '请重新扫码。一天里出现两次，就停用这个号，改用公众号。',
  },
  'rate-limited': {
    retryable: true,
    happened: '微信说操作太频繁，暂时不让发。',
    todo: '不用做什么，程序会等一阵再发。常出现就少加群。',
  },
  unreachable: {
    retryable: true,
    happened: '连不上微信。',
    todo: '检查网络。程序会自己再试，间隔越来越长。',
  },
  'odd-answer': {
    retryable: true,
    happened: '微信的回答看不懂，可能在维护，也可能网络被拦。',
    todo: '用浏览器打开 wx.qq.com 看看。程序会自己再试。',
  },
  'outside-host': {
    retryable: false,
    happened: '有请求要发往微信以外的地址，已经拦下。',
    todo: '检查网络和代理有没有被改动，弄清以前不要再启动。',
  },
  'session-file-corrupt': {
    retryable: true,
    happened: '保存的登录信息坏了，已经当作没有。',
    todo: '请重新扫码。',
  },
  'session-file-unwritable': {
    retryable: true,
    happened: '登录信息存不下来。',
    todo: '检查状态文件夹能不能写、磁盘满没满。不然重启后要重新扫码。',
  },
};

/** Words with which WeChat says that the account itself is limited, not only this way of logging in. */
const BAN_WORDS = /封|违规|限制登录|冻结|异常行为|外挂/;

export function trouble(code: TroubleCode, about: { ret?: number | undefined; words?: string } = {}): Trouble {
  const { retryable, happened, todo } = TABLE[code];
  const what = about.ret === undefined ? happened : happened.replace(/。$/, `（代码 ${about.ret}）。`);
  const words = plain(about.words ?? '');
  const says = words === '' ? '' : `微信说：${words}。`;
  return { code, retryable, ret: about.ret, sentence: `${what}${says}怎么办：${todo}` };
}

/** One line, without the signs that could steer the operator's terminal. */
function plain(words: string): string {
  return words
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, 100)
    .replace(/[。.]$/, '');
}

/** What a failed request means for the operator; undefined when it means nothing. */
export function troubleOf({ kind, ret, words }: WebFault): Trouble | undefined {
  switch (kind) {
    case 'login-refused':
      return trouble(BAN_WORDS.test(words) ? 'banned' : 'login-refused', { ret, words });
    case 'logged-out':
      return trouble(ret === 1100 ? 'ended-on-phone' : ret === 1101 ? 'ended-elsewhere' : 'session-refused', { ret });
    case 'rate-limited':
      return trouble('rate-limited', { ret });
    case 'ret':
      return trouble('odd-answer', { ret });
    case 'unreachable':
    case 'odd-answer':
    case 'outside-host':
      return trouble(kind);
    case 'code-expired':
    case 'stopped':
      return undefined;
  }
}
