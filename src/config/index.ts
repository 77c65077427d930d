/** Everything that an operator can set. */
export type { Campaign, NamedUnit } from './campaign.ts';
export { type Config, type Limits, type OfficialAccount, readConfig } from './read-config.ts';
