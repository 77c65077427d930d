/** One number as a person writes it: digits of any script, held together by blanks, dots and dashes. */
interface Run {
  readonly written: string;
  readonly digits: string;
  readonly groups: readonly string[];
  /** The characters just before and after, as many as the rules below look at. */
  readonly before: string;
  readonly after: string;
  readonly alone: boolean;
}

const DIGITS = new Map(
  ['0零〇○⓪洞', '1一幺壹①', '2二贰②', '3三叁③', '4四肆④', '5五伍⑤', '6六陆⑥', '7七柒⑦', '8八捌⑧', '9九玖⑨'].flatMap(
    (same, value) => [...same].map((char) => [char, String(value)] as const),
  ),
);
/** Letters that stand for a digit inside a number: 139OO138OOO. */
const LETTERS = new Map([
  ['O', '0'],
  ['o', '0'],
  ['l', '1'],
  ['I', '1'],
]);
const SEPARATORS = new Set(' \t\n\u3000-–—―−‐.·•・。,，、_/\\*~～:：()（）#|+=…');
/** Blanks and dashes in a row, at most, inside one number. */
const WIDEST_GAP = 3;

const CODES =
  '(?:验证码|校验码|动态码|动态密码|确认码|短信码|安全码|激活码|授权码|邀请码|取件码|取货码|提货码|支付码|付款码|登录码|口令|暗号|密码|PIN码?|pin码?)';
const CODE_JUST_BEFORE = new RegExp(
  `(?:${CODES}|(?<![扫维条号编代起数个])码)[是就为:：=,，\\s"“‘'（(【给报念发叫填输入的了他她我俺]{0,6}$`,
);
const CODE_BEFORE = new RegExp(`${CODES}[^\\d。！？!?\\n]{0,8}$`);
const CODE_AFTER =
  /^[\s,，"”]?(?:就|这)?(?:是|做|当|为)?(?:个|我|俺|咱|他|她|你|这个|那个)?(?:们)?(?:的)?(?:手机|银行卡?|微信|支付|短信|登录)?(?:验证码|校验码|动态码|密码|口令|暗号|码)/;
const LABEL_BEFORE =
  /(?:电话|号码|分机|(?<![一二三四五六七八九十\d])\p{Script=Han}号|卡尾|尾数|微信|[vV威薇][信xX]|加[vV微]|QQ|qq|扣扣|企鹅|支付宝|身份证|门牌|[^A-Za-z]ID|群)[是为叫:：=\s号码群了]{0,4}$/u;
const BIRTH_BEFORE = /(?:生日|出生|生于|出生日期|出生年月)[是为在于:：\s]{0,3}$/;
const SUM_BEFORE = /(?:[¥￥$]|人民币|金额|余额|RMB)[为是:：]?\s?$/i;
const MONEY_BEFORE =
  /[转汇打付充存贷骗花交借要投赔失共欠还给取扣赚返挣缴退提赢输刷垫押费款钱价奖卖买][了过走去出来账款给他她我俺钱值现共约掉到是]{0,3}\s?$/;
const MONEY_AFTER =
  /^\s?[多余来]?(?:[元块万千百亿毛角圆刀wWkK]|美元|美金|港币|人民币|rmb|RMB|usdt|USDT|[uU](?![A-Za-z]))/;
const COUNT_AFTER =
  /^\s?[多余来]?[年月日号点时分秒天周岁个人名次笔单件条台张期位斤度%％折倍小集级步股积户米公里页字版平]/;

const HOTLINE = /^(?:1[12]\d|12[13]\d\d|111\d\d|100(?:00|01|10|11|16|20|86|99)|1008611|95\d{3}|96\d{3}|123)$/;

const TIME = /(?<![\d:：])(?:[01]?\d|2[0-4])[:：][0-5]\d(?:[:：][0-5]\d)?(?![\d:：])/g;
const DATE = /(?<!\d)(?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])(?:\1(?:0?[1-9]|[12]\d|3[01]))?(?!\d)/g;
const MONTH_AND_DAY = /^\D*(?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])\D*$/;

function isTime({ written }: Run): boolean {
  const rest = written.replace(TIME, '').replace(DATE, '');
  return ![...rest].some((char) => DIGITS.has(char)) || MONTH_AND_DAY.test(rest);
}

const isHotline = ({ digits, groups }: Run): boolean =>
  HOTLINE.test(digits) || groups.every((group) => HOTLINE.test(group));

/** 50000元, 1,234,567元, 5000-10000元. A number of nine digits and more is a telephone or a card, not a sum. */
function isSum({ written, groups, before, after }: Run): boolean {
  if (/^\d{1,3}(?:,\d{3}){1,2}\.\d\d$/.test(written) || /^\d{1,3}00[-~—～]\d{1,3}00$/.test(written)) return true;
  if (!MONEY_AFTER.test(after) && !SUM_BEFORE.test(before)) return false;
  if (groups.length === 1) return written.length <= 8;
  if (/^\d{1,8}\.\d{1,2}$/.test(written) || /^\d{1,3}[,，]\d{3}(?:[,，]\d{3})?(?:\.\d\d)?$/.test(written)) return true;
  return groups.length === 2 && groups.every((group) => group.length <= 6) && /^\w+[-–—~～、,，/]\w+$/.test(written);
}

const isCount = ({ digits, groups, after }: Run): boolean =>
  COUNT_AFTER.test(after) &&
  ((groups.length === 1 && digits.length <= 5) || (groups.length === 2 && groups.every((group) => group.length === 4)));

function nameOfLong(digits: string): string {
  if (digits.length === 18 && /^\d{6}(?:1[89]|20)\d\d[01]\d/.test(digits)) return '【身份证号】';
  if (digits.length === 15 && /^[1-8]\d{7}[01]\d[0-3]\d/.test(digits)) return '【身份证号】';
  if (digits.length >= 15 && digits.length <= 19) return '【卡号】';
  if (/^(?:0{0,2}86)?1[3-9]\d{9}$/.test(digits)) return '【手机号】';
  return /^(?:0\d{9,11}|[48]00\d{7})$/.test(digits) ? '【电话】' : '【号码】';
}

/** Four to six digits that somebody pulled apart, 34 21 56 or 三四二一, are read out that way only when they are a code. */
function isSpelled({ written, digits, groups, after }: Run): boolean {
  if (digits.length < 4) return false;
  const [first = '', second = ''] = groups;
  if (groups.length === 1) return !/\d/.test(written) && !after.startsWith('年');
  if (groups.length > 2) return groups.every((group) => group.length <= 3);
  const price = written.includes('.') && second.length <= 2;
  const range = (first.endsWith('0') && second.endsWith('0')) || /^\d\d[-~—～至]\d\d$/.test(written);
  return first.length === second.length && !price && !range;
}

/** A bare number of five or six digits: a sum when somebody pays it, or it is round; anything else could be a code or a QQ number. */
function isLoose({ digits, groups, before }: Run): boolean {
  if (groups.length > 1 || digits.length < 5) return false;
  if (digits.length === 5) return !digits.endsWith('00') && !MONEY_BEFORE.test(before);
  return !(digits.endsWith('00') && MONEY_BEFORE.test(before));
}

function instead(run: Run): string | undefined {
  const { digits, before, after } = run;
  if (digits.length < 3) return undefined;
  if (CODE_JUST_BEFORE.test(before) && digits.length <= 8 && !MONEY_AFTER.test(after)) return '【码】';
  if (BIRTH_BEFORE.test(before) && digits.length >= 6) return '【生日】';
  if (isTime(run) || isHotline(run) || isSum(run) || isCount(run)) return undefined;
  if (digits.length >= 4 && digits.length <= 8 && (run.alone || CODE_BEFORE.test(before) || CODE_AFTER.test(after)))
    return '【码】';
  if (digits.length >= 7) return nameOfLong(digits);
  if (LABEL_BEFORE.test(before)) return '【号】';
  if (isSpelled(run)) return '【码】';
  return isLoose(run) ? '【号码】' : undefined;
}

const isLatin = (char: string | undefined): boolean => char !== undefined && /[A-Za-z]/.test(char);

/** Where the number that starts at `start` ends. */
function endOfRun(text: string, start: number): number {
  let end = start + 1;
  for (let at = end; at - end <= WIDEST_GAP && at < text.length; at++) {
    const char = text[at] ?? '';
    const letter =
      LETTERS.has(char) && (at === end || /[\dOo]/.test(text[at + 1] ?? '') || SEPARATORS.has(text[at + 1] ?? ''));
    if (DIGITS.has(char) || letter) end = at + 1;
    else if (!SEPARATORS.has(char)) break;
  }
  const written = text.slice(start, end);
  const tail = /^[\d.~—-]{2,10}([，,、]?[一二三四五六七八九])$/.exec(written);
  if (tail) end -= tail[1]?.length ?? 0;
  if (isLatin(text[end])) while (isLatin(text[end - 1])) end--;
  return end;
}

function runAt(text: string, start: number, end: number): Run {
  const written = text.slice(start, end);
  const groups = [''];
  for (const char of written) {
    const digit = DIGITS.get(char) ?? LETTERS.get(char);
    if (digit !== undefined) groups.push((groups.pop() ?? '') + digit);
    else if (groups.at(-1) !== '') groups.push('');
  }
  return {
    written,
    digits: groups.join(''),
    groups: groups.filter((group) => group !== ''),
    before: text.slice(Math.max(0, start - 18), start),
    after: text.slice(end, end + 14),
    alone: start < 8 && !/[\p{L}\d]/u.test(text.slice(0, start) + text.slice(end, end + 8)),
  };
}

/**
 * Telephones, ids, cards, accounts and codes taken out, however they are spaced or spelled; hotlines, sums, dates and times stay.
 * One pass: no character is looked at more often than the widest gap allows.
 */
export function maskNumbers(text: string): string {
  const parts: string[] = [];
  let kept = 0;
  for (let start = 0; start < text.length; start++) {
    if (!DIGITS.has(text[start] ?? '')) continue;
    let end = endOfRun(text, start);
    const run = runAt(text, start, end);
    const idEnd = run.digits.length === 17 ? /^ ?[Xx](?![A-Za-z\d])/.exec(run.after) : null;
    const word = idEnd ? '【身份证号】' : instead(run);
    if (word !== undefined) {
      end += idEnd?.[0].length ?? 0;
      const from = /[+＋(（]/.test(text[start - 1] ?? '') ? start - 1 : start;
      parts.push(text.slice(kept, Math.max(kept, from)), word);
      kept = end;
    }
    start = end - 1;
  }
  parts.push(text.slice(kept));
  return parts.join('');
}
