import { NUMBER, readNumber } from './read-number.ts';

/** What a deputy told about passing something on. */
export type Told =
  | { readonly kind: 'count'; readonly groups: number; readonly people: number }
  /** Passed on, but how far was not said. */
  | { readonly kind: 'no-number' }
  /** Not above zero. */
  | { readonly kind: 'not-positive' }
  /** More than anybody passes on at once. */
  | { readonly kind: 'too-much' };

/** At once. WeChat lets an account be in some hundreds of groups of 500; a deputy tells of what he did himself. */
export const MOST_GROUPS = 200;
export const MOST_PEOPLE = 50_000;

const OPENING =
  /^(?:报告|汇报)?[，,：:]?(?:我|俺|咱)?(?:今天|昨天|今儿|刚才|刚刚|这周|本周|上午|下午|晚上)?(?:已经|已|都|刚|又)?(?:帮着|帮忙)?(?<verb>转发|转|发)(?:了|到|给|出去|过)*/u;
const SIGN = '(?<sign>[-−负])?';
const ABOUT = '(?:大概|大约|差不多|一共|总共|共计|共|约|有|里面|覆盖)*';
const COUNT = new RegExp(
  `${ABOUT}${SIGN}(?<number>${NUMBER})(?:多|来|余)?(?:个|位|名|来个|多个)?(?:微信|居民|村民|村|家庭|工作|业主)*(?<what>群|人|户|村民|居民|老乡)`,
  'gu',
);
const FILLING =
  /^(?:[\s，,。.!！、；;和了个到给约共计里有的吧啊呀]|大概|大约|左右|一共|总共|覆盖|都|朋友圈|微信|群里|面)*$/u;

/** Reads 已转发 3个群 200人 in free wording. Undefined: the text tells of something else. */
export function readForwarded(text: string): Told | undefined {
  const plain = text.normalize('NFKC').replace(/\s+/g, '').replace(/,/g, '，');
  if (plain.length > 40) return undefined;
  const opening = OPENING.exec(plain);
  if (!opening) return undefined;
  const rest = plain.slice(opening[0].length);
  const counts = [...rest.matchAll(COUNT)];
  // Money is passed on in other words, and is not for counting.
  if (/钱|元|块|账|卡里|红包/u.test(rest) || !FILLING.test(rest.replace(COUNT, ''))) return undefined;
  if (counts.length === 0) return /^(?:我|俺)?已(?:经)?转发/u.test(plain) ? { kind: 'no-number' } : undefined;
  const groups = sumOf(counts, (what) => what === '群');
  const people = sumOf(counts, (what) => what !== '群');
  if (opening.groups?.verb !== '转发' && !/^(?:我|俺)?已/u.test(plain) && groups === 0) return undefined;
  return judged(groups, people);
}

/** The numbers alone, as they follow 更正: 2个群 100人. */
export function readCounts(text: string): Told | undefined {
  const told = readForwarded(`已转发${text}`);
  return told?.kind === 'no-number' ? undefined : told;
}

function judged(groups: number, people: number): Told {
  if (groups < 0 || people < 0 || groups + people <= 0) return { kind: 'not-positive' };
  if (!(groups <= MOST_GROUPS && people <= MOST_PEOPLE)) return { kind: 'too-much' };
  return { kind: 'count', groups: Math.round(groups), people: Math.round(people) };
}

/** A negative number makes the whole negative. */
function sumOf(
  counts: readonly RegExpExecArray[] | readonly RegExpMatchArray[],
  wanted: (what: string) => boolean,
): number {
  const numbers = counts
    .filter((one) => wanted(one.groups?.what ?? ''))
    .map((one) => (readNumber(one.groups?.number ?? '') ?? Number.NaN) * (one.groups?.sign === undefined ? 1 : -1));
  return numbers.some((one) => one < 0) ? -1 : numbers.reduce((sum, one) => sum + one, 0);
}
