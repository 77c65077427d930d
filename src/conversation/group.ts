import { type Incoming, type Recognition, SPEAKS_AGAINST_FRAUD } from '../domain/index.ts';
import { MINUTE } from '../lib/clock.ts';
import type { Bucket } from './limits.ts';
import type { Mind } from './understand.ts';

/** What is remembered of a group. Plain data; times in epoch milliseconds. */
export interface Group {
  /** Its owner wants to be warned without asking. */
  readonly reminders: boolean;
  /** When something was last said there that nobody asked for. */
  readonly lastUnasked: number | undefined;
  readonly bucket: Bucket | undefined;
}

export const NEW_GROUP: Group = { reminders: false, lastUnasked: undefined, bucket: undefined };

/** At most one unasked sentence per group in this time. */
const UNASKED_EVERY = 10 * MINUTE;
/** The slogan of the campaign: who spreads it wants nothing of anybody. */
const SLOGAN = /不听、?不信、?不转账/;

/** 反诈 in front of what is asked: the web protocol knows no real mention. 反诈中心提醒 is no such call. */
const CALL = /^\s*反诈(?:助手)?(?:[\s，,：:、。!！]+|$|(?=(?:开启|打开|停止|关闭)提醒$|状态$))/;

/** The message as it is meant: called by the prefix, it is addressed to us, and the prefix is no part of it. */
export function withoutCall(incoming: Incoming): Incoming {
  if (incoming.room === undefined || !CALL.test(incoming.text)) return incoming;
  return { ...incoming, mentioned: true, text: incoming.text.replace(CALL, '') };
}

/** Why a group is left in peace; `undefined`: it is warned, although nobody asked. */
export function whyNotRemind(
  group: Group,
  text: string,
  recognition: () => Recognition,
  mind: Mind,
  now: number,
): string | undefined {
  if (!group.reminders) return 'a group in which nobody asked';
  if (group.lastUnasked !== undefined && now - group.lastUnasked < UNASKED_EVERY)
    return 'a group that was warned a moment ago';
  if (mind.ownWords.only(text)) return 'our own words';
  if (SLOGAN.test(text)) return 'a post that teaches';
  const { level, against } = recognition();
  if (level !== 'high') return 'nothing in a group that nobody asked about';
  return against <= SPEAKS_AGAINST_FRAUD ? 'a post that teaches' : undefined;
}

/** What the group's own commands do. `undefined`: none of them. */
export function ruleGroup(
  command: string,
  group: Group,
  ownsRoom: boolean | undefined,
): { readonly group: Group; readonly say: string } | undefined {
  if (command === '') return undefined;
  if (command === 'reminders-state')
    return { group, say: group.reminders ? 'reminders-state-on' : 'reminders-state-off' };
  if (command !== 'reminders-on' && command !== 'reminders-off') return undefined;
  if (!ownsRoom) return { group, say: ownsRoom === undefined ? 'reminders-owner-unknown' : 'reminders-not-owner' };
  return { group: { ...group, reminders: command === 'reminders-on' }, say: command };
}
