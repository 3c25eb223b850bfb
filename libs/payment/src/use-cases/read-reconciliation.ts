import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import type { BillDay } from '../domain/bill-day.js';
import { PaymentError } from '../domain/errors.js';
import { holdsOneOf, type Officer } from '../domain/officer.js';
import { ReconciliationError } from '../domain/reconciliation-errors.js';
import { BillDayStore } from '../store/bill-day.store.js';
import { BillLineStore, type StoredLine } from '../store/bill-line.store.js';
import { CustodyStore } from '../store/custody.store.js';
import { DaySumStore, type DaySums } from '../store/day-sum.store.js';
import { communitiesReadBy, RECONCILIATION_READERS } from './reconciliation-scope.js';

export interface ReconciledDay {
  readonly day: BillDay;
  readonly sums: DaySums;
}

/** Bills and books side by side, for those who approve or audit. */
@Injectable()
export class ReadReconciliation {
  constructor(
    private readonly custody: CustodyStore,
    private readonly days: BillDayStore,
    private readonly lines: BillLineStore,
    private readonly sums: DaySumStore,
  ) {}

  /** Days of the account's merchants, the newest first, before the given one. Throws `custody_account_not_found`. */
  async ofAccount(
    actor: Officer,
    accountId: Id<'cus'>,
    before: { readonly day: string; readonly id: string } | null,
    limit: number,
  ): Promise<ReconciledDay[]> {
    const account = await this.custody.find(accountId);
    if (!account || !holdsOneOf(actor, RECONCILIATION_READERS, account.communityId)) {
      throw new PaymentError('custody_account_not_found', 'there is no such custody account');
    }
    const days = await this.sums.daysOfAccount(accountId, before, limit);
    return Promise.all(days.map(async (day) => ({ day, sums: await this.sums.ofDay(day, [accountId]) })));
  }

  /** One day as far as the actor's communities are concerned. Throws `bill_day_not_found`. */
  async day(actor: Officer, dayId: Id<'bld'>): Promise<ReconciledDay> {
    const { day, accounts } = await this.visible(actor, dayId);
    return { day, sums: await this.sums.ofDay(day, accounts) };
  }

  /** Its lines with what was found about them, by their number. Throws `bill_day_not_found`. */
  async linesOf(actor: Officer, dayId: Id<'bld'>, after: number, limit: number): Promise<StoredLine[]> {
    const { accounts } = await this.visible(actor, dayId);
    return this.lines.page(dayId, accounts, after, limit);
  }

  private async visible(
    actor: Officer,
    dayId: Id<'bld'>,
  ): Promise<{ readonly day: BillDay; readonly accounts: readonly Id<'cus'>[] }> {
    const communities = communitiesReadBy(actor);
    const day = await this.days.find(dayId);
    const accounts = day ? await this.sums.accountsOf(day, communities) : [];
    if (!day || accounts.length === 0) {
      throw new ReconciliationError('bill_day_not_found', 'there is no such day of a bill');
    }
    return { day, accounts };
  }
}
