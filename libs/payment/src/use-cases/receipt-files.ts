import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { FileReaders } from '@hehuo/platform';
import { holdsOneOf } from '../domain/officer.js';
import { ReceiptStore } from '../store/receipt.store.js';
import { RECEIPT_OBJECT } from './write-receipt.js';

/** Who may look at the proofs of a receipt: those who confirm and audit it, and the payer. */
@Injectable()
export class ReceiptFiles {
  constructor(
    readers: FileReaders,
    private readonly receipts: ReceiptStore,
  ) {
    readers.register(RECEIPT_OBJECT, async (reader, { objectId, communityId }) => {
      if (holdsOneOf(reader, ['community_staff', 'fund_approver', 'auditor'], communityId)) return true;
      const receipt = await this.receipts.find(objectId as Id<'rct'>);
      return receipt?.payerId === reader.personId;
    });
  }
}
