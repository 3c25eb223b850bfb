import { Injectable } from '@nestjs/common';
import { derivedId, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { Ledger } from '@hehuo/ledger';
import { sqlOf } from '@hehuo/platform';
import { isExactPayment, OFFLINE, orderNumber, type Booking, type Charge } from '../domain/charge.js';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import { RECEIPT_MACHINE, type OfflineReceipt } from '../domain/receipt.js';
import { ChargeStore } from '../store/charge.store.js';
import { ReceiptStore } from '../store/receipt.store.js';
import { again, Moved } from './again.js';
import { chargePaid } from './bookings.js';
import { PaidChargeSink } from './ports.js';
import { RequestRefund } from './request-refund.js';
import { Trail } from './trail.js';

export interface ConfirmReceiptInput {
  readonly actor: Officer;
  readonly receiptId: Id<'rct'>;
}

/** What the confirmation writes beside the receipt itself. */
@Injectable()
export class BookReceipt {
  constructor(
    private readonly charges: ChargeStore,
    private readonly sink: PaidChargeSink,
    private readonly ledger: Ledger,
    private readonly refunds: RequestRefund,
    private readonly trail: Trail,
  ) {}

  /** The receipt becomes a charge that succeeded, so that everything after it is the same as for a gateway's money. */
  async book(tx: Tx, receipt: OfflineReceipt): Promise<void> {
    const charge = chargeOf(receipt);
    const { amount, receivedAt: paidAt, receiptNumber } = receipt;
    const isExact = isExactPayment(charge, amount);
    const bookedAs: Booking = isExact ? await this.sink.onPaid(tx, { charge, paidAt, amount }) : 'excess';
    await this.charges.insertPaid(tx, charge, { paidAt, amount, transactionNo: null, bookedAs });
    await this.ledger.post(tx, [chargePaid(charge, amount, bookedAs)]);
    const change = { objectType: 'charge', objectId: charge.id, from: null, to: 'succeeded', event: 'pay' };
    await this.trail.leave(
      tx,
      [{ ...change, reason: `receipt ${receiptNumber}` }],
      [{ topic: 'charge.changed', ref: charge.id }],
    );
    if (bookedAs === 'escrow') return;
    const reason = isExact ? 'not-wanted' : 'wrong-sum';
    await this.refunds.execute(tx, {
      chargeId: charge.id,
      amount,
      fact: `charge:${charge.id}:excess`,
      reason,
    });
  }
}

/** A second person, neither the one who entered it nor the payer, confirms money that came by hand; it is booked then. */
@Injectable()
export class ConfirmReceipt {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly receipts: ReceiptStore,
    private readonly booking: BookReceipt,
    private readonly trail: Trail,
  ) {}

  /** Throws `receipt_not_found`, `payment_forbidden`, `same_person` or `state_conflict`. */
  async execute(input: ConfirmReceiptInput): Promise<void> {
    await again(() => this.uow.run((tx) => this.confirm(tx, input)));
  }

  private async confirm(tx: Tx, { actor, receiptId }: ConfirmReceiptInput): Promise<void> {
    const receipt = await this.receipts.find(receiptId, sqlOf(tx));
    if (!receipt) throw new PaymentError('receipt_not_found', 'there is no such receipt');
    requireOneOf(actor, ['community_staff', 'fund_approver'], receipt.communityId);
    if ([receipt.enteredBy, receipt.payerId].includes(actor.personId)) {
      throw new PaymentError('same_person', 'somebody else than the payer and who entered it must confirm');
    }
    // A lost answer may be asked for again by the same person.
    if (receipt.state === 'confirmed' && receipt.confirmedBy === actor.personId) return;
    const to = RECEIPT_MACHINE.next(receipt.state, 'confirm');
    // The receipt first: of two who confirm at once, the second finds it decided.
    if (!(await this.receipts.confirm(tx, receipt, actor.personId))) throw new Moved();
    await this.booking.book(tx, receipt);
    await this.trail.leave(tx, [
      { objectType: 'offline_receipt', objectId: receipt.id, from: receipt.state, to, event: 'confirm' },
    ]);
  }
}

function chargeOf(receipt: OfflineReceipt): Charge {
  const id = derivedId('chg', receipt.id);
  return {
    ...{ id, pledgeId: receipt.pledgeId, campaignId: receipt.campaignId, communityId: receipt.communityId },
    ...{
      payerId: receipt.payerId,
      custodyAccountId: receipt.custodyAccountId,
      gateway: OFFLINE,
      ...{ merchantRef: '', scene: 'page' as const },
    },
    ...{ number: orderNumber(id), operationId: receipt.id, amount: receipt.expected },
    ...{ description: receipt.receiptNumber, payBy: receipt.receivedAt, createdAt: receipt.createdAt },
    ...{ notifyUrl: null, returnUrl: null, payUrl: null, state: 'new', version: 0, closeWanted: false },
    ...{ refusal: null, sentAt: null, paidAt: null, paidAmount: null, transactionNo: null, bookedAs: null },
    ...{ fence: 0, checks: 0 },
  };
}
