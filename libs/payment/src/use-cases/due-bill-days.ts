import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { BillDayStore } from '../store/bill-day.store.js';

/** Days whose bill is to be fetched, asked for again, or matched now. */
@Injectable()
export class DueBillDays {
  constructor(private readonly days: BillDayStore) {}

  execute(limit: number): Promise<Id<'bld'>[]> {
    return this.days.due(limit);
  }
}
