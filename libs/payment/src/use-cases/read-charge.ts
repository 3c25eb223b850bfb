import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { PaymentError } from '../domain/errors.js';
import { statusOf, type PayerStatus } from '../domain/payer-status.js';
import type { Charge } from '../domain/charge.js';
import { ChargeStore } from '../store/charge.store.js';
import { PayerChargeStore } from '../store/payer-charge.store.js';
import { RefundStore } from '../store/refund.store.js';

export interface PayersCharge {
  readonly charge: Charge;
  readonly status: PayerStatus;
  /** Fen that are back with the payer. */
  readonly returned: bigint;
}

/** A payment as its payer sees it: one plain status. Other people's payments do not exist for them. */
@Injectable()
export class ReadCharge {
  constructor(
    private readonly charges: ChargeStore,
    private readonly refunds: RefundStore,
    private readonly ofPerson: PayerChargeStore,
  ) {}

  /** Throws `charge_not_found`, for a stranger too. */
  async execute(payerId: Id<'per'>, chargeId: Id<'chg'>): Promise<PayersCharge> {
    const charge = await this.charges.find(chargeId);
    if (charge?.payerId !== payerId) throw new PaymentError('charge_not_found', 'there is no such payment');
    return this.view(charge);
  }

  /** Every try to pay one pledge, the first first. The caller knows whose pledge it is. */
  async ofPledge(pledgeId: Id<'plg'>): Promise<PayersCharge[]> {
    const charges = await this.charges.ofPledge(pledgeId);
    return Promise.all(charges.map((charge) => this.view(charge)));
  }

  /** Every payment of a person over all campaigns, by hand or online, the newest first. */
  async ofPayer(payerId: Id<'per'>, before: string | null, limit: number): Promise<PayersCharge[]> {
    const charges = await this.ofPerson.page(payerId, before, limit);
    return Promise.all(charges.map((charge) => this.view(charge)));
  }

  private async view(charge: Charge): Promise<PayersCharge> {
    const refunds = charge.state === 'succeeded' ? await this.refunds.ofCharge(charge.id) : [];
    const done = refunds.filter(({ state }) => state === 'done');
    return {
      charge,
      status: statusOf(charge, refunds),
      returned: done.reduce((sum, { amount }) => sum + amount, 0n),
    };
  }
}
