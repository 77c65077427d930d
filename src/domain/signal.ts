/**
 * Evidence that belongs to no single fraud.
 *
 * - `demand` what is asked of the reader: money, a code, an app, an added contact
 * - `pressure` haste, secrecy, threat
 * - `lure` easy money, refund, prize
 * - `pretext` somebody claims to be somebody, a stranger turns up
 * - `report` the writer tells what a third party said, asks whether it is true, or describes a case
 * - `education` the text warns of fraud instead of committing it
 * - `legitimate` the shape of a true notice, an everyday matter, a refusal already given
 */
export const SIGNAL_CLASSES = ['demand', 'pressure', 'lure', 'pretext', 'report', 'education', 'legitimate'] as const;

export type SignalClass = (typeof SIGNAL_CLASSES)[number];

/** How much one signal says within its class; the points per step stand in `recognise/weights.ts`. */
export type Strength = 'faint' | 'plain' | 'loud';

export interface Signal {
  readonly id: string;
  readonly class: SignalClass;
  readonly strength: Strength;
  /** What a resident reads when the signal is named among the signs; absent when it is not worth naming. */
  readonly sign?: string | undefined;
  readonly phrases: readonly string[];
}
