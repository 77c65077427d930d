import { NUMBER, readNumber } from './read-number.ts';

/** What a deputy told about passing something on. */
export type Told =
  | { readonly kind: 'count'; readonly groups: number; readonly people: number }
  /** Passed on, but how far was not said, or not clearly. */
  | { readonly kind: 'no-number' }
  /** Not above zero. */
  | { readonly kind: 'not-positive' }
  /** More than anybody passes on at once. */
  | { readonly kind: 'too-much' };

/** At once. WeChat lets an account be in some hundreds of groups of 500; a deputy tells of what he did himself. */
const MOST_GROUPS = 200;
const MOST_PEOPLE = 50_000;

const LONGEST = 40;
/** Says that something was passed on. 转 alone may be money. */
const PASSED_ON = /[转专]发|群发|分享|发到|发给|发了|转[好完]|转[到给至]了?|转了/u;
const SURELY_PASSED_ON = /[转专]发|群发|分享/u;
/** Then it is not about tips. */
const MONEY = /钱|元|块|账|帐|卡[里号]|红包|人民币|贷|款|骗|验证码|密码/u;
const COUNT = new RegExp(
  `(?<sign>[-−负])?(?<number>${NUMBER})(?:多|来|余|几)?(?:个|位|名|来个|多个)?(?:[\\p{Script=Han}]{0,6}?(?<group>群)|号?(?<people>人(?!民币)|口人|口子|户|村民|居民|老乡|群众|家长|学生))`,
  'gu',
);
/** 两三个群, 3-5个群, 3、4个群, 每个群: how many it is nobody can tell. */
const UNCLEAR = /[一二两三四五六七八九]{2,}(?:个|人|户)|\d\s*[-~～至、到]\s*\d+\s*个|每/u;
/** What may stand around the counts; anything longer tells another story. Characters. */
const MOST_AROUND = 14;

/** Reads 已转发 3个群 200人 in free wording. Undefined: the text tells of something else. */
export function readForwarded(text: string): Told | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s\p{Extended_Pictographic}]+/gu, '')
    .replace(/,/g, '，');
  if (plain.length > LONGEST || MONEY.test(plain)) return undefined;
  const counts = [...plain.matchAll(COUNT)];
  const around = plain.replace(COUNT, '').replace(/[\p{P}]/gu, '');
  if (counts.length === 0)
    return /^(?:我|俺)?(?:已|以)(?:经)?[转专]发(?:了|完|好)?$/u.test(around) ? { kind: 'no-number' } : undefined;
  const ofGroups = counts.some((one) => one.groups?.group !== undefined);
  const told = ofGroups
    ? around === '' || PASSED_ON.test(plain)
    : SURELY_PASSED_ON.test(plain) || /^(?:我|俺)?已(?:经)?发/u.test(plain);
  if (!told || around.length > MOST_AROUND) return undefined;
  if (UNCLEAR.test(plain)) return { kind: 'no-number' };
  return judged(
    sumOf(counts, (one) => one.group !== undefined),
    sumOf(counts, (one) => one.people !== undefined),
  );
}

/** The numbers alone, as they follow 更正: 2个群 100人. */
export function readCounts(text: string): Told | undefined {
  const told = readForwarded(`已转发${text}`);
  return told?.kind === 'no-number' && !/\d|[一二两三四五六七八九十]/u.test(text) ? undefined : told;
}

function judged(groups: number, people: number): Told {
  if (groups < 0 || people < 0 || groups + people <= 0) return { kind: 'not-positive' };
  if (!Number.isInteger(groups) || !Number.isInteger(people)) return { kind: 'no-number' };
  if (!(groups <= MOST_GROUPS && people <= MOST_PEOPLE)) return { kind: 'too-much' };
  return { kind: 'count', groups, people };
}

type Named = Readonly<Record<string, string | undefined>>;

/** A negative number makes the whole negative. */
function sumOf(counts: readonly RegExpMatchArray[], wanted: (one: Named) => boolean): number {
  const numbers = counts
    .map((one): Named => one.groups ?? {})
    .filter(wanted)
    .map((one) => (readNumber(one.number ?? '') ?? Number.NaN) * (one.sign === undefined ? 1 : -1));
  return numbers.some((one) => one < 0) ? -1 : numbers.reduce((sum, one) => sum + one, 0);
}
