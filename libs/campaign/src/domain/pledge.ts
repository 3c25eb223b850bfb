import type { Id } from '@hehuo/kernel';
import type { GoodsMode, PaymentMode, Policies } from './campaign.js';
import type { Kind } from './kind.js';
import { millisecondsPerHour, payNowHoursMax } from './limits.js';
import type { PledgeState } from './pledge.machine.js';

/** What somebody wants to promise, checked for form only. */
export interface PledgeRequest {
  readonly campaignId: Id<'cmp'>;
  readonly askId: Id<'ask'>;
  /** On labour and skilled work: which slot, and how many places in it. */
  readonly slotId: Id<'slt'> | null;
  readonly places: number;
  /** On goods in pieces, on money in fen; the other kinds count by themselves. */
  readonly quantity: bigint | null;
  /** On planning: the idea. */
  readonly text: string | null;
  readonly anonymous: boolean;
  /** Whose promise it is; somebody else than the submitter only with {@link consentEvidence}. */
  readonly personId: Id<'per'>;
  readonly submittedBy: Id<'per'>;
  /** How the person agreed to be entered by another, in words. Null when they act themselves. */
  readonly consentEvidence: string | null;
  /** SHA-256 of submitter and key, base64url: the promise is made once for it, for ever. */
  readonly onceHash: string;
  /** SHA-256 of the body: the same key with another body is an error. */
  readonly requestHash: string;
}

export interface Pledge {
  readonly id: Id<'plg'>;
  readonly campaignId: Id<'cmp'>;
  readonly askId: Id<'ask'>;
  readonly slotId: Id<'slt'> | null;
  readonly communityId: Id<'com'>;
  readonly personId: Id<'per'>;
  readonly householdId: Id<'hhd'>;
  readonly kind: Kind;
  readonly quantity: bigint;
  readonly places: number;
  readonly state: PledgeState;
  readonly version: number;
  readonly anonymous: boolean;
  readonly submittedBy: Id<'per'>;
  readonly payBy: Date | null;
  readonly winningChargeId: Id<'chg'> | null;
  readonly createdAt: Date;
}

/** The rules that hold for a pledge, copied onto it when it is made. */
export interface PledgeTerms {
  readonly policies: Policies;
  readonly paymentMode: PaymentMode | null;
}

/** An ask as the intake sees it: its rules and how much of it is taken. */
export interface OpenAsk {
  readonly id: Id<'ask'>;
  readonly kind: Kind;
  readonly minimum: bigint;
  readonly cap: bigint | null;
  readonly perPersonMax: bigint | null;
  readonly perPledgeMax: bigint | null;
  readonly goodsMode: GoodsMode | null;
  reserved: bigint;
  held: bigint;
  pledges: bigint;
}

export interface OpenSlot {
  readonly id: Id<'slt'>;
  readonly askId: Id<'ask'>;
  /** Minutes that one place counts. */
  readonly minutes: bigint;
  readonly startsAt: Date;
  readonly capacity: number;
  reserved: number;
}

/**
 * Until when a promise that is to be paid at once keeps its place: some hours, and never past the deadline. Null for a
 * promise that nobody is asked to pay yet.
 */
export function payByAtOnce(
  state: PledgeState,
  { now, deadline }: { now: Date; deadline: Date },
): Date | null {
  if (state !== 'awaiting_payment') return null;
  return new Date(Math.min(deadline.getTime(), now.getTime() + payNowHoursMax * millisecondsPerHour));
}
