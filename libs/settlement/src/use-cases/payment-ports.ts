import { Injectable } from '@nestjs/common';
import { AwaitingStore, PledgeFunds } from '@hehuo/campaign';
import { ReadPeople } from '@hehuo/identity';
import { Clock, type Id, type Tx } from '@hehuo/kernel';
import {
  ActivePeople,
  AwaitingPledges,
  PaidChargeSink,
  PayablePledges,
  RefundSink,
  type AwaitingPledge,
  type Booking,
  type PaidCharge,
  type PayablePledge,
  type Refund,
} from '@hehuo/payment';
import { TakeRefund } from './take-refund.js';

/** Pledges of one account that a statement is compared with; the oldest ones where there are more. */
const awaitedMax = 20_000;

/** A paid charge holds its pledge when the pledge still awaits it in time; any other money is excess and goes back. */
@Injectable()
export class PledgePaidSink extends PaidChargeSink {
  constructor(private readonly funds: PledgeFunds) {
    super();
  }

  async onPaid(tx: Tx, { charge, paidAt }: PaidCharge): Promise<Booking> {
    const isTaken = await this.funds.hold(tx, { pledgeId: charge.pledgeId, chargeId: charge.id, paidAt });
    return isTaken ? 'escrow' : 'excess';
  }
}

@Injectable()
export class PledgeRefundSink extends RefundSink {
  constructor(private readonly take: TakeRefund) {
    super();
  }

  async onDone(tx: Tx, { source, pledgeId, chargeId }: Refund): Promise<void> {
    // Excess money never was the pledge's, so its return changes nothing there.
    if (source === 'escrow') await this.take.execute(tx, { pledgeId, chargeId });
  }
}

/** Money that comes by hand or by bank is entered for campaigns that were launched that way. */
@Injectable()
export class OfflinePledges extends PayablePledges {
  constructor(private readonly funds: PledgeFunds) {
    super();
  }

  async find(pledgeId: Id<'plg'>): Promise<PayablePledge | null> {
    const view = await this.funds.payable(pledgeId);
    if (view?.campaign.paymentMode !== 'offline') return null;
    const { pledge, campaign } = view;
    return {
      ...{
        pledgeId,
        campaignId: pledge.campaignId,
        communityId: pledge.communityId,
        payerId: pledge.personId,
      },
      ...{ custodyAccountId: campaign.custodyAccountId, amount: pledge.quantity },
    };
  }
}

/** What the lines of a bank may pay: promised money of the account's offline campaigns. */
@Injectable()
export class OfflineAwaiting extends AwaitingPledges {
  constructor(
    private readonly awaiting: AwaitingStore,
    private readonly people: ReadPeople,
  ) {
    super();
  }

  async ofAccount(custodyAccountId: Id<'cus'>): Promise<AwaitingPledge[]> {
    const pledges = await this.awaiting.offlineOf(custodyAccountId, awaitedMax);
    return pledges.map(({ pledgeId, campaignId, personId: payerId, quantity: amount }) => ({
      ...{ pledgeId, campaignId, payerId, amount },
    }));
  }

  calledSo(personIds: readonly Id<'per'>[], name: string): Promise<ReadonlySet<Id<'per'>>> {
    return this.people.calledSo(personIds, name);
  }
}

@Injectable()
export class AccountHolders extends ActivePeople {
  constructor(
    private readonly people: ReadPeople,
    private readonly clock: Clock,
  ) {
    super();
  }

  among(tx: Tx, personIds: readonly Id<'per'>[]): Promise<ReadonlySet<Id<'per'>>> {
    return this.people.adultsAmong(tx, personIds, this.clock.now());
  }
}
