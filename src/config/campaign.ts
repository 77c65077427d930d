import { z } from 'zod';
import type { Fault } from '../domain/index.ts';

/** A unit that keeps a list of names at the roll-call, and what for. */
export interface NamedUnit {
  readonly unit: string;
  readonly purpose: string;
}

/** How the campaign is run in this county. */
export interface Campaign {
  /** How people reach the bot, in words: stands under everything that is passed on. */
  readonly entry: string;
  /** What the code on pictures leads to; absent: pictures carry the words only. */
  readonly entryUrl: string | undefined;
  /** Where the public listener can be reached from outside, without a slash at the end; absent: it cannot. */
  readonly publicUrl: string | undefined;
  /** Days without a lesson, as 2026-11-24. */
  readonly holidays: ReadonlySet<string>;
  /** Cron patterns in Asia/Shanghai. */
  readonly lessonTime: string;
  readonly tipTime: string;
  readonly broadcastPerMinute: number;
  readonly units: readonly string[];
  readonly rollCall: boolean;
  readonly jinzhongzhao: boolean;
  readonly namedUnits: readonly NamedUnit[];
  /** Hosts to which a lesson may link. */
  readonly videoHosts: readonly string[];
}

const ON_OFF = z.enum(['on', 'off']).default('off');
const CRON = /^[0-5]?\d (?:[01]?\d|2[0-3]) \* \* [0-7]$/;
const HOST = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

export const campaignSettings = {
  FANZHA_ENTRY: z.string().min(1).max(40).optional(),
  FANZHA_ENTRY_URL: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .optional(),
  FANZHA_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  FANZHA_HOLIDAYS: z.string().optional(),
  FANZHA_LESSON_TIME: z.string().regex(CRON).default('0 9 * * 2'),
  FANZHA_TIP_TIME: z.string().regex(CRON).default('0 10 * * 1'),
  FANZHA_BROADCAST_PER_MINUTE: z.coerce.number().int().min(1).max(60_000).default(600),
  FANZHA_UNITS: z.string().optional(),
  FANZHA_ROLL_CALL: ON_OFF,
  FANZHA_JINZHONGZHAO: ON_OFF,
  FANZHA_ROLL_CALL_NAMED: z.string().optional(),
  FANZHA_VIDEO_HOSTS: z.string().optional(),
};

type Read = z.infer<z.ZodObject<typeof campaignSettings>>;

export const CAMPAIGN_CURES: Readonly<Record<string, string>> = {
  FANZHA_ENTRY: '用一句话写居民怎么找到机器人，最多 40 个字，例如 微信搜“西平人大”公众号',
  FANZHA_ENTRY_URL: '写二维码里的网址，例如 https://example.gov.cn/fanzha',
  FANZHA_PUBLIC_URL: '写外面打开聊天网页的网址，例如 https://example.gov.cn',
  FANZHA_HOLIDAYS: '写放假的日子，一段用“~”，几个用逗号隔开，例如 2026-10-01~2026-10-07,2027-01-01',
  FANZHA_LESSON_TIME: '写“分 时 * * 星期几”，例如每周二九点：0 9 * * 2',
  FANZHA_TIP_TIME: '写“分 时 * * 星期几”，例如每周一十点：0 10 * * 1',
  FANZHA_BROADCAST_PER_MINUTE: '写 1 到 60000 的整数，群发时每分钟最多发几条',
  FANZHA_UNITS: '写单位名，用顿号隔开，每个最多 12 个字，例如 城关镇、柏亭街道',
  FANZHA_ROLL_CALL: '写 on 或 off',
  FANZHA_JINZHONGZHAO: '写 on 或 off；打开前请先问县公安局它还在不在用',
  FANZHA_ROLL_CALL_NAMED: '写“单位：用途”，几个用分号隔开，例如 县人大机关：核对本机关的安装情况',
  FANZHA_VIDEO_HOSTS: '写可以放视频链接的网站，用逗号隔开，例如 v.example.gov.cn',
};

/** What the settings of the campaign mean. Faults name the setting. */
export function campaignOf(
  read: Read,
  county: string,
): { readonly campaign: Campaign; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const wrong = (where: string, what: string): void => {
    faults.push({ where, what, cure: CAMPAIGN_CURES[where] ?? '' });
  };
  const holidays = new Set<string>();
  for (const span of listOf(read.FANZHA_HOLIDAYS, /[,，、\s]+/)) {
    const days = daysOf(span);
    if (days.length === 0) wrong('FANZHA_HOLIDAYS', `“${span}”不是日子`);
    for (const day of days) holidays.add(day);
  }
  const units = listOf(read.FANZHA_UNITS, /[,，、]/);
  for (const unit of units) if ([...unit].length > 12) wrong('FANZHA_UNITS', `“${unit}”太长`);
  const namedUnits = listOf(read.FANZHA_ROLL_CALL_NAMED, /[;；]/).flatMap((one): readonly NamedUnit[] => {
    const [, unit, purpose] = /^([^：:]+)[：:](.{2,40})$/.exec(one) ?? [];
    if (unit !== undefined && purpose !== undefined && units.includes(unit.trim()))
      return [{ unit: unit.trim(), purpose: purpose.trim() }];
    wrong('FANZHA_ROLL_CALL_NAMED', `“${one}”没有写用途，或者单位不在 FANZHA_UNITS 里`);
    return [];
  });
  const videoHosts = listOf(read.FANZHA_VIDEO_HOSTS, /[,，、\s]+/).map((host) => host.toLowerCase());
  for (const host of videoHosts) if (!HOST.test(host)) wrong('FANZHA_VIDEO_HOSTS', `“${host}”不是网站名`);
  const campaign: Campaign = {
    entry: read.FANZHA_ENTRY ?? `把收到的话发给${county}反诈助手`,
    entryUrl: read.FANZHA_ENTRY_URL ?? read.FANZHA_PUBLIC_URL,
    publicUrl: read.FANZHA_PUBLIC_URL?.replace(/\/+$/, ''),
    holidays,
    lessonTime: read.FANZHA_LESSON_TIME,
    tipTime: read.FANZHA_TIP_TIME,
    broadcastPerMinute: read.FANZHA_BROADCAST_PER_MINUTE,
    units,
    rollCall: read.FANZHA_ROLL_CALL === 'on',
    jinzhongzhao: read.FANZHA_JINZHONGZHAO === 'on',
    namedUnits,
    videoHosts,
  };
  return { campaign, faults };
}

function listOf(text: string | undefined, between: RegExp): readonly string[] {
  return (text ?? '')
    .split(between)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

const LONGEST_HOLIDAY = 60;

/** 2026-10-01 or 2026-10-01~2026-10-07; none when it is not a day, or the span runs backwards or too long. */
function daysOf(span: string): readonly string[] {
  const [first = '', last = first] = span.split('~');
  const [from, to] = [timeOf(first), timeOf(last)];
  if (from === undefined || to === undefined || to < from) return [];
  const days = (to - from) / 86_400_000 + 1;
  if (days > LONGEST_HOLIDAY) return [];
  return Array.from({ length: days }, (_, i) => new Date(from + i * 86_400_000).toISOString().slice(0, 10));
}

function timeOf(day: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? undefined : time;
}
