import { Injectable } from '@nestjs/common';
import { PledgeFunds, ReadPledges, WithdrawPledge, type Pledge } from '@hehuo/campaign';
import { hasRole, type Actor } from '@hehuo/identity';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { CloseCharges, RequestRefund } from '@hehuo/payment';
import { SettlementError } from '../domain/errors.js';

/**
 * Takes a pledge back, whatever became of it before the deadline: a promise is withdrawn, and nobody can pay for it any
 * more; money that is held stops counting and its refund is opened in the same transaction.
 */
@Injectable()
export class TakePledgeBack {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly pledges: ReadPledges,
    private readonly withdraw: WithdrawPledge,
    private readonly funds: PledgeFunds,
    private readonly refunds: RequestRefund,
    private readonly charges: CloseCharges,
  ) {}

  async execute(input: { readonly actor: Actor; readonly pledgeId: Id<'plg'> }): Promise<Pledge> {
    const { pledge } = await this.pledges.own(input.actor, input.pledgeId);
    if (pledge.state === 'refund_due' || pledge.state === 'refunded') return pledge;
    const isMine = pledge.personId === input.actor.personId;
    const mayGiveBack = isMine || hasRole(input.actor, 'community_staff', pledge.communityId);
    return pledge.state === 'held' && mayGiveBack
      ? this.unitOfWork.run((tx) => this.giveBack(tx, input.pledgeId))
      : this.withdrawUnpaid(input);
  }

  // Money that comes between the two, or through an order that the gateway closes late, is excess and goes back.
  private async withdrawUnpaid(input: {
    readonly actor: Actor;
    readonly pledgeId: Id<'plg'>;
  }): Promise<Pledge> {
    const pledge = await this.withdraw.execute(input);
    if (pledge.kind === 'money') await this.charges.ofPledges([pledge.id]);
    return pledge;
  }

  private async giveBack(tx: Tx, pledgeId: Id<'plg'>): Promise<Pledge> {
    const pledge = await this.funds.giveBack(tx, pledgeId);
    const { winningChargeId: chargeId, quantity: amount } = pledge;
    if (chargeId === null)
      throw new SettlementError('pledge_moved', 'the pledge is held but names no charge');
    await this.refunds.execute(tx, { chargeId, amount, fact: refundFact(pledgeId), reason: 'withdrawn' });
    return pledge;
  }
}

/** A pledge's money goes back at most once, whoever asks for it. */
export function refundFact(pledgeId: Id<'plg'>): string {
  return `pledge:${pledgeId}:back`;
}
