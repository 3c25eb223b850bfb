import { Injectable } from '@nestjs/common';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { Files, sqlOf } from '@hehuo/platform';
import { PaymentError } from '../domain/errors.js';
import type { Officer } from '../domain/officer.js';
import { needsPhoto, type OfflineReceipt, type ReceiptMethod } from '../domain/receipt.js';
import { CustodyStore } from '../store/custody.store.js';
import { ReceiptStore } from '../store/receipt.store.js';
import type { PayablePledge } from './ports.js';
import { Trail } from './trail.js';

export const RECEIPT_OBJECT = 'offline_receipt';

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
  /** Uploads of the actor that show it. Cash needs one at least. */
  readonly fileIds?: readonly Id<'fil'>[];
  /** Chosen by the client: sent again with the same content it is the same receipt. 8 to 64 of `A-Za-z0-9_-`. */
  readonly operationId: string;
}

/** Writes a receipt of money that came by hand or by bank, whoever found it: a person, or a line of the bank's. */
@Injectable()
export class WriteReceipt {
  constructor(
    private readonly receipts: ReceiptStore,
    private readonly custody: CustodyStore,
    private readonly files: Files,
    private readonly trail: Trail,
    private readonly clock: Clock,
  ) {}

  /**
   * Throws `receipt_invalid`, `receipt_photo_required`, `receipt_operation_reused`, `custody_account_not_active`, and
   * what attaching files throws. Unique keys keep a number and an operation from being entered twice.
   */
  async write(tx: Tx, input: EnterReceiptInput, pledge: PayablePledge): Promise<Id<'rct'>> {
    const known = await this.receipts.byOperation(tx, input.actor.personId, input.operationId);
    if (known) return this.same(tx, known, input);
    await this.assertTrue(tx, input, pledge);
    const { amount: expected, ...ofPledge } = pledge;
    const { method, receiptNumber, amount, receivedAt, evidence, operationId } = input;
    const id = newId('rct', this.clock.now().getTime());
    await this.receipts.insert(tx, {
      ...{ ...ofPledge, id, expected, method, receiptNumber, amount, receivedAt, evidence, operationId },
      enteredBy: input.actor.personId,
    });
    await this.files.attach(tx, input.fileIds ?? [], {
      ...{ objectType: RECEIPT_OBJECT, objectId: id },
      ...{ communityId: pledge.communityId, by: input.actor.personId },
    });
    await this.trail.leave(tx, [
      { objectType: RECEIPT_OBJECT, objectId: id, from: null, to: 'entered', event: 'enter' },
    ]);
    return id;
  }

  private async assertTrue(tx: Tx, input: EnterReceiptInput, pledge: PayablePledge): Promise<void> {
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
    if (needsPhoto(input.method) && (input.fileIds ?? []).length === 0) {
      throw new PaymentError(
        'receipt_photo_required',
        'upload a photo of the slip that the payer got (POST /v1/files) and name it in fileIds',
      );
    }
  }

  private async same(tx: Tx, known: OfflineReceipt, input: EnterReceiptInput): Promise<Id<'rct'>> {
    const attached = (await this.files.of(RECEIPT_OBJECT, [known.id], tx)).get(known.id) ?? [];
    const isSame =
      known.pledgeId === input.pledgeId &&
      known.receiptNumber === input.receiptNumber &&
      known.amount === input.amount &&
      known.method === input.method &&
      known.receivedAt.getTime() === input.receivedAt.getTime() &&
      known.evidence === input.evidence &&
      listOf(attached.map(({ id }) => id)) === listOf(input.fileIds ?? []);
    if (isSame) return known.id;
    throw new PaymentError('receipt_operation_reused', 'this operation id belongs to another receipt');
  }
}

function listOf(ids: readonly string[]): string {
  return [...new Set(ids)].sort().join();
}
