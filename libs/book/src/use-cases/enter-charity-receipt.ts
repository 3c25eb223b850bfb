import { Injectable } from '@nestjs/common';
import { hasRole, HOME_ZONE, type Actor } from '@hehuo/identity';
import { Clock, derivedId, UnitOfWork, type Id } from '@hehuo/kernel';
import { ReadVouchers } from '@hehuo/payment';
import { BookError } from '../domain/errors.js';
import { issuerCharactersMax, receiptNumberCharactersMax } from '../domain/limits.js';
import { dayIn } from '../domain/month.js';
import { isDay, type CharityReceipt } from '../domain/payer-receipt.js';
import { CharityReceiptStore } from '../store/charity-receipt.store.js';
import { Trail } from './trail.js';

export interface EnterCharityReceiptInput extends CharityReceipt {
  readonly actor: Actor;
  readonly chargeId: Id<'chg'>;
}

/** Staff copy the number of a receipt that the charity issued; the payer's own receipt shows it then. Entered again it is corrected. */
@Injectable()
export class EnterCharityReceipt {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly vouchers: ReadVouchers,
    private readonly receipts: CharityReceiptStore,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** Throws `payer_receipt_not_found`, for staff of other communities too, `payer_receipt_not_paid` or `charity_receipt_invalid`. */
  async execute({ actor, chargeId, ...receipt }: EnterCharityReceiptInput): Promise<CharityReceipt> {
    const place = await this.vouchers.placeOf(chargeId);
    if (!place || !hasRole(actor, 'community_staff', place.communityId))
      throw new BookError('payer_receipt_not_found', 'there is no such payment in your community');
    if (place.state !== 'succeeded')
      throw new BookError('payer_receipt_not_paid', 'this payment has not arrived');
    const clean = checked(receipt, dayIn(this.clock.now(), HOME_ZONE));
    await this.uow.run(async (tx) => {
      const row = { ...clean, communityId: place.communityId, enteredBy: actor.personId };
      const isNew = await this.receipts.put(tx, chargeId, row);
      const change = { objectType: 'charity_receipt', objectId: derivedId('chr', chargeId), to: 'entered' };
      const step = isNew ? { from: null, event: 'enter' } : { from: 'entered', event: 'correct' };
      await this.trail.leave(tx, { ...change, ...step, reason: `${clean.issuer} ${clean.number}` }, null);
    });
    return clean;
  }
}

function checked({ number, issuer, issuedOn }: CharityReceipt, today: string): CharityReceipt {
  const clean = { number: number.trim(), issuer: issuer.trim(), issuedOn };
  const fits = (text: string, max: number) => text.length > 0 && [...text].length <= max;
  if (
    fits(clean.number, receiptNumberCharactersMax) &&
    fits(clean.issuer, issuerCharactersMax) &&
    isDay(issuedOn) &&
    issuedOn <= today
  )
    return clean;
  throw new BookError(
    'charity_receipt_invalid',
    'give the number, the issuer and the day as YYYY-MM-DD, today at the latest',
  );
}
