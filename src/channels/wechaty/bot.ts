import { type Friendship, type Message, type Room, type Wechaty, WechatyBuilder } from 'wechaty';
import type { Puppet } from 'wechaty-puppet';
import type { Address, Incoming } from '../../domain/index.ts';
import { createLanes } from '../../lib/lanes.ts';
import type { Log } from '../../lib/log.ts';
import { toIncoming } from './incoming.ts';
import { quietWechatyLogs } from './quiet-logs.ts';

/** What a Wechaty bot needs of the rest of the house. */
export interface BotNeeds {
  readonly puppet: Puppet;
  /** Name of the channel, for instance `local`. */
  readonly source: string;
  readonly log: Log;
  /** Takes a message. Those of one talk come one after the other, in the order they arrived in. */
  take(incoming: Incoming): Promise<void>;
  /** Told of each message at once; `done` settles when it was taken, or left out. */
  handling?(id: string, done: Promise<void>): void;
  /** A new friend, or somebody new in a group, wants to know what it does here. */
  welcome(address: Address): Promise<void>;
}

export interface Bot {
  /** Says a text to a person or into a group; rejects as the puppet does. */
  say(address: Address, text: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a Wechaty bot over a puppet. Resolves when it takes messages. */
export async function startBot(needs: BotNeeds): Promise<Bot> {
  quietWechatyLogs(needs.log);
  const bot: Wechaty = WechatyBuilder.build({ puppet: needs.puppet });
  const guarded = guard(needs.log);
  const inOrder = createLanes();
  bot.on('error', (error) => needs.log.error({ err: error, from: needs.source }, 'the puppet reported a fault'));
  bot.on(
    'message',
    guarded('message', (message: Message) => {
      const done = inOrder(`${message.room()?.id ?? ''}|${message.talker().id}`, () => onMessage(message, needs));
      needs.handling?.(message.id, done);
      return done;
    }),
  );
  bot.on(
    'friendship',
    guarded('friendship', (friendship: Friendship) => onFriendship(friendship, bot, needs)),
  );
  bot.on(
    'room-join',
    guarded('room-join', (room: Room) => onRoomJoin(room, bot, needs)),
  );
  await bot.start();
  return {
    async say({ talker, room }, text) {
      const place = room === undefined ? await bot.Contact.find({ id: talker }) : await bot.Room.find({ id: room });
      if (!place) throw new Error('the puppet does not know whom this is for');
      await place.say(text);
    },
    stop: () => bot.stop(),
  };
}

/** An async handler that throws would end the process; whatever goes wrong in one is logged and stays there. */
function guard(log: Log) {
  return <Arguments extends unknown[]>(event: string, handle: (...args: Arguments) => Promise<void>) =>
    (...args: Arguments): void => {
      handle(...args).catch((error: unknown) => log.error({ err: error, event }, 'an event could not be handled'));
    };
}

async function onMessage(message: Message, needs: BotNeeds): Promise<void> {
  const incoming = await toIncoming(message, needs.source);
  if (incoming) await needs.take(incoming);
}

async function onFriendship(friendship: Friendship, bot: Wechaty, needs: BotNeeds): Promise<void> {
  if (friendship.type() !== bot.Friendship.Type.Receive) return;
  await friendship.accept();
  await needs.welcome({ source: needs.source, talker: friendship.contact().id });
}

/** The bot was brought into a group, or somebody new came: both want to know what it does here. */
async function onRoomJoin(room: Room, bot: Wechaty, needs: BotNeeds): Promise<void> {
  await needs.welcome({ source: needs.source, talker: bot.currentUser.id, room: room.id });
}
