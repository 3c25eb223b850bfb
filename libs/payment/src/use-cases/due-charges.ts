import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { ChargeStore } from '../store/charge.store.js';

/** The work list of the janitor: charges to be placed, asked about or closed now. */
@Injectable()
export class DueCharges {
  constructor(private readonly charges: ChargeStore) {}

  execute(limit: number): Promise<Id<'chg'>[]> {
    return this.charges.due(limit);
  }
}
