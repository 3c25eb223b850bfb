import { Injectable } from '@nestjs/common';
import type { BillDay, Merchant } from '../domain/bill-day.js';
import { isDay } from '../domain/bill-calendar.js';
import { ReconciliationError } from '../domain/reconciliation-errors.js';
import { BillDayStore } from '../store/bill-day.store.js';
import { DaySumStore } from '../store/day-sum.store.js';
import type { ReconciledDay } from './read-reconciliation.js';

const daysMax = 500;

/** Days for whoever runs the machine: those that are not closed, or all of one date; with both sides' sums. */
@Injectable()
export class ListBillDays {
  constructor(
    private readonly days: BillDayStore,
    private readonly sums: DaySumStore,
  ) {}

  /** At most 500, the oldest first. Throws `bill_day_invalid` for a date that is none. */
  async execute(wanted: Partial<Merchant> & { readonly day?: string }): Promise<BillDay[]> {
    if (wanted.day !== undefined && !isDay(wanted.day)) {
      throw new ReconciliationError('bill_day_invalid', 'the day must be one such as 2026-11-25');
    }
    return this.days.list(wanted, daysMax);
  }

  /** The day as it stands now, over all accounts of its merchant. */
  async sumsOf(day: BillDay): Promise<ReconciledDay> {
    const now = (await this.days.find(day.id)) ?? day;
    return { day: now, sums: await this.sums.ofDay(now, await this.sums.accountsOf(now, null)) };
  }
}
