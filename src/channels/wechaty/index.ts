/** Wechaty: the bot, and the local puppet that the chat page and the terminal talk through. The only door to wechaty. */
export { type BotNeeds, startBot } from './bot.ts';
export { LOCAL, type LocalChannel, openLocalChannel } from './local-channel.ts';
export { LocalPuppet, type Outgoing } from './local-puppet.ts';
