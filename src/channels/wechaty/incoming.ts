import { type Message, types } from 'wechaty';
import type { Incoming } from '../../domain/index.ts';
import { readMessage } from './read-message.ts';

/** A mention as WeChat writes it: the name and a thin space or blank behind it. */
const MENTION = /@[^\s@\u2005]{1,30}[\u2005\s]/g;

/** Wechaty's message in our words, or undefined when it is not for us: our own, or from an official account. */
export async function toIncoming(message: Message, source: string): Promise<Incoming | undefined> {
  if (message.self()) return undefined;
  const talker = message.talker();
  if (talker.type() === types.Contact.Official) return undefined;
  const room = message.room();
  const owner = room?.owner();
  const read = readMessage(message);
  return {
    source,
    id: message.id,
    talker: talker.id,
    room: room?.id,
    mentioned: room === undefined || (await message.mentionSelf()),
    ownsRoom: owner && owner.id === talker.id,
    ...read,
    text: room ? read.text.replace(MENTION, '').trim() : read.text.trim(),
    at: message.date().getTime(),
  };
}
