import { HOUR, MINUTE, SECOND } from '../lib/clock.ts';
import type { SendCode, SendFault } from './channel.ts';
import type { Settlement } from './store.ts';

interface Rule {
  /** Tries in all; after the last one in vain the row has failed. */
  readonly tries: number;
  /** The pause after the first try; each further one is twice as long, up to `longestMs`. */
  readonly pauseMs: number;
  readonly longestMs: number;
  /** The other rows of this channel wait this long as well: they would meet the same fault. */
  readonly channelMs: number;
  readonly countsAsTry: boolean;
}

const ONCE = { tries: 1, pauseMs: 0, longestMs: 0, channelMs: 0, countsAsTry: true };

const RULES: Readonly<Record<Exclude<SendCode, 'unknown'>, Rule>> = {
  // A blocked contact or text stays blocked; a second try costs little when the channel only stumbled.
  refused: { tries: 2, pauseMs: 10 * SECOND, longestMs: 10 * SECOND, channelMs: 0, countsAsTry: true },
  // WeChat's limit falls back in minutes, and whoever keeps knocking is blocked for longer.
  'rate-limited': { tries: 8, pauseMs: MINUTE, longestMs: 15 * MINUTE, channelMs: MINUTE, countsAsTry: true },
  // It is for somebody to log in; we look again often, and only the row's own time ends the wait.
  'logged-out': {
    tries: Infinity,
    pauseMs: 5 * SECOND,
    longestMs: 5 * SECOND,
    channelMs: 5 * SECOND,
    countsAsTry: false,
  },
  // A dropped line is back in seconds, a broken one in half an hour: twelve tries reach that far.
  unreachable: { tries: 12, pauseMs: 2 * SECOND, longestMs: 5 * MINUTE, channelMs: SECOND, countsAsTry: true },
  // The channel's window does not open again for this answer.
  'window-closed': ONCE,
  // Whatever opens the way takes the row out of the outbox itself; looking again is only in case it does not.
  'not-asked': { tries: Infinity, pauseMs: HOUR, longestMs: HOUR, channelMs: 0, countsAsTry: false },
};

/** However long a channel asks us to wait, we look again after this. */
const LONGEST_WISH = HOUR;

/** What becomes of a row after a fault. `attempts`: how often it has been tried, this time included. */
export function afterFault(fault: SendFault, attempts: number, now: number): Settlement {
  const { code } = fault;
  if (code === 'unknown') return { state: 'unknown', code };
  const rule = RULES[code];
  if (attempts >= rule.tries) return { state: 'failed', code };
  const pause = Math.min(rule.longestMs, rule.pauseMs * 2 ** Math.max(0, attempts - 1));
  return { state: 'due', dueAt: now + Math.max(pause, wishOf(fault)), code, countsAsTry: rule.countsAsTry };
}

/** How long the whole channel rests after a fault, milliseconds. */
export function channelPause(fault: SendFault): number {
  if (fault.code === 'unknown') return 0;
  const { channelMs } = RULES[fault.code];
  return channelMs === 0 ? 0 : Math.max(channelMs, wishOf(fault));
}

function wishOf({ retryAfterMs }: SendFault): number {
  return retryAfterMs !== undefined && retryAfterMs > 0 ? Math.min(retryAfterMs, LONGEST_WISH) : 0;
}
