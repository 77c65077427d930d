import { maskNames } from './mask-names.ts';
import { maskNumbers } from './mask-numbers.ts';
import { maskPlaces } from './mask-places.ts';

const LONGEST = 500;

const ENDINGS =
  '(?:com|cn|net|org|top|xyz|cc|vip|club|site|info|me|io|ltd|tk|ly|shop|online|icu|fun|work|link)(?![A-Za-z])';
const WRITTEN_DOT = new RegExp(
  `(?<=[A-Za-z\\d])\\s?(?:点|點|。|丶|\\(dot\\)|\\[dot\\]|\\s\\.|\\.\\s)\\s?(?=${ENDINGS})`,
  'gi',
);
const WRITTEN_AT = /(?<=[A-Za-z\d])\s?(?:艾特|爱特|\(at\)|\[at\]|圈a|小老鼠)\s?(?=[A-Za-z\d])/gi;

/** The text as it is read: wide letters made narrow, what cannot be seen taken out, `qq点com` written as an address. */
function plain(text: string): string {
  return text
    .replace(/[０-９Ａ-Ｚａ-ｚ＠．－＋]|[\u{1d7ce}-\u{1d7ff}]/gu, (wide) => wide.normalize('NFKC'))
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]|\ufe0f|\u20e3/g, '')
    .replace(/(?<=www)\s?[点。]\s?(?=[A-Za-z\d])/gi, '.')
    .replace(WRITTEN_DOT, '.')
    .replace(WRITTEN_AT, '@');
}

const FILES = /\.(?:apk|pdf|jpe?g|png|docx?|xlsx?|mp[34]|exe|zip|txt|ok)$/i;

function isHost(piece: string): boolean {
  const labels = piece.replace(/^[.-]+|[.-]+$/g, '').split('.');
  if (labels.length < 2 || labels.includes('') || FILES.test(piece)) return false;
  const numbered = labels.length === 2 && /^\d{1,2}$/.test(labels[0] ?? '');
  return /^[a-z]{2,24}$/i.test(labels.at(-1) ?? '') && !numbered;
}

/** One unbroken piece of Latin writing: a mail or web address in it goes, from where it begins to the end of the piece. */
function maskLatin(piece: string): string {
  if (/[\w.+-]@[\w-]/.test(piece)) return '【邮箱】';
  const link = piece.search(/(?:https?|hxxps?|ftp):\/\/|www\./i);
  if (link >= 0) return `${piece.slice(0, link)}【网址】`;
  if (!piece.includes('.')) return piece;
  for (const { 0: part, index } of piece.matchAll(/[A-Za-z\d.-]+/g))
    if (isHost(part)) return `${piece.slice(0, index)}【网址】`;
  return piece;
}

const PLATE =
  /(?<=[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼])[A-Za-z][ ·.•・-]{0,2}[A-Za-z\d][A-Za-z\d ·-]{2,8}[A-Za-z\d][挂学警港澳]?/g;

function maskPlates(text: string): string {
  return text
    .replace(PLATE, (plate) => (/\d[A-Za-z\d ·-]{0,9}\d/.test(plate) ? '【车牌】' : plate))
    .replace(/[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]【车牌】/g, '【车牌】');
}

const ACCOUNT =
  /(?<=(?:微信|[vVＶ威薇徽胃卫][信xX星]|[wW][xX]|weixin|(?:加|➕)[我俺个他她]?[vV微薇威]|[qQ]{2}|扣扣|企鹅|抖音|快手|小红书|微博|陌陌|钉钉|支付宝|飞机|电报|telegram|TG|skype|账号|帐号|账户|用户名|户名|车牌|ID|卡号|单号)(?:账号|帐号|账户|号码?|群|ID)?(?:就?是|为|叫|[:：=，,@❤]|\s){0,3})(?=[A-Za-z\d_.-]{0,30}[a-hjkmnp-z])[A-Za-z\d_][A-Za-z\d_.-]{2,40}/gi;
const PASSWORD =
  /(?<=(?:密码|口令|暗号|验证码|密钥)\s?(?:就?是|为|[:：=])?\s?)(?=[!-~]{0,20}\d)(?=[!-~]{0,20}[A-Za-z])[!-~]{3,30}|(?<=(?:密码|口令|暗号)\s?(?:就?是|为|[:：=])\s?)[A-Za-z][!-~]{2,30}/g;
const COUNTED_CODE =
  /(?<=(?:验证码|校验码|动态码|密码)(?:就?是|为|[:：\s])?)[一二两三四五六七八九十百千零]{3,9}(?![块元万毛])/g;
const NICKNAME = /(?<=(?:网名|昵称|微信名|抖音名|群昵称)(?:就?是|叫做?|[:：])\s?)[^\s，。,！!？?、；;【】]{1,12}/gu;
/** Latin words that tell of no account: 支付宝APP. */
const NO_ACCOUNT = /^(?:app|apk|ok|vip|pos|atm|etc|qq|wifi|pdf|id|sim|nfc|usdt|wx|vx)$/i;
const BIRTHDAY =
  /(?<=(?:生日|出生日期|出生年月|出生于?|生于)(?:是|为|在|[:：\s]){0,2})(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]?|\d{4}年\d{1,2}月(?:\d{1,2}[日号])?(?=出?生(?:人|的|[，。,]|$))/g;

function maskAccounts(text: string): string {
  return text
    .replace(/wxid_[\w-]{1,40}/gi, '【号】')
    .replace(PASSWORD, '【码】')
    .replace(COUNTED_CODE, '【码】')
    .replace(ACCOUNT, (account) => (NO_ACCOUNT.test(account) ? account : '【号】'))
    .replace(NICKNAME, '【号】')
    .replace(BIRTHDAY, '【生日】');
}

/**
 * A text in which nobody can be found again: names, addresses, plates, telephones, ids, cards, codes, accounts, mail and web
 * are taken out, rather too much than too little. Hotlines (110, 96110, 12381), sums, dates, and offices stay, they tell what
 * happened. Linear in the length of the text. At most 500 characters.
 */
export function mask(text: string): string {
  const latin = plain(text).replace(/[!-~]{4,}/g, maskLatin);
  const masked = maskNames(maskNumbers(maskPlaces(maskAccounts(maskPlates(latin)))));
  return [...masked].slice(0, LONGEST).join('');
}
