import { Injectable } from '@nestjs/common';
import { hasRole, type Actor } from '@hehuo/identity';
import { derivedId, Outbox, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { Ledger } from '@hehuo/ledger';
import { PledgeError } from '../domain/pledge-errors.js';
import { PLEDGE_MACHINE } from '../domain/pledge.machine.js';
import type { Pledge } from '../domain/pledge.js';
import { PledgeStores } from '../store/pledge-stores.js';
import { ReleaseMatches } from './match/release-matches.js';

/**
 * Takes a promise back. Free until the deadline (an unpaid pledge is an intent, domain rule of §2.2), also while its
 * payment is asked for; money that is already held goes back as a refund, which settlement does.
 */
@Injectable()
export class WithdrawPledge {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: PledgeStores,
    private readonly matches: ReleaseMatches,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
  ) {}

  async execute(input: { readonly actor: Actor; readonly pledgeId: Id<'plg'> }): Promise<Pledge> {
    const known = await this.stores.pledges.find(input.pledgeId);
    if (!known || !mayWithdraw(input.actor, known)) {
      throw new PledgeError('pledge_not_found', 'you have no such pledge');
    }
    return this.unitOfWork.run(async (tx) => {
      const head = await this.stores.intake.lockHead(tx, known.campaignId);
      const pledge = await this.stores.pledges.findForUpdate(tx, known.id);
      if (pledge.state === 'withdrawn') return pledge;
      if (
        !head ||
        head.state === 'closed' ||
        head.deadlinePassed ||
        !PLEDGE_MACHINE.can(pledge.state, 'withdraw')
      ) {
        throw new PledgeError(
          'pledge_not_withdrawable',
          'this pledge can no longer be taken back here; ask the organiser',
          {
            state: pledge.state,
          },
        );
      }
      if (head.matchPools > 0) await this.matches.ofPledges(tx, pledge.campaignId, [pledge.id], 'withdrawn');
      return this.takeBack(tx, pledge);
    });
  }

  private async takeBack(tx: Tx, pledge: Pledge): Promise<Pledge> {
    const { book, pledges } = this.stores;
    const withdrawn = await pledges.changeState(tx, pledge, 'withdraw');
    await book.moveAsk(tx, pledge.askId, { reserved: -pledge.quantity, pledges: -1n });
    if (pledge.slotId) await book.moveSlot(tx, pledge.slotId, -pledge.places);
    await book.countPledges(tx, pledge.campaignId, -1);
    await this.ledger.resolve(tx, 'void', [derivedId('trf', pledge.id)]);
    await this.outbox.add(tx, [{ topic: 'pledges.changed', ref: pledge.campaignId }]);
    return withdrawn;
  }
}

function mayWithdraw(actor: Actor, pledge: Pledge): boolean {
  return actor.personId === pledge.personId || hasRole(actor, 'community_staff', pledge.communityId);
}
