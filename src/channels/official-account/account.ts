import { type Fault, OperatorFault } from '../../domain/index.ts';
import { type AccountKind, checkSettings, type OfficialAccountSettings } from './settings.ts';

/** The account as the operator has set it up; anything may be missing. */
export interface AccountOptions {
  readonly token: string | undefined;
  readonly appId: string | undefined;
  readonly aesKeys: readonly string[];
  readonly secret: string | undefined;
  readonly account: AccountKind;
  readonly apiBase: string;
}

export interface Account {
  readonly settings: OfficialAccountSettings;
  /** Empty where nothing needs it. */
  readonly secret: string;
  readonly apiBase: string;
}

const CONSOLE = '公众平台的“设置与开发 → 基本配置”';

/** Throws one OperatorFault that names everything that is missing; when nothing is, one that names all that is wrong. */
export function checkAccount(options: AccountOptions): Account {
  const { token, appId, secret, aesKeys, account, apiBase } = options;
  const faults = [
    ...missing('FANZHA_OA_TOKEN', token, `自己编 3 到 32 个英文字母或数字，${CONSOLE}里填一样的令牌`),
    ...missing('FANZHA_OA_APP_ID', appId, `照抄${CONSOLE}里的开发者 ID，wx 开头`),
    ...(account === 'unverified' ? [] : missingSecret(secret)),
  ];
  if (token === undefined || appId === undefined || faults.length > 0)
    throw new OperatorFault('公众号没有配置好', faults);
  const settings = { token, appId, aesKeys, account };
  checkSettings(settings);
  return { settings, secret: secret ?? '', apiBase };
}

/** What the calls to WeChat need: the token of the webhook is not among it. Throws like checkAccount. */
export function checkCaller({ appId, secret, apiBase }: AccountOptions): {
  readonly appId: string;
  readonly secret: string;
  readonly apiBase: string;
} {
  const faults = [
    ...missing('FANZHA_OA_APP_ID', appId, `照抄${CONSOLE}里的开发者 ID，wx 开头`),
    ...missingSecret(secret),
  ];
  if (appId === undefined || secret === undefined) throw new OperatorFault('公众号没有配置好', faults);
  return { appId, secret, apiBase };
}

function missingSecret(secret: string | undefined): readonly Fault[] {
  return missing('FANZHA_OA_SECRET', secret, `照抄${CONSOLE}里的开发者密码（AppSecret）`);
}

function missing(where: string, value: string | undefined, cure: string): readonly Fault[] {
  return value === undefined ? [{ where, what: '没有写', cure }] : [];
}
