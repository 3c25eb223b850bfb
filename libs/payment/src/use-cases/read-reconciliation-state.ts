import { Injectable } from '@nestjs/common';
import { BillDayStore } from '../store/bill-day.store.js';
import { DifferenceStore } from '../store/difference.store.js';

export interface ReconciliationReadings {
  /** Fen in suspense, what came and what is missing added up without their signs. */
  readonly inSuspense: bigint;
  readonly differencesOpen: number;
  readonly billDaysOverdue: number;
}

/** What an operator watches of the reconciliation. */
@Injectable()
export class ReadReconciliationState {
  constructor(
    private readonly days: BillDayStore,
    private readonly differences: DifferenceStore,
  ) {}

  async execute(): Promise<ReconciliationReadings> {
    const [inSuspense, differencesOpen, billDaysOverdue] = await Promise.all([
      this.differences.moneyInSuspense(),
      this.differences.countOpen(),
      this.days.overdue(),
    ]);
    return { inSuspense, differencesOpen, billDaysOverdue };
  }
}
