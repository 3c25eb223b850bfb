import { Injectable } from '@nestjs/common';
import { ReadPeople, type Actor } from '@hehuo/identity';
import { Clock, type Id } from '@hehuo/kernel';
import { ReadCharge, ReadCustody, ReadVouchers } from '@hehuo/payment';
import { BookError } from '../domain/errors.js';
import { momentIn } from '../domain/month.js';
import type { PayerReceipt } from '../domain/payer-receipt.js';
import { CharityReceiptStore } from '../store/charity-receipt.store.js';
import { BookPlaces } from './book-places.js';

/** The payment side of a receipt. */
@Injectable()
export class PaymentFacts {
  constructor(
    readonly charges: ReadCharge,
    readonly vouchers: ReadVouchers,
    readonly custody: ReadCustody,
  ) {}
}

/** What a payer's receipt says, for the payer and nobody else. */
@Injectable()
export class ReadPayerReceipt {
  constructor(
    private readonly payment: PaymentFacts,
    private readonly places: BookPlaces,
    private readonly people: ReadPeople,
    private readonly charity: CharityReceiptStore,
    private readonly clock: Clock,
  ) {}

  /** Throws `charge_not_found`, for a stranger too, and `payer_receipt_not_paid`. */
  async execute({ actor, chargeId }: { actor: Actor; chargeId: Id<'chg'> }): Promise<PayerReceipt> {
    const { charge, status, returned } = await this.payment.charges.execute(actor.personId, chargeId);
    if (charge.state !== 'succeeded' || charge.paidAt === null || charge.paidAmount === null)
      throw new BookError('payer_receipt_not_paid', 'there is a receipt once the payment has arrived');
    const [campaign, community, custody, vouchers] = await Promise.all([
      this.places.campaign(charge.campaignId),
      this.places.community(charge.communityId),
      this.payment.custody.byId(charge.custodyAccountId),
      this.payment.vouchers.ofRefs([chargeId]),
    ]);
    const voucher = vouchers.get(chargeId);
    const isByHand = voucher !== undefined && voucher.number !== charge.number;
    return {
      chargeId,
      number: charge.number,
      payerName: await this.people.ownName(actor.personId),
      campaignTitle: campaign?.title ?? charge.description,
      communityName: community.name,
      custodian: custody?.account.ownerName ?? '',
      amount: charge.paidAmount,
      method: voucher?.method ?? charge.gateway,
      transactionNo: charge.transactionNo,
      paperNumber: isByHand ? voucher.number : null,
      paidAt: momentIn(charge.paidAt, community.timeZone),
      printedAt: momentIn(this.clock.now(), community.timeZone),
      returned,
      onItsWayBack: status === 'returning',
      charity: await this.charity.find(chargeId),
    };
  }
}
