import type { Id, Tx } from '@hehuo/kernel';
import type { PayoutPart } from '../domain/payout.js';

/** What a payout needs to know of its campaign. */
export interface PayoutCampaign {
  readonly communityId: Id<'com'>;
  readonly organiserId: Id<'per'>;
  readonly custodyAccountId: Id<'cus'>;
}

export interface PartLeft {
  /** Fen that may still be paid out of it. */
  readonly left: bigint;
  /** Where a recorded decision names who gets it; null where any payee of the campaign may. */
  readonly payeeId: Id<'pye'> | null;
  /** Full names of the legal bodies whose money it is; null where it is the campaign's. */
  readonly owners: readonly string[] | null;
}

/**
 * The campaign's side of a payout: what each milestone may cost, fixed when the campaign was settled. The budget's row
 * decides who is first: `take` is one guarded statement in the transaction that books the money.
 */
export abstract class PayoutBudgets {
  /** Null for a campaign that does not exist or has no custody account. */
  abstract campaign(campaignId: Id<'cmp'>): Promise<PayoutCampaign | null>;
  /** A first look without a lock; null where nothing may be paid out of this part. */
  abstract left(tx: Tx, campaignId: Id<'cmp'>, part: PayoutPart): Promise<PartLeft | null>;
  /** Takes the sum out of the part's budget; false when it does not hold that much or takes no payouts now. */
  abstract take(tx: Tx, campaignId: Id<'cmp'>, part: PayoutPart, amount: bigint): Promise<boolean>;
  /** Money came back: it no longer counts as paid out of the part. */
  abstract putBack(tx: Tx, campaignId: Id<'cmp'>, part: PayoutPart, amount: bigint): Promise<void>;
}

/** Partners as payees. */
export abstract class PayeePartners {
  abstract isVerified(partnerId: Id<'ptn'>): Promise<boolean>;
  /** Whether the person acts for the partner now; such a person releases, sends and confirms nothing for it. */
  abstract isMember(partnerId: Id<'ptn'>, personId: Id<'per'>): Promise<boolean>;
}

/** Says why nothing may leave a custody account now, such as a difference that nobody has explained. */
export abstract class PayoutBlocks {
  /** The reason, in words for a person; null when payouts may go on. Read in the transaction that would let one go. */
  abstract find(tx: Tx, custodyAccountId: Id<'cus'>): Promise<string | null>;
}
