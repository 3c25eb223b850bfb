import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { PaymentError } from '../domain/errors.js';
import { holdsOneOf, requireOneOf, type MoneyRole, type Officer } from '../domain/officer.js';
import type { Payee } from '../domain/payee.js';
import type { Payout } from '../domain/payout.js';
import { PayeeStore } from '../store/payee.store.js';
import { PayoutStore } from '../store/payout.store.js';
import { PayeePartners, PayoutBudgets, type PayoutCampaign } from './payout.port.js';

const INSIDERS: readonly MoneyRole[] = ['community_staff', 'fund_approver', 'auditor'];

/**
 * Who may do what with payees and payouts. For whoever holds no office in the community and organises nothing there,
 * they do not exist. Everything that is looked up here never changes, so it is read before the transaction.
 */
@Injectable()
export class PayoutAccess {
  constructor(
    private readonly payees: PayeeStore,
    private readonly payouts: PayoutStore,
    private readonly budgets: PayoutBudgets,
    private readonly partners: PayeePartners,
  ) {}

  /** Throws `payout_campaign_not_found`. */
  async campaign(campaignId: Id<'cmp'>): Promise<PayoutCampaign> {
    const campaign = await this.budgets.campaign(campaignId);
    if (campaign) return campaign;
    throw new PaymentError('payout_campaign_not_found', 'no such campaign has a custody account');
  }

  /** Staff of the community, or the campaign's organiser. Throws `payment_forbidden`. */
  async asProposer(actor: Officer, campaignId: Id<'cmp'>): Promise<PayoutCampaign> {
    const campaign = await this.campaign(campaignId);
    if (actor.personId !== campaign.organiserId) {
      requireOneOf(actor, ['community_staff'], campaign.communityId);
    }
    return campaign;
  }

  /** Whoever may read everything about the campaign's payouts. Throws `payment_forbidden`. */
  async asInsider(actor: Officer, campaignId: Id<'cmp'>): Promise<void> {
    const { organiserId, communityId } = await this.campaign(campaignId);
    if (actor.personId !== organiserId) requireOneOf(actor, INSIDERS, communityId);
  }

  /** Throws `payee_not_found` for a stranger too. */
  async payee(actor: Officer, payeeId: Id<'pye'>): Promise<Payee> {
    const payee = await this.payees.find(payeeId);
    if (payee && (await this.isInside(actor, payee))) return payee;
    throw new PaymentError('payee_not_found', 'there is no such payee');
  }

  /** Throws `payout_not_found` for a stranger too. */
  async payout(actor: Officer, payoutId: Id<'pyo'>): Promise<Payout> {
    const payout = await this.seen(actor, payoutId);
    if (payout) return payout;
    throw new PaymentError('payout_not_found', 'there is no such payout');
  }

  async mayRead(actor: Officer, payoutId: Id<'pyo'>): Promise<boolean> {
    return (await this.seen(actor, payoutId)) !== null;
  }

  /** The payout for an officer with one of these roles who does not act for the payee. */
  async payoutAs(actor: Officer, payoutId: Id<'pyo'>, roles: readonly MoneyRole[]): Promise<Payout> {
    const payout = await this.payout(actor, payoutId);
    requireOneOf(actor, roles, payout.communityId);
    await this.assertOutsider(payout.partnerId, actor);
    return payout;
  }

  /** Throws `same_person` for somebody who acts for the partner that is paid. */
  async assertOutsider(partnerId: Id<'ptn'> | null, { personId }: Officer): Promise<void> {
    if (partnerId !== null && (await this.partners.isMember(partnerId, personId))) {
      throw new PaymentError('same_person', 'somebody who does not act for the payee must do this');
    }
  }

  /** Throws `payee_invalid` unless the partner is verified. */
  async assertVerified(partnerId: Id<'ptn'> | null): Promise<void> {
    if (partnerId !== null && !(await this.partners.isVerified(partnerId))) {
      throw new PaymentError('payee_invalid', 'no verified partner has this id');
    }
  }

  private async seen(actor: Officer, payoutId: Id<'pyo'>): Promise<Payout | null> {
    const payout = await this.payouts.find(payoutId);
    return payout && (await this.isInside(actor, payout)) ? payout : null;
  }

  private async isInside(
    actor: Officer,
    { campaignId, communityId }: Pick<Payout, 'campaignId' | 'communityId'>,
  ): Promise<boolean> {
    if (holdsOneOf(actor, INSIDERS, communityId)) return true;
    return (await this.budgets.campaign(campaignId))?.organiserId === actor.personId;
  }
}
