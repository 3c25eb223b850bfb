import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { isDuplicateKey } from '@hehuo/platform';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf } from '../domain/officer.js';
import { again, Moved } from './again.js';
import { PayablePledges } from './ports.js';
import { WriteReceipt, type EnterReceiptInput } from './write-receipt.js';

/** Staff writes down money that came by hand or by bank. It counts when another person confirms it. */
@Injectable()
export class EnterReceipt {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pledges: PayablePledges,
    private readonly writing: WriteReceipt,
  ) {}

  /** Throws `receipt_number_used`, and what {@link WriteReceipt} throws. */
  async execute(input: EnterReceiptInput): Promise<Id<'rct'>> {
    const pledge = await this.pledges.find(input.pledgeId);
    if (!pledge)
      throw new PaymentError('receipt_invalid', 'no pledge of money that may be paid by hand has this id');
    requireOneOf(input.actor, ['community_staff'], pledge.communityId);
    return again(async () => {
      try {
        return await this.uow.run((tx) => this.writing.write(tx, input, pledge));
      } catch (error) {
        // Sent twice at once: the second reads what the first wrote.
        if (isDuplicateKey(error, 'offline_receipt_operation')) throw new Moved();
        if (!isDuplicateKey(error, 'offline_receipt_once')) throw error;
        throw numberUsed();
      }
    });
  }
}

export function numberUsed(): PaymentError {
  return new PaymentError('receipt_number_used', 'this receipt number was entered before');
}
