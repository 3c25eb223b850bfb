import { Injectable } from '@nestjs/common';
import { derivedId, Outbox, type Id, type Tx } from '@hehuo/kernel';
import { Ledger } from '@hehuo/ledger';
import type { Campaign } from '../domain/campaign.js';
import { PledgeError } from '../domain/pledge-errors.js';
import { PLEDGE_MACHINE } from '../domain/pledge.machine.js';
import type { Pledge } from '../domain/pledge.js';
import { CampaignStore } from '../store/campaign.store.js';
import type { IntakeHead } from '../store/intake.store.js';
import { PledgeStores } from '../store/pledge-stores.js';
import { ReleaseMatches } from './match/release-matches.js';

export interface PayableView {
  readonly pledge: Pledge;
  readonly campaign: Pick<Campaign, 'state' | 'paymentMode' | 'title'> & {
    readonly custodyAccountId: Id<'cus'>;
  };
  /** Until when a payment counts. */
  readonly until: Date | null;
}

/** What a payment does to its pledge, inside the transaction that books the money. */
@Injectable()
export class PledgeFunds {
  constructor(
    private readonly stores: PledgeStores,
    private readonly campaigns: CampaignStore,
    private readonly matches: ReleaseMatches,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
  ) {}

  /**
   * The charge was paid at `paidAt`. True when the pledge takes it; false when the money came too late, for a pledge
   * that is already paid or no longer stands, and must go back.
   */
  async hold(tx: Tx, charge: { pledgeId: Id<'plg'>; chargeId: Id<'chg'>; paidAt: Date }): Promise<boolean> {
    const { head, pledge, campaign } = await this.lock(tx, charge.pledgeId);
    if (pledge.winningChargeId === charge.chargeId) return true;
    if (!PLEDGE_MACHINE.can(pledge.state, 'hold') || !inTime(campaign, head, charge.paidAt)) return false;
    await this.stores.pledges.changeState(tx, pledge, 'hold', { winningChargeId: charge.chargeId });
    await this.stores.book.moveAsk(tx, pledge.askId, { held: pledge.quantity });
    await this.outbox.add(tx, [{ topic: 'pledges.changed', ref: pledge.campaignId }]);
    return true;
  }

  /** A pledge of money with what its payment needs of the campaign; null for any other pledge. */
  async payable(pledgeId: Id<'plg'>): Promise<PayableView | null> {
    const pledge = await this.stores.pledges.find(pledgeId);
    const campaign = pledge?.kind === 'money' ? await this.campaigns.find(pledge.campaignId) : null;
    if (!pledge || !campaign?.custodyAccountId) return null;
    const { state, paymentMode, custodyAccountId, title, deadline, collectionEndsAt } = campaign;
    const until = pledge.payBy ?? (state === 'collecting' ? collectionEndsAt : deadline);
    return { pledge, campaign: { state, paymentMode, custodyAccountId, title }, until };
  }

  /** A pledge whose money is held is withdrawn before the deadline: it stops counting and its refund is due. */
  async giveBack(tx: Tx, pledgeId: Id<'plg'>): Promise<Pledge> {
    const { head, pledge } = await this.lock(tx, pledgeId);
    if (head.state === 'closed' || head.deadlinePassed || pledge.state !== 'held') {
      throw new PledgeError(
        'pledge_not_withdrawable',
        'this pledge can no longer be taken back here; ask the organiser',
        {
          state: pledge.state,
        },
      );
    }
    const due = await this.stores.pledges.changeState(tx, pledge, 'owe_refund');
    await this.stores.book.moveAsk(tx, pledge.askId, {
      reserved: -pledge.quantity,
      held: -pledge.quantity,
      pledges: -1n,
    });
    await this.stores.book.countPledges(tx, pledge.campaignId, -1);
    await this.ledger.resolve(tx, 'void', [derivedId('trf', pledge.id)]);
    if (head.matchPools > 0) await this.matches.ofPledges(tx, pledge.campaignId, [pledge.id], 'refunded');
    await this.outbox.add(tx, [{ topic: 'pledges.changed', ref: pledge.campaignId }]);
    return due;
  }

  private async lock(
    tx: Tx,
    pledgeId: Id<'plg'>,
  ): Promise<{ head: IntakeHead; pledge: Pledge; campaign: Campaign }> {
    const known = await this.stores.pledges.find(pledgeId);
    const head = known && (await this.stores.intake.lockHead(tx, known.campaignId));
    const campaign = known && (await this.campaigns.find(known.campaignId));
    if (!known || !head || !campaign) throw new PledgeError('pledge_not_found', 'there is no such pledge');
    return { head, campaign, pledge: await this.stores.pledges.findForUpdate(tx, pledgeId) };
  }
}

// A payment counts by the instant at which it was made, not by when we heard of it.
function inTime(campaign: Campaign, head: IntakeHead, paidAt: Date): boolean {
  if (campaign.state === 'open' || campaign.state === 'closing') return paidAt < head.deadline;
  if (campaign.state === 'collecting')
    return campaign.collectionEndsAt !== null && paidAt < campaign.collectionEndsAt;
  return false;
}
