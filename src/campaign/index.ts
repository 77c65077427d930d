/** What deputies, learners and the office do with the bot besides asking it. */
export { createBroadcaster } from './broadcast.ts';
export { createCampaign } from './campaign.ts';
export { CODE_SIGNS, readCode } from './deputies.ts';
export { CAMPAIGN_EVENTS, type CampaignEvent, type CampaignEventKind, type CampaignTotal } from './events.ts';
export { createFraudFinder } from './find-fraud.ts';
export { leavingEvents, type Subscribed } from './leaving.ts';
export type { Member } from './member.ts';
export { isReviewed } from './reviewed.ts';
export { ROLL_CALL_ANSWERS, type RollCallAnswer, type Tool } from './roll-call.ts';
export { nextSlot } from './schedule.ts';
export type { CampaignSettings } from './settings.ts';
export {
  type Broadcast,
  type CampaignStore,
  type CampaignTransaction,
  type NamedAnswer,
  TOPICS,
  type Topic,
} from './store.ts';
export { ANSWERS_ABOUT_FRAUD, mondayOf } from './tip-of-the-week.ts';
