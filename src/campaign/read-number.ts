const DIGITS = new Map(
  Object.entries({ 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 俩: 2, 三: 3, 仨: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }),
);
/** The greatest first: 一万亿 is ten thousand times 亿. */
const WORTHS = Object.entries({ 兆: 1e12, 亿: 1e8, 万: 1e4, 千: 1_000, 百: 100, 十: 10 });
const LONGEST = 30;

/** A number as people write it in counts: 3, 1.5万, 二百五十, 两百, 一万亿. May be absurdly large; never negative. */
export const NUMBER = String.raw`(?:\d+(?:\.\d+)?[十百千万亿兆]*|[零〇一二两俩三仨四五六七八九十百千万亿兆]+)`;

/** What such a number says; undefined when it is none. */
export function readNumber(text: string): number | undefined {
  return text === '' || text.length > LONGEST ? undefined : worthOf(text);
}

function worthOf(text: string): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  for (const [sign, worth] of WORTHS) {
    const at = text.lastIndexOf(sign);
    if (at < 0) continue;
    const times = at === 0 ? 1 : worthOf(text.slice(0, at));
    const rest = restOf(text.slice(at + 1), worth);
    return times === undefined || rest === undefined ? undefined : times * worth + rest;
  }
  const digits = [...text].map((sign) => DIGITS.get(sign));
  return digits.includes(undefined) ? undefined : digits.reduce<number>((sum, digit) => 10 * sum + (digit ?? 0), 0);
}

/** 二百五 is 250, but 二百零五 is 205 and 十五 is 15. */
function restOf(text: string, worth: number): number | undefined {
  if (text === '') return 0;
  const value = worthOf(text);
  return value !== undefined && text.length === 1 && worth > 10 ? (value * worth) / 10 : value;
}
