import type { Errand, Mind } from '../conversation/index.ts';
import type { Incoming } from '../domain/index.ts';
import { DAY, dayOf } from '../lib/clock.ts';
import type { CampaignEventKind } from './events.ts';
import type { Member, Offer } from './member.ts';
import type { CampaignSettings } from './settings.ts';
import type { CampaignTransaction } from './store.ts';

/** Everything that answering one request may look at and change. */
export interface Visit {
  readonly tx: CampaignTransaction;
  readonly incoming: Incoming;
  readonly member: Member;
  readonly mind: Mind;
  readonly settings: CampaignSettings;
  readonly now: number;
}

/** What a request comes to: what is said, and the member as he is afterwards. */
export interface Outcome extends Errand {
  readonly member?: Member | undefined;
}

/** A request that leaves the member as he is. */
export function answer(about: string, text: string, more?: readonly string[]): Outcome {
  return { about, text, more };
}

/** Notes an event of today, counted for the member's unit where `unit` is given. */
export function note(
  { tx, now }: Visit,
  kind: CampaignEventKind,
  {
    about = '',
    unit = '',
    amount = 0,
    people = 0,
  }: {
    readonly about?: string | undefined;
    readonly unit?: string | undefined;
    readonly amount?: number;
    readonly people?: number;
  } = {},
): Promise<void> {
  return tx.note({ day: dayOf(now), kind, about, unit, amount, people });
}

/** The member with an offer of digits in the place of the former one. */
export function offering(member: Member, offer: Offer | undefined): Member {
  return { ...member, offer };
}

/** An offer is forgotten as soon as the digits of a warning are. */
const OFFER_VALID = DAY;

export function openOffer({ member: { offer }, now }: Visit): Offer | undefined {
  return offer && now - offer.at < OFFER_VALID ? offer : undefined;
}
