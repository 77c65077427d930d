import { isatty } from 'node:tty';
import pino from 'pino';

export type Log = pino.Logger;

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Keys under which a message's words or a person could stand; whatever stands there never reaches the log. */
const PRIVATE_KEYS = [
  'text',
  'talker',
  'talkerId',
  'contactId',
  'roomId',
  'topic',
  'name',
  'body',
  'url',
  'quote',
  'original',
  'reply',
];

/**
 * Structured log lines: JSON to a file or pipe, readable lines on a terminal. Message texts and talkers are cut out
 * under every key in PRIVATE_KEYS, at the first and second depth, and runs of five digits or more (telephones, cards,
 * codes) are masked in every string.
 */
export function createLog(level: LogLevel, fd: 1 | 2 = 2): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: PRIVATE_KEYS.flatMap((key) => [key, `*.${key}`]), censor: '（不记录）' },
    formatters: { log: maskStrings },
    hooks: {
      logMethod(args, method) {
        const masked = args.map((arg: unknown) => (typeof arg === 'string' ? maskDigits(arg) : arg));
        method.apply(this, masked as Parameters<typeof method>);
      },
    },
  };
  if (!isatty(fd)) return pino(options, pino.destination({ fd, sync: true }));
  const transport = {
    target: 'pino-pretty',
    options: { destination: fd, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname' },
  };
  return pino({ ...options, transport });
}

export function maskDigits(text: string): string {
  return text.replace(/\d{5,}/g, (digits) => `${digits.slice(0, 2)}***`);
}

function maskStrings(object: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(object).map(([key, value]) => [
    key,
    typeof value === 'string' ? maskDigits(value) : value,
  ]);
  return Object.fromEntries(entries);
}
