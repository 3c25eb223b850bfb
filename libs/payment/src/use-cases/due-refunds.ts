import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { RefundStore } from '../store/refund.store.js';

/** The work list of refunds: to be sent, asked about or tried again now. */
@Injectable()
export class DueRefunds {
  constructor(private readonly refunds: RefundStore) {}

  execute(limit: number): Promise<Id<'rfd'>[]> {
    return this.refunds.due(limit);
  }
}
