/** Wechaty: the bot, and the local puppet that the chat page and the terminal talk through. The only door to wechaty. */
export { assertBanRiskAccepted } from './ban-risk.ts';
export { type Bot, type BotNeeds, startBot } from './bot.ts';
export {
  type GuardedWechat4u,
  type GuardedWechat4uOptions,
  openGuardedWechat4u,
  SendFault,
  type SendOutcome,
  type Trouble,
  type TroubleCode,
} from './guarded-wechat4u/index.ts';
export { LOCAL, type LocalChannel, openLocalChannel, type Taken } from './local-channel.ts';
export { LocalPuppet, type Outgoing } from './local-puppet.ts';
export type { SignIn, SignInState } from './sign-in.ts';
export { openWechat4uChannel, type Wechat4uChannel, type Wechat4uNeeds } from './wechat4u-channel.ts';
