/** A stretch of normalised text, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const NUMERAL = '一二三四五六七八九十百千万亿两俩几半';

/**
 * The built-in slots: what cannot be listed as words. Each pattern is linear (no nested repetition) and is run over the
 * normalised text once per message.
 */
const SCANNERS: Readonly<Record<string, RegExp>> = {
  金额: new RegExp(
    `(?:\\d[\\d,]{0,11}(?:\\.\\d{1,2})?(?:多|余|来)?(?:[万千百]多?)?(?:元|块|美元|美金|欧|刀|usdt|万|千|w(?![a-z])|k(?![a-z])|rmb)|(?:好?几|[${NUMERAL}]{1,6})(?:多|余|来)?(?:元|块|万|千|百)[${NUMERAL}]{0,3}(?:多|余)?(?:元|块)?|(?<![\\da-z])\\d{3,7}(?=[到给转就了吧,。!?\\n]|$)|x{2,6}(?:元|块|万))`,
    'g',
  ),
  网址: /(?:https?:\/\/[^\s,。;!?\u4e00-\u9fff]{1,200}|www\.[a-z0-9./-]{2,120}|[a-z0-9][a-z0-9-]{0,40}\.(?:com|cn|net|org|cc|top|xyz|vip|info|club|shop|site|online|icu|fun|link|app|ltd|work|me|tv|example)(?![a-z])(?:\/[a-z0-9?=&%._/-]{0,120})?)/g,
  手机号: /(?<![\d.])(?:1[3-9][\dx*]{9}|0\d{2,3}-?\d{7,8}|400-?\d{3}-?\d{4}|\+\d{8,14}|00\d{9,14})(?!\d)/g,
  数字码: /(?<![\d.])\d{4,8}(?![\d.元万块年月日])/g,
  卡号: /(?<!\d)\d{15,19}(?!\d)/g,
};

export function scan(text: string): ReadonlyMap<string, readonly Span[]> {
  const found = new Map<string, readonly Span[]>();
  for (const [slot, pattern] of Object.entries(SCANNERS)) {
    const spans = [...text.matchAll(pattern)].map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
    }));
    if (spans.length > 0) found.set(slot, spans);
  }
  return found;
}
