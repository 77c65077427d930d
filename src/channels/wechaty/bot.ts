import { type Friendship, type Message, type Room, type Wechaty, WechatyBuilder } from 'wechaty';
import type { Puppet } from 'wechaty-puppet';
import type { Incoming, Reply, Role } from '../../domain/index.ts';
import type { Log } from '../../lib/log.ts';
import { toIncoming } from './incoming.ts';
import { quietWechatyLogs } from './quiet-logs.ts';

/** What a Wechaty bot needs of the rest of the house. */
export interface BotNeeds {
  readonly puppet: Puppet;
  /** Name of the channel, for instance `local`. */
  readonly source: string;
  readonly log: Log;
  /** Takes a message; the reply, if there is one, is said where the message came from. */
  receive(incoming: Incoming): Reply | undefined;
  /** What a new friend, or somebody new in a group, reads first. */
  welcome(): string;
  role(talker: string): Role;
  /** Called right before a reply is said, so that a channel can pair it with what leaves the puppet. */
  saying(reply: Reply): void;
}

/** Starts a Wechaty bot over a puppet. Resolves when it takes messages; the result stops it. */
export async function startBot(needs: BotNeeds): Promise<{ stop(): Promise<void> }> {
  quietWechatyLogs(needs.log);
  const bot: Wechaty = WechatyBuilder.build({ puppet: needs.puppet });
  const guarded = guard(needs.log);
  bot.on('error', (error) => needs.log.error({ err: error, from: needs.source }, 'the puppet reported a fault'));
  bot.on(
    'message',
    guarded('message', (message: Message) => onMessage(message, needs)),
  );
  bot.on(
    'friendship',
    guarded('friendship', (friendship: Friendship) => onFriendship(friendship, bot, needs)),
  );
  bot.on(
    'room-join',
    guarded('room-join', (room: Room) => onRoomJoin(room, needs)),
  );
  await bot.start();
  return { stop: () => bot.stop() };
}

/** An async handler that throws would end the process; whatever goes wrong in one is logged and stays there. */
function guard(log: Log) {
  return <Arguments extends unknown[]>(event: string, handle: (...args: Arguments) => Promise<void>) =>
    (...args: Arguments): void => {
      handle(...args).catch((error: unknown) => log.error({ err: error, event }, 'an event could not be handled'));
    };
}

async function onMessage(message: Message, needs: BotNeeds): Promise<void> {
  const incoming = await toIncoming(message, needs.source, needs.role);
  const reply = incoming && needs.receive(incoming);
  if (!reply) return;
  needs.saying(reply);
  await message.say(reply.text);
}

async function onFriendship(friendship: Friendship, bot: Wechaty, needs: BotNeeds): Promise<void> {
  if (friendship.type() !== bot.Friendship.Type.Receive) return;
  await friendship.accept();
  await friendship.contact().say(needs.welcome());
}

/** The bot was brought into a group, or somebody new came: both want to know what it does here. */
async function onRoomJoin(room: Room, needs: BotNeeds): Promise<void> {
  await room.say(needs.welcome());
}
