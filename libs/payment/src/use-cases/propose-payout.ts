import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { isDuplicateKey } from '@hehuo/platform';
import { PaymentError } from '../domain/errors.js';
import type { Officer } from '../domain/officer.js';
import { isOneOf } from '../domain/payee.js';
import { assertProven, type PayoutPart, type PayoutState, type PayoutVoucher } from '../domain/payout.js';
import { PayeeStore } from '../store/payee.store.js';
import { PayoutStore } from '../store/payout.store.js';
import { ActOnce, type Act } from './act-once.js';
import { PayoutAccess } from './payout-access.js';
import { PayoutFiles } from './payout-files.js';
import { PayoutBudgets, type PartLeft, type PayoutCampaign } from './payout.port.js';
import { Trail } from './trail.js';

export interface ProposePayoutInput extends Act<Officer> {
  readonly campaignId: Id<'cmp'>;
  readonly payeeId: Id<'pye'>;
  readonly part: PayoutPart;
  /** Fen; the vouchers add up to it. */
  readonly amount: bigint;
  readonly purpose: string;
  readonly vouchers: readonly PayoutVoucher[];
}

export interface PayoutAnswer {
  readonly id: Id<'pyo'>;
  readonly state: PayoutState;
}

/** What a proposal writes. It reserves nothing: the budget is taken by the second approval, whoever proposed first. */
@Injectable()
export class WritePayout {
  constructor(
    private readonly payees: PayeeStore,
    private readonly payouts: PayoutStore,
    private readonly budgets: PayoutBudgets,
    private readonly files: PayoutFiles,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  async assertFits(tx: Tx, { campaignId, part, amount, payeeId }: ProposePayoutInput): Promise<PartLeft> {
    const known = await this.budgets.left(tx, campaignId, part);
    if (!known || known.left < amount) {
      const details = { left: (known?.left ?? 0n).toString() };
      throw new PaymentError(
        'payout_exceeds_budget',
        'this part of the money does not hold that much',
        details,
      );
    }
    if (known.payeeId !== null && known.payeeId !== payeeId) {
      throw new PaymentError('payout_invalid', 'the decision about the surplus names another payee');
    }
    return known;
  }

  async write(
    tx: Tx,
    input: ProposePayoutInput,
    campaign: PayoutCampaign,
    { owners }: PartLeft,
  ): Promise<PayoutAnswer> {
    const locked = await this.payees.lock(tx, input.payeeId);
    if (locked?.payee.campaignId !== input.campaignId) {
      throw new PaymentError('payee_not_found', 'this campaign has no such payee');
    }
    const { payee } = locked;
    if (payee.state !== 'confirmed') {
      throw new PaymentError('payee_not_confirmed', 'another person must confirm the account first');
    }
    if (owners && !isOneOf(payee, owners)) {
      throw new PaymentError('payout_invalid', `this money goes back to who gave it: ${owners.join(', ')}`);
    }
    const id = newId('pyo', this.clock.now().getTime());
    const { campaignId, part, amount, purpose, vouchers, actor } = input;
    const { communityId, custodyAccountId } = campaign;
    await this.payouts.insert(
      tx,
      {
        ...{ id, campaignId, communityId, custodyAccountId, payeeId: payee.id, part, amount, purpose },
        ...{ accountVersion: payee.accountVersion, accountChangedAt: payee.changedAt },
        ...{ accountEnteredBy: payee.enteredBy, partnerId: payee.partnerId, payeePersonId: payee.personId },
        proposedBy: actor.personId,
      },
      vouchers,
    );
    await this.files.attach(tx, { id, communityId, proposedBy: actor.personId }, vouchers);
    await this.trail.leave(
      tx,
      [{ objectType: 'payout', objectId: id, from: null, to: 'proposed', event: 'propose' }],
      [{ topic: 'payout.changed', ref: campaignId }],
    );
    return { id, state: 'proposed' };
  }
}

/** Staff or the organiser ask for money of a milestone, or of the surplus, and prove what it is for. */
@Injectable()
export class ProposePayout {
  constructor(
    private readonly acts: ActOnce,
    private readonly access: PayoutAccess,
    private readonly payouts: WritePayout,
  ) {}

  /**
   * Throws `payout_campaign_not_found`, `payment_forbidden`, `payout_invalid`, `payout_exceeds_budget`,
   * `payee_not_found`, `payee_not_confirmed`, `payout_voucher_used` or `file_not_usable`.
   */
  async execute(input: ProposePayoutInput): Promise<PayoutAnswer> {
    const campaign = await this.access.asProposer(input.actor, input.campaignId);
    assertProven(input.amount, input.vouchers);
    try {
      return await this.acts.run('payout.propose', input, async (tx) => {
        const left = await this.payouts.assertFits(tx, input);
        return this.payouts.write(tx, input, campaign, left);
      });
    } catch (error) {
      if (!isDuplicateKey(error, 'payout_proof_once')) throw error;
      throw new PaymentError('payout_voucher_used', 'a voucher of this payee proves another payout already');
    }
  }
}
