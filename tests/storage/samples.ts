import type { Group, Talk, TalkTransaction } from '../../src/conversation/index.ts';
import { NEW_GROUP, NEW_TALK } from '../../src/conversation/index.ts';
import type { Address, ToSay } from '../../src/domain/index.ts';
import { DAY, MINUTE } from '../../src/lib/clock.ts';

export const NOW = Date.UTC(2026, 10, 24, 8);

export const LI: Address = { source: 'local', talker: 'wxid_lilaoshi' };
export const WANG: Address = { source: 'local', talker: 'wxid_wangdaye' };
export const ROOM = 'room@chatroom';
export const LI_IN_ROOM: Address = { ...LI, room: ROOM };
export const WANG_IN_ROOM: Address = { ...WANG, room: ROOM };

export const SECRET_TEXT = '客服让我把验证码念给他听';

/** A talk with something of everything that JSON can hold in it. */
export function talkSaying(text: string): Talk {
  return { ...NEW_TALK, noticed: true, lastReply: text } as Talk;
}

export const QUIET_GROUP: Group = { ...NEW_GROUP, reminders: true, lastUnasked: NOW } as Group;

export function reply(address: Address, text: string, changed: Partial<ToSay> = {}): ToSay {
  return {
    ...address,
    text,
    replyTo: [`message of ${text}`],
    at: NOW,
    urgency: 'answer',
    dueAt: NOW,
    expiresAt: NOW + DAY,
    keepUntil: NOW + 30 * DAY,
    ...changed,
  };
}

export const say =
  (...replies: readonly ToSay[]) =>
  async (tx: TalkTransaction): Promise<void> => {
    for (const one of replies) await tx.say(one);
  };

export const lease = (owner: string, changed: { now?: number; leaseUntil?: number; limit?: number } = {}) => ({
  source: 'local',
  owner,
  now: NOW,
  leaseUntil: NOW + MINUTE,
  limit: 10,
  ...changed,
});
