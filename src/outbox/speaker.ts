import { faultFrom, type OutgoingChannel, SendFault } from './channel.ts';
import type { Claimed } from './store.ts';

/** Says one thing at a time and does not wait for ever. */
export interface Speaker {
  /** `undefined`: the channel took it. Never rejects. */
  say(claimed: Claimed): Promise<SendFault | undefined>;
  /** Ends the wait for what is being said now; its outcome is unknown. */
  giveUp(): void;
  /** Nothing is said for a while: no timer is left running. */
  rest(): void;
}

/** One timer serves all that is said without a rest between: it is put forward for each, which costs next to nothing. */
export function createSpeaker(channel: OutgoingChannel): Speaker {
  let timer: NodeJS.Timeout | undefined;
  let giveUp: (() => void) | undefined;
  return {
    async say(claimed) {
      timer = timer?.refresh() ?? setTimeout(() => giveUp?.(), channel.manners.sendWithinMs);
      try {
        await new Promise<void>((resolve, reject) => {
          giveUp = () => reject(new SendFault('unknown'));
          channel.say(claimed).then(resolve, reject);
        });
        return undefined;
      } catch (thrown) {
        return faultFrom(thrown);
      } finally {
        giveUp = undefined;
      }
    },
    giveUp: () => giveUp?.(),
    rest() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
