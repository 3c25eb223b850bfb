import { Injectable } from '@nestjs/common';
import { UnitOfWork, type Id } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import { PaymentError } from '../domain/errors.js';
import { requireOneOf, type Officer } from '../domain/officer.js';
import { RECEIPT_MACHINE } from '../domain/receipt.js';
import { BankLineStore } from '../store/bank-line.store.js';
import { ReceiptStore } from '../store/receipt.store.js';
import { again, Moved } from './again.js';
import { Trail } from './trail.js';

export interface RefuseReceiptInput {
  readonly actor: Officer;
  readonly receiptId: Id<'rct'>;
  readonly reason: string;
}

/**
 * A receipt that is wrong is refused, by whoever sees it first; its number may then be entered again, and a line of the
 * bank's that it came from waits for the right pledge.
 */
@Injectable()
export class RefuseReceipt {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly receipts: ReceiptStore,
    private readonly bankLines: BankLineStore,
    private readonly trail: Trail,
  ) {}

  async execute({ actor, receiptId, reason }: RefuseReceiptInput): Promise<void> {
    await again(() =>
      this.uow.run(async (tx) => {
        const receipt = await this.receipts.find(receiptId, sqlOf(tx));
        if (!receipt) throw new PaymentError('receipt_not_found', 'there is no such receipt');
        requireOneOf(actor, ['community_staff', 'fund_approver'], receipt.communityId);
        const to = RECEIPT_MACHINE.next(receipt.state, 'refuse');
        if (!(await this.receipts.refuse(tx, receipt, actor.personId, reason))) throw new Moved();
        const change = {
          objectType: 'offline_receipt',
          objectId: receipt.id,
          from: receipt.state,
          to,
          event: 'refuse',
        };
        const lineId = await this.bankLines.reopen(tx, receipt.id);
        const reopened = { objectType: 'bank_line', from: 'accepted', to: 'unmatched', event: 'reopen' };
        await this.trail.leave(tx, [
          { ...change, reason },
          ...(lineId === null ? [] : [{ ...reopened, objectId: lineId, reason }]),
        ]);
      }),
    );
  }
}
