/** WeChat's web protocol through the real puppet, repaired. What it repairs stands in docs/KNOWN_UPSTREAM.md. */
export { SendFault, type SendOutcome } from './faults.ts';
export { type GuardedWechat4u, type GuardedWechat4uOptions, openGuardedWechat4u } from './open.ts';
export type { Trouble, TroubleCode } from './troubles.ts';
