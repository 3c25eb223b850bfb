import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { PresentCharge, ReadCharge } from '@hehuo/payment';
import { chargeView } from './payment.dto.js';

/** One payment as its payer's screen needs it: one plain status and, while it is open, how to pay. */
@Injectable()
export class PayersView {
  constructor(
    private readonly charges: ReadCharge,
    private readonly present: PresentCharge,
  ) {}

  /** Throws `charge_not_found`, for a stranger too. */
  async of(payerId: Id<'per'>, chargeId: Id<'chg'>) {
    const payers = await this.charges.execute(payerId, chargeId);
    const pay = payers.status === 'to_pay' ? await this.present.execute(payers.charge) : null;
    return chargeView(payers, pay);
  }
}
