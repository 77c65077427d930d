/** What must still be said: kept until the channel has taken it. */
export {
  LOCAL,
  type Manners,
  type OutgoingChannel,
  SEND_CODES,
  type SendCode,
  SendFault,
  WECHAT4U,
} from './channel.ts';
export type { Asked, PassiveStore, Taken } from './passive.ts';
export { PUMP_POINTS, type PumpPoint } from './points.ts';
export { type Alarm, createPump, type Pump, type PumpNeeds } from './pump.ts';
export { createTranscript, type Transcript, type TranscriptNeeds } from './said.ts';
export { assertTransition, isFinal, STATES, type State } from './states.ts';
export type { Claimed, ClaimOptions, OutboxStore, Said, Settlement } from './store.ts';
