import { MINUTE, SECOND } from '../lib/clock.ts';

/** How the last turns of a talk went; tells people from programs. Plain data, times in epoch milliseconds. */
export interface Turns {
  readonly repliedAt: number;
  /** Replies in a row that led nowhere, each to a message that came sooner than anybody reads. */
  readonly hasty: number;
  /** How often the same text came in a row, each sooner than anybody reads, and its hash. */
  readonly same: number;
  readonly hash: number;
}

/** Nobody has read a reply and typed an answer within this time. */
const SOONER_THAN_ANYBODY_READS = 2 * SECOND;
/** Two programs that talk to each other are left alone after this many replies. */
const MOST_HASTY = 4;
const MOST_SAME = 4;
/** After such a pause the count begins anew. */
const FORGOTTEN_AFTER = 10 * MINUTE;

/** True when another reply would only feed a program: one that answers at once, or says the same again and again. */
export function isProgram(turns: Turns | undefined, text: string, leadsNowhere: boolean, now: number): boolean {
  if (!turns || now - turns.repliedAt > FORGOTTEN_AFTER) return false;
  if (now - turns.repliedAt >= SOONER_THAN_ANYBODY_READS) return false;
  if (text !== '' && turns.same >= MOST_SAME && turns.hash === hashOf(text)) return true;
  return leadsNowhere && turns.hasty >= MOST_HASTY;
}

/** The turns after one more reply, said at `now` to a text that came at `heardAt`. */
export function withTurn(
  turns: Turns | undefined,
  { text, heardAt, leadsNowhere }: { readonly text: string; readonly heardAt: number; readonly leadsNowhere: boolean },
  now: number,
): Turns {
  const hash = hashOf(text);
  const before = turns && now - turns.repliedAt <= FORGOTTEN_AFTER ? turns : undefined;
  const atOnce = before !== undefined && heardAt - before.repliedAt < SOONER_THAN_ANYBODY_READS;
  const hasty = atOnce && leadsNowhere;
  return {
    repliedAt: now,
    hasty: hasty ? before.hasty + 1 : leadsNowhere ? 1 : 0,
    same: atOnce && before.hash === hash ? before.same + 1 : 1,
    hash,
  };
}

/** FNV-1a, 32 bits: enough to notice a repeat, too little to read the text from. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
