import {
  type Conversation,
  type ConversationNeeds,
  createConversation,
  createWaker,
  type TalkTransaction,
} from './conversation/index.ts';
import { createPump, type OutboxStore, type OutgoingChannel, type Pump, type PumpNeeds } from './outbox/index.ts';

/** What is wanted of the conversation and of the pump besides what ties them together. */
export interface ExchangeNeeds<Tx extends TalkTransaction = TalkTransaction>
  extends Omit<ConversationNeeds<Tx>, 'store' | 'onWakeAt' | 'at'> {
  readonly storage: { readonly talks: ConversationNeeds<Tx>['store']; readonly outbox: OutboxStore };
  /** For tests that end the process at a labelled point of either. */
  readonly at?: (point: string) => void;
  readonly pump: Pick<PumpNeeds, 'owner' | 'onSent' | 'leaseMs' | 'pollMs'>;
}

/** The conversation, and what makes it go by itself: the pump that says what waits, the waker that judges what waited. */
export interface Exchange {
  readonly conversation: Conversation;
  /** Channels take messages into the conversation, hence they are opened between its making and this. */
  begin(channels: readonly OutgoingChannel[]): void;
  /** Something waits in the outbox, of whichever source. */
  nudge(): void;
  /** Resolves when nothing is left that may be said now. */
  drained(): Promise<void>;
  /** Nothing more is judged by itself, then the channels close, then nothing more is said. */
  stop(closeChannels?: () => Promise<void>): Promise<void>;
}

export function createExchange<Tx extends TalkTransaction>(needs: ExchangeNeeds<Tx>): Exchange {
  const { storage, pump: pumping, onToSay, at, ...common } = needs;
  const { now, log } = common;
  const points = at ? { at } : {};
  let pump: Pump | undefined;
  let waker: ReturnType<typeof createWaker> | undefined;
  const conversation = createConversation({
    ...common,
    ...points,
    store: storage.talks,
    onToSay(source, talker) {
      onToSay?.(source, talker);
      pump?.nudge(source);
    },
    onWakeAt: (time) => waker?.wakeAt(time),
  });
  return {
    conversation,
    begin(channels) {
      pump = createPump({ ...pumping, ...points, store: storage.outbox, channels, now, log });
      waker = createWaker(conversation, storage.talks, now, log);
    },
    nudge: () => pump?.nudge(),
    drained: () => pump?.drained() ?? Promise.resolve(),
    async stop(closeChannels) {
      await waker?.stop();
      await closeChannels?.();
      await pump?.stop();
    },
  };
}
