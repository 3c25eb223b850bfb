import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { requireOneOf, type Officer } from '../domain/officer.js';
import type { OfflineReceipt, ReceiptState } from '../domain/receipt.js';
import { ReceiptStore } from '../store/receipt.store.js';

export interface ListReceiptsInput {
  readonly actor: Officer;
  readonly communityId: Id<'com'>;
  readonly state: ReceiptState;
  readonly after: string | null;
  readonly limit: number;
}

/** Receipts of one community for those who confirm and those who audit, the oldest first. */
@Injectable()
export class ListReceipts {
  constructor(private readonly receipts: ReceiptStore) {}

  async execute({ actor, communityId, state, after, limit }: ListReceiptsInput): Promise<OfflineReceipt[]> {
    requireOneOf(actor, ['community_staff', 'fund_approver', 'auditor'], communityId);
    return this.receipts.page(communityId, state, after, limit);
  }
}
