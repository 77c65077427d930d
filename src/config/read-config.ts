import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Fault, OperatorFault } from '../domain/index.ts';
import { LOG_LEVELS } from '../lib/log.ts';
import { projectRoot } from '../lib/project-root.ts';
import { CAMPAIGN_CURES, type Campaign, campaignOf, campaignSettings } from './campaign.ts';

const port = z.coerce.number().int().min(0).max(65535);

const settings = z.object({
  FANZHA_PUBLIC_PORT: port.default(8060),
  FANZHA_ADMIN_PORT: port.default(8061),
  FANZHA_HOST: z.string().min(1).default('127.0.0.1'),
  FANZHA_STATE_DIR: z.string().min(1).default('./data'),
  FANZHA_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/)
    .optional(),
  FANZHA_TRUST_PROXY: z
    .string()
    .regex(/^[\da-fA-F.:,/\s]+$/)
    .optional(),
  FANZHA_OA_TOKEN: z.string().min(1).optional(),
  FANZHA_OA_APP_ID: z.string().min(1).optional(),
  FANZHA_OA_AES_KEY: z.string().min(1).optional(),
  FANZHA_OA_SECRET: z.string().min(1).optional(),
  FANZHA_OA_ACCOUNT: z.enum(['unverified', 'verified', 'service']).default('unverified'),
  WECHAT_API_BASE: z.url().default('https://api.weixin.qq.com'),
  FANZHA_KNOWLEDGE_DIR: z.string().min(1).optional(),
  FANZHA_COUNTY: z.string().min(1).max(12).default('西平县'),
  FANZHA_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  FANZHA_LIMIT_TALKER: z.coerce.number().int().min(2).max(600).default(10),
  FANZHA_LIMIT_GROUP: z.coerce.number().int().min(2).max(600).default(20),
  FANZHA_LIMIT_ALL: z.coerce.number().int().min(1).max(100_000).default(1_000),
  ...campaignSettings,
  FANZHA_JOIN_MS: z.coerce.number().int().min(0).max(10_000).default(3_000),
});

/** Everything that an operator can set, frozen. Paths are absolute. */
export interface Config {
  readonly publicPort: number;
  readonly adminPort: number;
  readonly host: string;
  readonly stateDir: string;
  /** Addresses of reverse proxies, whose word for a visitor's address is taken; behind any other all visitors are one. */
  readonly trustProxy: readonly string[];
  /** A PostgreSQL server; absent: SQLite in the state folder. */
  readonly databaseUrl: string | undefined;
  readonly knowledgeDir: string;
  readonly county: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly officialAccount: OfficialAccount;
  readonly campaign: Campaign;
  readonly limits: Limits;
  /** Milliseconds that half a sentence waits for the rest. */
  readonly joinWithin: number;
}

/** The official account as the operator has set it up; what is missing is told when the channel is asked for. */
export interface OfficialAccount {
  readonly token: string | undefined;
  readonly appId: string | undefined;
  /** The current EncodingAESKey, and behind a comma the previous one while a rotation lasts. */
  readonly aesKeys: readonly string[];
  readonly secret: string | undefined;
  readonly account: 'unverified' | 'verified' | 'service';
  readonly apiBase: string;
}

/** Replies a minute to one talker and into one group; messages a second of all together, in this process. */
export interface Limits {
  readonly talkerPerMinute: number;
  readonly groupPerMinute: number;
  readonly allPerSecond: number;
}

const SETTINGS_FILE = 'fanzha.yml';
const OWN_KNOWLEDGE = join(projectRoot(), 'knowledge');

const CURES: Readonly<Record<string, string>> = {
  ...CAMPAIGN_CURES,
  FANZHA_PUBLIC_PORT: '写 0 到 65535 的整数，例如 8060',
  FANZHA_ADMIN_PORT: '写 0 到 65535 的整数，例如 8061',
  FANZHA_TRUST_PROXY: '写反向代理的地址，几个用逗号隔开，例如 127.0.0.1 或 172.16.0.0/12',
  FANZHA_DATABASE_URL: '写 postgres://用户:密码@主机:5432/库名；用 SQLite 就删掉这一项',
  FANZHA_LIMIT_TALKER: '写 2 到 600 的整数，每人每分钟最多答几条',
  FANZHA_LIMIT_GROUP: '写 2 到 600 的整数，每个群每分钟最多答几条',
  FANZHA_LIMIT_ALL: '写 1 到 100000 的整数，每秒一共最多看几条',
  FANZHA_JOIN_MS: '写 0 到 10000 的整数，单位毫秒',
  FANZHA_OA_ACCOUNT: '只能写其中一个：unverified（未认证）、verified（认证订阅号）、service（认证服务号）',
  WECHAT_API_BASE: '写微信接口的地址，例如 https://api.weixin.qq.com',
  FANZHA_COUNTY: '写县名，最多 12 个字，例如 西平县',
  FANZHA_LOG_LEVEL: `只能写其中一个：${LOG_LEVELS.join('、')}`,
};

/**
 * Reads the environment, and before it `fanzha.yml` in the current folder (the same names in small letters). A name
 * that begins with FANZHA_ and is unknown is a fault, since it is usually a typing error. All faults are in one error.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, folder = process.cwd()): Config {
  const { values, faults } = readFile(folder);
  for (const [name, value] of Object.entries(environment))
    if ((name.startsWith('FANZHA_') || name === 'WECHAT_API_BASE') && value !== undefined) values[name] = value;
  const result = settings.safeParse(values);
  const wrong = result.success ? [] : result.error.issues.map((issue) => faultOf(String(issue.path[0])));
  const unknown = Object.keys(values).filter((name) => !(name in settings.shape) && !RESERVED.test(name));
  const meant = result.success ? campaignOf(result.data, result.data.FANZHA_COUNTY) : undefined;
  const all = [...faults, ...wrong, ...unknown.map(unknownName), ...(meant?.faults ?? [])];
  if (!result.success || !meant || all.length > 0) throw new OperatorFault(`配置有 ${all.length} 处要改`, all);
  const read = result.data;
  return Object.freeze({
    publicPort: read.FANZHA_PUBLIC_PORT,
    adminPort: read.FANZHA_ADMIN_PORT,
    host: read.FANZHA_HOST,
    stateDir: resolve(folder, read.FANZHA_STATE_DIR),
    knowledgeDir: read.FANZHA_KNOWLEDGE_DIR === undefined ? OWN_KNOWLEDGE : resolve(folder, read.FANZHA_KNOWLEDGE_DIR),
    county: read.FANZHA_COUNTY,
    logLevel: read.FANZHA_LOG_LEVEL,
    trustProxy: (read.FANZHA_TRUST_PROXY ?? '').split(',').flatMap((address) => address.trim() || []),
    databaseUrl: read.FANZHA_DATABASE_URL,
    officialAccount: {
      token: read.FANZHA_OA_TOKEN,
      appId: read.FANZHA_OA_APP_ID,
      aesKeys: (read.FANZHA_OA_AES_KEY ?? '').split(',').flatMap((key) => key.trim() || []),
      secret: read.FANZHA_OA_SECRET,
      account: read.FANZHA_OA_ACCOUNT,
      apiBase: read.WECHAT_API_BASE,
    },
    campaign: meant.campaign,
    limits: {
      talkerPerMinute: read.FANZHA_LIMIT_TALKER,
      groupPerMinute: read.FANZHA_LIMIT_GROUP,
      allPerSecond: read.FANZHA_LIMIT_ALL,
    },
    joinWithin: read.FANZHA_JOIN_MS,
  });
}

/** Names of the contract that a later version reads; setting them already does no harm. */
const RESERVED = /^FANZHA_(TEST_DATABASE_URL|KF_[A-Z_]+)$/;

function readFile(folder: string): { values: Record<string, unknown>; faults: Fault[] } {
  const path = resolve(folder, SETTINGS_FILE);
  if (!existsSync(path)) return { values: {}, faults: [] };
  try {
    const read: unknown = parse(readFileSync(path, 'utf8')) ?? {};
    if (typeof read !== 'object' || Array.isArray(read)) throw new Error('not a list of names');
    const values = Object.fromEntries(
      Object.entries(read as Record<string, unknown>).map(([name, value]) => [name.toUpperCase(), value]),
    );
    return { values, faults: [] };
  } catch {
    return {
      values: {},
      faults: [{ where: SETTINGS_FILE, what: '这个文件读不懂', cure: '每行写“名字: 值”，例如 fanzha_county: 西平县' }],
    };
  }
}

function faultOf(name: string): Fault {
  return { where: name, what: '这一项的值不对', cure: CURES[name] ?? '写一段不空的文字，或删掉这一项用默认值' };
}

function unknownName(name: string): Fault {
  return { where: name, what: '没有这一项配置', cure: `改成其中一个：${Object.keys(settings.shape).join('、')}` };
}
