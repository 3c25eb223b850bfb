import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { CUSTODY_MACHINE, type CustodyAccount } from '../domain/custody.js';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf } from '../domain/officer.js';
import { CustodyStore } from '../store/custody.store.js';
import type { CustodyAccountInput } from './activate-custody-account.js';
import { again, Moved } from './again.js';
import { CustodyCampaigns } from './custody.port.js';
import { Trail } from './trail.js';

/**
 * The account takes no new money. What it holds stays where it is, and refunds out of it go on. Neighbours of a campaign
 * that is not decided could pay nobody, so that it has to end, or staff bind it elsewhere, before.
 */
@Injectable()
export class CloseCustodyAccount {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly custody: CustodyStore,
    private readonly campaigns: CustodyCampaigns,
    private readonly trail: Trail,
  ) {}

  /** Throws `custody_account_not_found`, `payment_forbidden`, `custody_account_in_use` or `state_conflict`. */
  async execute({ actor, accountId }: CustodyAccountInput): Promise<void> {
    await again(() =>
      this.uow.run(async (tx) => {
        const account = await this.custody.find(accountId, sqlOf(tx));
        if (!account) throw new PaymentError('custody_account_not_found', 'there is no such custody account');
        requireOneOf(actor, ['fund_approver'], account.communityId);
        const to = CUSTODY_MACHINE.next(account.state, 'close');
        await this.assertUnused(tx, account);
        if (!(await this.custody.close(tx, account, actor.personId))) throw new Moved();
        await this.trail.leave(tx, [
          { objectType: 'custody_account', objectId: account.id, from: account.state, to, event: 'close' },
        ]);
      }),
    );
  }

  private async assertUnused(tx: Tx, account: CustodyAccount): Promise<void> {
    const campaigns = await this.campaigns.undecided(tx, account);
    if (campaigns === 0) return;
    throw new PaymentError(
      'custody_account_in_use',
      'campaigns that are not decided are bound to this account',
      {
        campaigns,
      },
    );
  }
}
