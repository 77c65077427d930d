/** What deputies, learners and the office do with the bot besides asking it. */
export { type Broadcaster, type BroadcastNeeds, CATCH_UP, createBroadcaster, lessonText } from './broadcast.ts';
export { type CampaignNeeds, createCampaign } from './campaign.ts';
export { CODE_SIGNS, readCode } from './deputies.ts';
export { CAMPAIGN_EVENTS, type CampaignEvent, type CampaignEventKind, type CampaignTotal } from './events.ts';
export { createFraudFinder, type FraudFinder } from './find-fraud.ts';
export { leavingEvents, type Subscribed } from './leaving.ts';
export type { Forwarded, Member, Offer, Progress } from './member.ts';
export { isReviewed } from './reviewed.ts';
export { ROLL_CALL_ANSWERS, type RollCallAnswer, TOOLS, type Tool } from './roll-call.ts';
export { nextSlot, slotsBetween } from './schedule.ts';
export type { CampaignSettings } from './settings.ts';
export {
  type Broadcast,
  type CampaignStore,
  type CampaignTransaction,
  type NamedAnswer,
  TOPICS,
  type Topic,
} from './store.ts';
export { mondayOf, mostAsked } from './tip-of-the-week.ts';
