import { log as brolog } from 'brolog';
import { log as wechatyLog } from 'wechaty';
import type { Log } from '../../lib/log.ts';

/**
 * Sends Wechaty's two loggers (its own and brolog's global one) to ours, at error level only: below that they print
 * message texts, and at `warn` whole raw messages.
 */
export function quietWechatyLogs(log: Log): void {
  for (const logger of [wechatyLog, brolog]) {
    logger.level('error');
    logger.timestamp(false);
    logger.enableLogging((_level: unknown, text: unknown) => log.error({ from: 'wechaty' }, String(text)));
  }
}
