import { asNumber, digitByDigit } from './numbers.ts';

/** What follows a number that counts something. A telephone number is followed by none of these. */
const COUNTED =
  '(?:\\s*(?:万(?!一)|[元块千百亿个名位次起笔天岁倍斤克米张条套台部户层页字]|人(?!工)|年|月|日(?!常)|小时|分钟|秒|公里|%))';
/** Numbers of which one is said after these words are read out sign by sign. */
const NAMED = '(?:尾号|验证码|密码|卡号|账号|工号|警号|编号|单号|电话|热线|短号|号码|车牌)';
const YEAR = '(?<!\\d)((?:19|20)\\d\\d)';
const MONTH = '(1[0-2]|0?[1-9])';
const DAY = '(3[01]|[12]\\d|0?[1-9])';

type Rule = readonly [find: RegExp, say: (...found: string[]) => string];

/** In this order: what one rule has put into words, the next ones leave alone. */
const RULES: readonly Rule[] = [
  [/[０-９Ａ-Ｚａ-ｚ％]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)],
  [/(?:https?:\/\/|www\.)[\x21-\x7e]*/gi, () => '网址'],
  [/【/g, () => ''],
  [/】/g, () => '，'],
  [/(?<![A-Za-z])app(?![A-Za-z])/gi, () => 'APP'],
  [/(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)/g, (number) => number.replaceAll(',', '')],
  [
    new RegExp(`${YEAR}[-/.年]${MONTH}[-/.月]${DAY}日?(?!\\d)`, 'g'),
    (_, year = '', month = '', day = '') => `${digitByDigit(year)}年${asNumber(month)}月${asNumber(day)}日`,
  ],
  [new RegExp(`${YEAR}-(0[1-9]|1[0-2])(?![\\d-])`, 'g'), (_, y = '', m = '') => `${digitByDigit(y)}年${asNumber(m)}月`],
  [new RegExp(`${YEAR}\\s*[-~～—–至到]+\\s*(?=(?:19|20)\\d\\d年)`, 'g'), (_, year = '') => `${digitByDigit(year)}到`],
  [new RegExp(`${YEAR}(?=\\s*年)`, 'g'), (year) => digitByDigit(year)],
  [/(?<![\d:：])([01]?\d|2[0-4])[:：]([0-5]\d)(?:[:：][0-5]\d)?(?![\d:：])/g, (_, hour, minute) => clock(hour, minute)],
  [
    new RegExp(`(?<![\\d.])(?:110|119|120|122)(?!\\d|\\.\\d|${COUNTED})`, 'g'),
    (number) => digitByDigit(number).replaceAll('一', '幺'),
  ],
  [/(?<!\d)(?:0\d{2,3}|[48]00)(?:[- ]\d{3,8}){1,2}(?!\d)/g, (number) => digitByDigit(number.replace(/[- ]/g, '，'))],
  [new RegExp(`(?<=${NAMED}(?:[是为：:]|是多少)?\\s*)\\d+(?!\\.\\d|\\d|${COUNTED})`, 'g'), (one) => digitByDigit(one)],
  [new RegExp(`(?<![\\d.])(?:0\\d+|\\d{5,})(?!\\d|\\.\\d|${COUNTED})`, 'g'), (number) => digitByDigit(number)],
  [/(?<=\d(?:%|[万千百亿元块])?)\s*[-~～—–]+\s*(?=[¥￥]?\d)/g, () => '到'],
  [/[¥￥]\s*(\d+(?:\.\d+)?[万亿]?)元?/g, (_, sum) => `${sum}元`],
  [/(\d+(?:\.\d+)?)\s*%/g, (_, share = '') => `百分之${asNumber(share).replace('两', '二')}`],
  [/(?<![\d.第])2(?=\s*(?:个|[元块万千亿天次位名条张年点家件种台部笔单倍米斤周句起户遍]|小时|分钟))/g, () => '两'],
  [/\d+(?:\.\d+)?/g, (number) => asNumber(number)],
  [/(?<=[元块万])\s*\//g, () => '每'],
  [/\s*\/\s*/g, () => '、'],
];

/**
 * A text as an announcer says it: no digit is left. 110 is 幺幺零, any other telephone number is said with 一, as the
 * knowledge base spells it (96110: 九六一一零); amounts, shares, dates and times are said as such. Letters stay.
 */
export function spoken(text: string): string {
  return RULES.reduce((said, [find, say]) => said.replace(find, say), text);
}

function clock(hour = '', minute = ''): string {
  const hours = Number(hour) === 2 ? '两' : asNumber(hour);
  if (minute === '00') return `${hours}点`;
  return `${hours}点${minute.startsWith('0') ? '零' : ''}${asNumber(minute)}分`;
}
