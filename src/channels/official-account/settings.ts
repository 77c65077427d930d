import { type Fault, OperatorFault } from '../../domain/index.ts';
import { readAesKey } from './encryption.ts';

/** What the account may do: only passive replies; also customer-service messages and a menu; all of a verified 服务号. */
export const ACCOUNT_KINDS = ['unverified', 'verified', 'service'] as const;

export type AccountKind = (typeof ACCOUNT_KINDS)[number];

export interface OfficialAccountSettings {
  readonly token: string;
  readonly appId: string;
  /**
   * EncodingAESKey: the current one first, then the previous one while a rotation lasts. With a key only encrypted
   * messages are taken (WeChat's secure and compatible mode); without one only plain ones (plain and compatible mode).
   */
  readonly aesKeys: readonly string[];
  readonly account: AccountKind;
}

const TOKEN = /^[A-Za-z0-9]{3,32}$/;
const APP_ID = /^[A-Za-z0-9_-]{1,64}$/;
const CONSOLE = '公众平台的“设置与开发 → 基本配置”';

/** Throws one OperatorFault that names every setting that cannot be right. */
export function checkSettings({ token, appId, aesKeys }: OfficialAccountSettings): void {
  const faults: Fault[] = [];
  if (!TOKEN.test(token))
    faults.push({
      where: 'FANZHA_OA_TOKEN',
      what: '要 3 到 32 个英文字母或数字',
      cure: `照抄${CONSOLE}里的令牌（Token）`,
    });
  if (!APP_ID.test(appId))
    faults.push({ where: 'FANZHA_OA_APP_ID', what: '不像 AppID', cure: `照抄${CONSOLE}里的开发者 ID，wx 开头` });
  for (const key of aesKeys)
    if (readAesKey(key) === undefined)
      faults.push({
        where: 'FANZHA_OA_AES_KEY',
        what: '要正好 43 个英文字母或数字',
        cure: `照抄${CONSOLE}里的消息加解密密钥；用明文方式就不要写这一项`,
      });
  if (faults.length > 0) throw new OperatorFault('公众号没有配置好', faults);
}
