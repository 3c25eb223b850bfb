import { Injectable } from '@nestjs/common';
import { isId } from '@hehuo/kernel';
import type { OurMovement } from '../domain/bill-matching.js';
import { AskCharge } from './ask-charge.js';
import { CheckRefund } from './check-refund.js';

/**
 * A bill says done what our row does not: the gateway is asked about it, and what it answers is booked by the rules that
 * hold for every answer. A bill alone books neither a payment nor a refund.
 */
@Injectable()
export class AskBilled {
  constructor(
    private readonly askCharge: AskCharge,
    private readonly checkRefund: CheckRefund,
  ) {}

  async execute(movements: readonly OurMovement[]): Promise<void> {
    for (const { state, objectId } of movements) {
      if (state !== 'open') continue;
      if (isId('chg', objectId)) await this.askCharge.execute(objectId, true);
      else if (isId('rfd', objectId)) await this.checkRefund.execute(objectId, true);
    }
  }
}
