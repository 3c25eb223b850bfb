import type { Id, Tx } from '@hehuo/kernel';

/** Campaigns that count on a custody account. */
export abstract class CustodyCampaigns {
  /** How many are not decided yet and would have nobody to pay; read in the transaction that closes the account. */
  abstract undecided(
    tx: Tx,
    account: { readonly id: Id<'cus'>; readonly communityId: Id<'com'> },
  ): Promise<number>;
}
