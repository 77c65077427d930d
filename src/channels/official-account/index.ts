/** WeChat's official account: the signed webhook joined to the conversation, and the calls back to WeChat. */
export {
  createTokenHolder,
  type StoredToken,
  type TokenHolder,
  type TokenStore,
  tokenStoreInMemory,
} from './access-token.ts';
export { type AccountOptions, checkAccount, checkCaller } from './account.ts';
export { openApi, type WeChatApi, WeChatFault } from './api.ts';
export { type OfficialAccountChannel, type OfficialAccountNeeds, openOfficialAccountChannel } from './channel.ts';
export {
  type CustomerService,
  type Delivery,
  openCustomerService,
  type ServiceAllowance,
  serviceAllowance,
} from './customer-service.ts';
export type { Answer, ExchangeNeeds, Unsaid } from './exchanges.ts';
export { awaitsAnswer, type EventName, type OfficialIncoming } from './incoming.ts';
export { createMenu, faultsOfMenu, type Menu, type MenuEntry, type SubMenu } from './menu.ts';
export { menuFromWords } from './menu-words.ts';
export { ACCOUNT_KINDS, type AccountKind, checkSettings, type OfficialAccountSettings } from './settings.ts';
export { PART_LIMITS, splitText } from './split.ts';
export { SOURCE, toIncoming } from './to-incoming.ts';
export { routeOfficialAccount, WEBHOOK_PATH, type WebhookNeeds } from './webhook.ts';
