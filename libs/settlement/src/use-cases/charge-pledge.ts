import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PledgeFunds, type PayableView } from '@hehuo/campaign';
import type { Actor } from '@hehuo/identity';
import { Clock, type Id } from '@hehuo/kernel';
import { OpenCharge, type OpenChargeInput, type OpenedCharge } from '@hehuo/payment';
import { SettlementError } from '../domain/errors.js';
import { obstacleToPaying, payBy, wordsFor } from '../domain/payable.js';

export interface ChargePledgeInput extends Pick<OpenChargeInput, 'gateway' | 'scene' | 'payerHint'> {
  readonly actor: Actor;
  readonly pledgeId: Id<'plg'>;
  /** The same key is the same payment for ever. */
  readonly idempotencyKey: string;
  /** Give up the payment under way and start another. */
  readonly newTry: boolean;
}

/** A payer asks to pay for their own pledge: writes the order, which a worker then places at the gateway. */
@Injectable()
export class ChargePledge {
  constructor(
    private readonly funds: PledgeFunds,
    private readonly open: OpenCharge,
    private readonly clock: Clock,
  ) {}

  /** Throws `payable_pledge_not_found`, for somebody else's pledge too, `pledge_not_payable`, and what payment throws. */
  async execute({
    actor,
    pledgeId,
    idempotencyKey,
    newTry,
    ...wishes
  }: ChargePledgeInput): Promise<OpenedCharge> {
    const view = await this.funds.payable(pledgeId);
    if (!view || view.pledge.personId !== actor.personId) {
      throw new SettlementError('payable_pledge_not_found', 'you have no such pledge of money');
    }
    const { pledge, campaign } = view;
    return this.open.execute({
      ...wishes,
      ...{ pledgeId, campaignId: pledge.campaignId, communityId: pledge.communityId, newTry },
      ...{ payerId: actor.personId, custodyAccountId: campaign.custodyAccountId, amount: pledge.quantity },
      description: campaign.title,
      payBy: payBy(this.clock.now(), this.until(view)),
      operationId: createHash('sha256').update(`${actor.personId}:${idempotencyKey}`).digest('base64url'),
      returnPath: `/pay/${pledgeId}`,
    });
  }

  private until({ pledge, campaign, until }: PayableView): Date {
    const { paymentMode, state: campaignState } = campaign;
    const obstacle = obstacleToPaying({ pledgeState: pledge.state, campaignState, paymentMode });
    if (obstacle === null && until !== null) return until;
    const why = obstacle ?? 'too_late';
    throw new SettlementError('pledge_not_payable', wordsFor(why), { why });
  }
}
