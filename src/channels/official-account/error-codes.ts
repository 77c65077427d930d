/** What a refused call means for whoever wanted to say something. */
export type RefusalKind = 'refused' | 'rate-limited' | 'window-closed' | 'token';

export interface CodeMeaning {
  readonly kind: RefusalKind;
  /** The same call may go well later. */
  readonly later: boolean;
  /** For the operator. */
  readonly what: string;
  readonly cure?: string;
}

const token = (what: string): CodeMeaning => ({ kind: 'token', later: true, what });
const limited = (what: string, cure?: string): CodeMeaning => ({
  kind: 'rate-limited',
  later: true,
  what,
  ...(cure === undefined ? {} : { cure }),
});
const closed = (what: string): CodeMeaning => ({ kind: 'window-closed', later: false, what });
const refused = (what: string, cure?: string): CodeMeaning => ({
  kind: 'refused',
  later: false,
  what,
  ...(cure === undefined ? {} : { cure }),
});

const CONSOLE = '公众平台“设置与开发 → 基本配置”';

const MEANINGS: ReadonlyMap<number, CodeMeaning> = new Map([
  [-1, limited('微信系统繁忙')],
  [40001, token('令牌不对或已经换过')],
  [40014, token('令牌不对')],
  [42001, token('令牌过期')],
  [45009, limited('今天的调用次数用完了', '等到明天零点')],
  [45011, limited('调用太密', '等一分钟')],
  [45015, closed('对方超过 48 小时没有来消息，或已取消关注')],
  [45047, closed('这次能发的条数用完了')],
  [43004, closed('对方没有关注')],
  [40003, refused('收信人不对')],
  [40007, refused('素材编号不对')],
  [40013, refused('AppID 不对', '检查 FANZHA_OA_APP_ID')],
  [40018, refused('菜单的名字太长或为空')],
  [40054, refused('菜单的网址不对')],
  [40055, refused('菜单的网址不对')],
  [40125, refused('AppSecret 不对', '检查 FANZHA_OA_SECRET')],
  [40164, refused('服务器的地址不在白名单里', `到${CONSOLE}，把服务器的公网 IP 加进 IP 白名单`)],
  [41002, refused('没有 AppID', '配置 FANZHA_OA_APP_ID')],
  [41004, refused('没有 AppSecret', '配置 FANZHA_OA_SECRET')],
  [45002, refused('内容太长')],
  [47001, refused('发去的内容不是正确的 JSON')],
  [48001, refused('这个公众号没有这项权限', '先做微信认证；没认证就把 FANZHA_OA_ACCOUNT 写成 unverified')],
  [48004, refused('这个接口被微信封了', '登录公众平台看通知')],
  [50002, refused('这个公众号被限制了', '登录公众平台看通知')],
  [89503, refused('要管理员确认服务器的地址', '请管理员在微信里点确认')],
]);

const UNKNOWN_CODE = refused('微信拒绝了');

/** A number that we do not know is a refusal: trying again could only make it worse. */
export function meaningOf(code: number): CodeMeaning {
  return MEANINGS.get(code) ?? UNKNOWN_CODE;
}

export function isTokenCode(code: unknown): boolean {
  return typeof code === 'number' && meaningOf(code).kind === 'token';
}
