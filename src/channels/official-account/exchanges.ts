import { MINUTE, SECOND } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { awaitsAnswer, type OfficialIncoming } from './incoming.ts';
import { splitText } from './split.ts';

/** What a resident is told; absent or empty: nothing. */
export interface Answer {
  readonly text?: string | undefined;
}

/** The passive reply could not carry it: the answer came after the holding sentence, or was too long for one message. */
export interface Unsaid {
  readonly why: 'late' | 'too-long';
  /** Each fits one WeChat message. */
  readonly parts: readonly string[];
}

export interface ExchangeNeeds {
  readonly now: () => number;
  readonly log: Log;
  /**
   * What to say to it. Called once while a message is with us, but again when WeChat repeats it to another process or
   * after a minute: it must then give the same text, or the holding sentence if `held` was told for that message id.
   * `answerBy` (epoch milliseconds) is when the holding sentence goes out instead; `signal` fires when nobody will take
   * an answer any more.
   */
  receive(
    incoming: OfficialIncoming,
    within: { readonly answerBy: number; readonly signal: AbortSignal },
  ): Promise<Answer>;
  /** The holding sentence stands as the reply to this message from now on. */
  held(incoming: OfficialIncoming): void | Promise<void>;
  /** Gets what is still to be said, to say it by customer service or at the next message. May come twice for one message id. */
  late(incoming: OfficialIncoming, unsaid: Unsaid): void | Promise<void>;
  readonly sentences: {
    /** In place of an answer that takes longer than WeChat waits. */
    readonly holding: string;
    /** In place of an answer that we could not make. */
    readonly trouble: string;
  };
  readonly times?: Partial<ExchangeTimes>;
}

export interface ExchangeTimes {
  /** WeChat hangs up after five seconds; this leaves one for the way. */
  readonly answerWithinMs: number;
  /** How long an exchange is remembered, and so how late an answer may come. WeChat's last try is after ten seconds. */
  readonly rememberMs: number;
  /** More messages than this waiting at once means that answering has stopped: the rest get the trouble sentence. */
  readonly mostWaiting: number;
}

export const EXCHANGE_TIMES: ExchangeTimes = {
  answerWithinMs: 4 * SECOND,
  rememberMs: MINUTE,
  mostWaiting: 5_000,
};

interface Exchange {
  /** The text of the passive reply. Settles within `answerWithinMs` and never rejects. */
  readonly said: Promise<string | undefined>;
  readonly startedAt: number;
  end(): void;
}

/**
 * One exchange for each message id: tries of WeChat that overlap, or follow within a minute, share one call of `receive`
 * and get the same reply. Only an exchange that failed is forgotten at once, so that the next try may do better.
 */
export function createExchanges(needs: ExchangeNeeds): (incoming: OfficialIncoming) => Promise<string | undefined> {
  const times = { ...EXCHANGE_TIMES, ...needs.times };
  const kept = new Map<string, Exchange>();
  let waiting = 0;

  const forgetOld = (): void => {
    for (const [key, { startedAt, end }] of kept) {
      if (performance.now() - startedAt < times.rememberMs) return;
      kept.delete(key);
      end();
    }
  };

  const begin = (key: string, incoming: OfficialIncoming): Exchange => {
    const stop = new AbortController();
    const startedAt = performance.now();
    const answerBy = needs.now() + times.answerWithinMs;
    let open = true;
    let lastMoment: NodeJS.Timeout | undefined;
    waiting += 1;
    const end = (): void => {
      if (!open) return;
      open = false;
      waiting -= 1;
      clearTimeout(lastMoment);
      stop.abort();
    };

    const answering = Promise.resolve()
      .then(() => needs.receive(incoming, { answerBy, signal: stop.signal }))
      .then(({ text }) => splitText(text ?? ''));
    const said = new Promise<string | undefined>((resolve) => {
      let held = false;
      const timer = setTimeout(() => {
        held = true;
        lastMoment = setTimeout(end, times.rememberMs - times.answerWithinMs).unref();
        if (!awaitsAnswer(incoming)) return resolve(undefined);
        resolve(needs.sentences.holding);
        tell(needs.log, () => needs.held(incoming));
      }, times.answerWithinMs);
      const conclude = (parts: readonly string[]): void => {
        clearTimeout(timer);
        if (!open) return;
        end();
        if (!held) resolve(parts[0]);
        const rest = held ? parts : parts.slice(1);
        if (rest.length === 0) return;
        tell(needs.log, () => needs.late(incoming, { why: held ? 'late' : 'too-long', parts: rest }));
      };
      answering.then(conclude, (error: unknown) => {
        needs.log.error({ err: error }, 'a message from the official account was not answered');
        if (!held) kept.delete(key);
        conclude(awaitsAnswer(incoming) ? [needs.sentences.trouble] : []);
      });
    });
    return { said, startedAt, end };
  };

  return (incoming) => {
    forgetOld();
    const key = `${incoming.from} ${incoming.messageId}`;
    const known = kept.get(key);
    if (known) return known.said;
    if (waiting >= times.mostWaiting) {
      return Promise.resolve(awaitsAnswer(incoming) ? needs.sentences.trouble : undefined);
    }
    const exchange = begin(key, incoming);
    kept.set(key, exchange);
    return exchange.said;
  };
}

/** Calls what nobody waits for; its faults end in the log. */
function tell(log: Log, call: () => void | Promise<void>): void {
  Promise.resolve()
    .then(call)
    .catch((error: unknown) => log.error({ err: error }, 'what is still to be said was not taken'));
}
