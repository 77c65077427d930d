import { randomInt } from 'node:crypto';
import { type CampaignStore, CODE_SIGNS } from '../campaign/index.ts';
import { DAY } from '../lib/clock.ts';

const PREFIX = 'DB';
const LENGTH = 8;
const VALID_FOR = 7 * DAY;

/** A one-time code that makes a deputy of whoever says it. */
export interface Invitation {
  /** As it is shown and told: DB-XXXX-XXXX. */
  readonly shown: string;
  /** As the store knows it: DBXXXXXXXX. */
  readonly code: string;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** @param random a whole number from 0 up to, and without, its argument; unguessable. */
export function makeInvitation(
  now: number,
  random: (below: number) => number = (below) => randomInt(below),
): Invitation {
  const signs = Array.from({ length: LENGTH }, () => CODE_SIGNS[random(CODE_SIGNS.length)] ?? '').join('');
  return {
    shown: `${PREFIX}-${signs.slice(0, LENGTH / 2)}-${signs.slice(LENGTH / 2)}`,
    code: PREFIX + signs,
    until: now + VALID_FOR,
  };
}

/** Makes a code and keeps it. It can be shown now and never again: the store has only its hash. */
export async function invite(store: Pick<CampaignStore, 'invite'>, now: number): Promise<Invitation> {
  const invitation = makeInvitation(now);
  await store.invite(invitation.code, invitation.until, now);
  return invitation;
}

/** What the office passes on to the deputy. */
export function invitationWords({ shown, until }: Invitation): string {
  return `请在和反诈助手的聊天里发这个码：${shown}\n${minuteOf(until)}以前有效，只能用一次。`;
}

/** 12月1日 10:05, in Asia/Shanghai. */
export function minuteOf(at: number): string {
  return MINUTE.format(at).replace(/\s+/, ' ');
}

const MINUTE = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
