import { Injectable } from '@nestjs/common';
import { Clock, newId, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { isDuplicateKey, sqlOf } from '@hehuo/platform';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import type { OfflineReceipt, ReceiptMethod } from '../domain/receipt.js';
import { CustodyStore } from '../store/custody.store.js';
import { ReceiptStore } from '../store/receipt.store.js';
import { again, Moved } from './again.js';
import { PayablePledges, type PayablePledge } from './ports.js';
import { Trail } from './trail.js';

export interface EnterReceiptInput {
  readonly actor: Officer;
  readonly pledgeId: Id<'plg'>;
  readonly method: ReceiptMethod;
  /** The number on the paper that the payer got, 1 to 60 characters; unique for the account. */
  readonly receiptNumber: string;
  /** Fen that came in. */
  readonly amount: bigint;
  readonly receivedAt: Date;
  /** Where the proof is: the slip, the photo, the bank's line. At most 500 characters. */
  readonly evidence: string;
  /** Chosen by the client: sent again with the same content it is the same receipt. 8 to 64 of `A-Za-z0-9_-`. */
  readonly operationId: string;
}

/** Staff writes down money that came by hand or by bank. It counts when another person confirms it. */
@Injectable()
export class EnterReceipt {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly receipts: ReceiptStore,
    private readonly custody: CustodyStore,
    private readonly pledges: PayablePledges,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /** Throws `receipt_invalid`, `receipt_number_used` or `custody_account_not_active`. */
  async execute(input: EnterReceiptInput): Promise<Id<'rct'>> {
    const pledge = await this.pledges.find(input.pledgeId);
    if (!pledge)
      throw new PaymentError('receipt_invalid', 'no pledge of money that may be paid by hand has this id');
    requireOneOf(input.actor, ['community_staff'], pledge.communityId);
    return again(async () => {
      try {
        return await this.uow.run((tx) => this.enter(tx, input, pledge));
      } catch (error) {
        // Sent twice at once: the second reads what the first wrote.
        if (isDuplicateKey(error, 'offline_receipt_operation')) throw new Moved();
        if (!isDuplicateKey(error, 'offline_receipt_once')) throw error;
        throw new PaymentError('receipt_number_used', 'this receipt number was entered before');
      }
    });
  }

  private async enter(tx: Tx, input: EnterReceiptInput, pledge: PayablePledge): Promise<Id<'rct'>> {
    const known = await this.receipts.byOperation(tx, input.actor.personId, input.operationId);
    if (known) return sameReceipt(known, input);
    const account = await this.custody.find(pledge.custodyAccountId, sqlOf(tx));
    if (account?.state !== 'active') {
      throw new PaymentError('custody_account_not_active', 'the custody account takes no money now');
    }
    if (input.amount <= 0n || !(await this.receipts.hasPassed(tx, input.receivedAt))) {
      throw new PaymentError(
        'receipt_invalid',
        'the sum must be more than zero and the day of receipt not ahead',
      );
    }
    const { amount: expected, ...ofPledge } = pledge;
    const { method, receiptNumber, amount, receivedAt, evidence, operationId } = input;
    const id = newId('rct', this.clock.now().getTime());
    await this.receipts.insert(tx, {
      ...{ ...ofPledge, id, expected, method, receiptNumber, amount, receivedAt, evidence, operationId },
      enteredBy: input.actor.personId,
    });
    await this.trail.leave(tx, [
      { objectType: 'offline_receipt', objectId: id, from: null, to: 'entered', event: 'enter' },
    ]);
    return id;
  }
}

function sameReceipt(known: OfflineReceipt, input: EnterReceiptInput): Id<'rct'> {
  const isSame =
    known.pledgeId === input.pledgeId &&
    known.receiptNumber === input.receiptNumber &&
    known.amount === input.amount &&
    known.method === input.method &&
    known.receivedAt.getTime() === input.receivedAt.getTime() &&
    known.evidence === input.evidence;
  if (isSame) return known.id;
  throw new PaymentError('receipt_operation_reused', 'this operation id belongs to another receipt');
}
