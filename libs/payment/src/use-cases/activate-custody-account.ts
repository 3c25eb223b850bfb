import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { CUSTODY_MACHINE } from '../domain/custody.js';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import { CustodyStore } from '../store/custody.store.js';
import { again, Moved } from './again.js';
import { ActivePeople } from './ports.js';
import { requireSignatories } from './signatories.js';
import { Trail } from './trail.js';

export interface CustodyAccountInput {
  readonly actor: Officer;
  readonly accountId: Id<'cus'>;
}

/** A fund approver who did not propose the account lets it take money. */
@Injectable()
export class ActivateCustodyAccount {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly custody: CustodyStore,
    private readonly people: ActivePeople,
    private readonly trail: Trail,
  ) {}

  async execute({ actor, accountId }: CustodyAccountInput): Promise<void> {
    await again(() =>
      this.uow.run(async (tx) => {
        const account = await this.custody.find(accountId, sqlOf(tx));
        if (!account) throw new PaymentError('custody_account_not_found', 'there is no such custody account');
        requireOneOf(actor, ['fund_approver'], account.communityId);
        if (account.proposedBy === actor.personId) {
          throw new PaymentError(
            'same_person',
            'another person than the one who proposed it must activate it',
          );
        }
        // A lost answer may be asked for again by the same person.
        if (account.state === 'active' && account.approvedBy === actor.personId) return;
        // One of them may have left since the account was proposed.
        await requireSignatories(tx, this.people, account.signatories);
        const to = CUSTODY_MACHINE.next(account.state, 'activate');
        if (!(await this.custody.activate(tx, account, actor.personId))) throw new Moved();
        await this.trail.leave(tx, [
          { objectType: 'custody_account', objectId: account.id, from: account.state, to, event: 'activate' },
        ]);
      }),
    );
  }
}
