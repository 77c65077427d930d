import { type Fault, formatFault } from '../domain/index.ts';

/** How the storage can fail while it runs. */
export type StorageFaultCode = 'disk-full' | 'locked' | 'damaged' | 'read-only' | 'unreachable' | 'closed' | 'other';

interface Telling {
  readonly what: string;
  readonly cure: string;
  /** The same call may succeed later, once the cure was applied or the fault went by. */
  readonly retryable: boolean;
}

const TELLINGS: Readonly<Record<StorageFaultCode, Telling>> = {
  'disk-full': { what: '磁盘满了', cure: '腾出空间，会自己接着工作', retryable: true },
  locked: { what: '数据库被占住了', cure: '关掉正在用它的别的程序，会自己接着工作', retryable: true },
  damaged: { what: '数据库坏了', cure: '停下来，用最近的备份恢复', retryable: false },
  'read-only': { what: '数据库写不了', cure: '检查磁盘和文件夹的写权限，会自己接着工作', retryable: true },
  unreachable: { what: '连不上数据库', cure: '检查数据库服务器和网络，会自己接着工作', retryable: true },
  closed: { what: '数据库已经关了', cure: '重新启动程序', retryable: false },
  other: { what: '数据库出错了', cure: '重新启动程序；再出现，把这一行发给维护的人', retryable: false },
};

/** A fault of the database while it runs. The message is an operator's sentence; `cause` is what the engine said. */
export class StorageFault extends Error {
  override readonly name = 'StorageFault';
  readonly code: StorageFaultCode;
  readonly retryable: boolean;
  /** The same, in its parts. */
  readonly fault: Fault;

  constructor(code: StorageFaultCode, where: string, cause: unknown) {
    const { what, cure, retryable } = TELLINGS[code];
    const fault = { where, what: code === 'other' ? `${what}（${engineWords(cause)}）` : what, cure };
    super(formatFault(fault), { cause });
    this.fault = fault;
    this.code = code;
    this.retryable = retryable;
  }
}

/** For the maintainer. Words of SQLite name tables only; a PostgreSQL server may name people, so of it the code is given. */
function engineWords(cause: unknown): string {
  const { severity, code, message } = (cause ?? {}) as EngineError;
  return severity === undefined ? String(message ?? cause).slice(0, 100) : String(code);
}

/** What an engine said, as a StorageFault; anything else comes back as it is. */
export function toFault(error: unknown, where: string): unknown {
  if (error instanceof StorageFault || !(error instanceof Error)) return error;
  const code = faultCode(error);
  return code === undefined ? error : new StorageFault(code, where, error);
}

interface EngineError extends Error {
  readonly code?: unknown;
  /** SQLite's own number, on both packages. */
  readonly errcode?: unknown;
  /** Stands on every error that a PostgreSQL server has sent. */
  readonly severity?: unknown;
}

function faultCode(error: EngineError): StorageFaultCode | undefined {
  if (typeof error.errcode === 'number') return sqliteCode(error.errcode) ?? sqliteWords(error.message);
  if (CLOSED.test(error.message)) return 'closed';
  if (error.code === 'ERR_SQLITE_ERROR') return sqliteWords(error.message);
  if (typeof error.severity === 'string' && typeof error.code === 'string') return postgresCode(error.code);
  if (LOST_CONNECTION.test(error.message) || NETWORK_CODES.has(String(error.code))) return 'unreachable';
  return undefined;
}

const CLOSED =
  /database is not open|Database connection is closed|driver has already been destroyed|Cannot use a pool after/;

/** @photostructure/sqlite 1.2 gives no number with errors out of `all` and `iterate`, only SQLite's sentence. */
const SQLITE_WORDS: readonly (readonly [RegExp, StorageFaultCode])[] = [
  [/disk is full/, 'disk-full'],
  [/is locked/, 'locked'],
  [/malformed|not a database/, 'damaged'],
  [/readonly database|unable to open database|permission denied/, 'read-only'],
  [/not open/, 'closed'],
];

function sqliteWords(message: string): StorageFaultCode {
  return SQLITE_WORDS.find(([words]) => words.test(message))?.[1] ?? 'other';
}

/** Of an extended code the lower byte is the primary one. */
function sqliteCode(extended: number): StorageFaultCode | undefined {
  switch (extended & 0xff) {
    case 13:
      return 'disk-full';
    case 5:
    case 6:
      return 'locked';
    case 11:
    case 26:
      return 'damaged';
    case 8:
    case 14:
    case 3:
      return 'read-only';
    case 21:
      return 'closed';
    default:
      return undefined;
  }
}

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
]);

/** Sentences of pg and pg-pool, which give these no code. ENOENT: the socket file of a stopped server. */
const LOST_CONNECTION =
  /Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable|Query read timeout|connect ENOENT|Client was closed/i;

const POSTGRES_CODES: Readonly<Record<string, StorageFaultCode>> = {
  '53100': 'disk-full',
  '53300': 'unreachable',
  '57P01': 'unreachable',
  '57P02': 'unreachable',
  '57P03': 'unreachable',
  '57014': 'locked',
  '55P03': 'locked',
  '40001': 'locked',
  '40P01': 'locked',
  '25006': 'read-only',
  '25P03': 'unreachable',
  XX001: 'damaged',
  XX002: 'damaged',
};

function postgresCode(code: string): StorageFaultCode {
  return POSTGRES_CODES[code] ?? (code.startsWith('08') ? 'unreachable' : 'other');
}
