import type { Conversation, TalkStore } from '../../conversation/index.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Asked, PassiveStore, Taken } from '../../outbox/index.ts';
import { serviceAllowance } from './customer-service.ts';
import type { Answer, ExchangeNeeds } from './exchanges.ts';
import type { OfficialIncoming } from './incoming.ts';
import type { Nudges } from './nudges.ts';
import { persist } from './persist.ts';
import type { AccountKind } from './settings.ts';
import { splitText } from './split.ts';
import { idOf, SOURCE, toIncoming } from './to-incoming.ts';

export interface AnswerNeeds {
  readonly conversation: Pick<Conversation, 'receive'>;
  readonly talks: Pick<TalkStore, 'transaction' | 'scrub'>;
  readonly passive: PassiveStore;
  readonly nudges: Nudges;
  readonly account: AccountKind;
  readonly now: Clock;
  say(key: string): string;
  /** Other processes share the storage, so that a story may be told there. */
  readonly shared: boolean;
  readonly holdMs: number;
  /** The program stops: WeChat asks another process, or this one when it is back. */
  readonly closing: AbortSignal;
}

/** So long before the last moment the holding sentence is noted as the reply, so that every process gives the same one. */
const NOTED_EARLY = 0.1;
/** How often a waiting message looks for what another process may have told; of its own process it is told. Milliseconds. */
const LOOK_EVERY = { shared: 200, alone: 5_000 };

/** What to say to a message: what the conversation says to it, by way of the outbox. See ExchangeNeeds.receive. */
export function createAnswers(needs: AnswerNeeds): ExchangeNeeds['receive'] {
  const { conversation, passive, nudges, account, now, say } = needs;
  const lookEvery = needs.shared ? LOOK_EVERY.shared : LOOK_EVERY.alone;

  return async (official, { answerBy, signal }) => {
    const isOver = (): boolean => signal.aborted || needs.closing.aborted;
    const incoming = toIncoming(official);
    if (!incoming) return official.kind === 'event' && official.event === 'unsubscribe' ? forget(official, isOver) : {};
    const budget = answerBy - now();
    const tooLate = performance.now() + budget;
    const decideBy = tooLate - NOTED_EARLY * budget;

    const bell = nudges.listen(incoming.talker);
    try {
      // Before the last moment a fault that does not pass is told; after it the holding sentence was, so we go on trying.
      let taken: Taken = { kind: 'nothing' };
      const outcome = await persist(
        () =>
          conversation.receive(incoming, async (tx) => {
            if (performance.now() >= tooLate) return;
            taken = await passive.take({ ...askedBy(official), ...allowed(official) }, tx);
          }),
        (pause) => !isOver() && (performance.now() + pause < decideBy || performance.now() > tooLate),
      );
      if (outcome.kind === 'busy') return { text: say('busy') };
      while (taken.kind === 'waits') {
        const left = decideBy - performance.now();
        await bell.wait(Math.max(1, Math.min(left, lookEvery)));
        // Once the holding sentence went out, what is to be said stays in the outbox.
        if (performance.now() >= tooLate || isOver()) return {};
        const holding = performance.now() >= decideBy ? say(holdingKey(account)) : undefined;
        taken = await persist(
          () => passive.take({ ...askedBy(official), holding }),
          () => !isOver(),
        );
      }
      return textOf(taken);
    } finally {
      bell.end();
    }
  };

  function askedBy(official: OfficialIncoming): Asked {
    return {
      source: SOURCE,
      talker: official.from,
      id: idOf(official),
      now: now(),
      holdMs: needs.holdMs,
      fit: fitOneMessage,
    };
  }

  function allowed(official: OfficialIncoming): Pick<Asked, 'allowance'> {
    const { most, withinMs } = serviceAllowance(account, official);
    return most > 0 ? { allowance: { most, until: official.at + withinMs } } : {};
  }

  async function forget({ from }: OfficialIncoming, isOver: () => boolean): Promise<Answer> {
    const mayWait = (): boolean => !isOver();
    await persist(() => needs.talks.transaction((tx) => tx.forget(SOURCE, from, needs.now())), mayWait);
    await persist(() => needs.talks.scrub(), mayWait);
    return {};
  }
}

/** Where we cannot speak first, the resident is told how to get the answer. */
export function holdingKey(account: AccountKind): 'holding' | 'holding-ask' {
  return account === 'unverified' ? 'holding-ask' : 'holding';
}

/** All texts as one message, each once; what does not fit is for later. */
export function fitOneMessage(texts: readonly string[]): readonly [now: string, later: string] {
  const lines = texts.map((text) => new Set(text.split('\n')));
  const within = (i: number, j: number): boolean => [...(lines[i] ?? [])].every((line) => lines[j]?.has(line));
  const once = texts.filter((_, i) => !texts.some((_, j) => j !== i && within(i, j) && !(within(j, i) && i < j)));
  const [now = '', ...later] = splitText(once.join('\n\n'));
  return [now, later.join('\n')];
}

const textOf = (taken: Taken): Answer => (taken.kind === 'says' ? { text: taken.text } : {});
