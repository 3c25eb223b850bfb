import type { Id } from '@hehuo/kernel';
import type { Sql } from '@hehuo/platform';
import { BILL_DAY_CLOSED, overdueDays } from '../domain/bill-day.js';
import { DIFFERENCE_OPEN } from '../domain/difference.js';

/** Days of its bill that a merchant may lack before it counts as overdue: the day itself, and those it has to close in. */
const unopenedDays = overdueDays + 1;

/** Reads what stands against payouts of a custody account. */
export class ReconciliationBlockStore {
  async hasOpenDifference(by: Sql, accountId: Id<'cus'>): Promise<boolean> {
    const row = await by.row<{ id: string }>(
      'SELECT id FROM bill_difference WHERE custody_account_id = ? AND state IN (?) LIMIT 1',
      [accountId, DIFFERENCE_OPEN],
    );
    return row !== null;
  }

  // A worker that is away opens no days, so a merchant without recent days is as overdue as one with an open day.
  async hasOverdueBill(by: Sql, accountId: Id<'cus'>): Promise<boolean> {
    const row = await by.row<{ merchant: string }>(
      `SELECT m.merchant_ref AS merchant FROM merchant_channel m
       WHERE m.custody_account_id = ? AND m.approved_by IS NOT NULL AND m.gateway <> 'offline' AND (
         EXISTS (SELECT 1 FROM bill_day b WHERE b.gateway = m.gateway AND b.merchant_ref = m.merchant_ref
           AND b.state NOT IN (?) AND b.ends_at < UTC_TIMESTAMP(3) - INTERVAL ${overdueDays} DAY)
         OR (EXISTS (SELECT 1 FROM charge c WHERE c.gateway = m.gateway AND c.merchant_ref = m.merchant_ref
             AND c.created_at < UTC_TIMESTAMP(3) - INTERVAL ${unopenedDays + 1} DAY)
           AND NOT EXISTS (SELECT 1 FROM bill_day b WHERE b.gateway = m.gateway AND b.merchant_ref = m.merchant_ref
             AND b.ends_at >= UTC_TIMESTAMP(3) - INTERVAL ${unopenedDays} DAY)))
       LIMIT 1`,
      [accountId, BILL_DAY_CLOSED],
    );
    return row !== null;
  }

  /** Fen that two persons gave a name to, added up with their signs, and whether some of it is money that is missing. */
  async carried(by: Sql, accountId: Id<'cus'>): Promise<{ readonly sum: bigint; readonly lacks: boolean }> {
    const row = await by.row<{ missing: string | null; carried: string | null }>(
      `SELECT SUM(IF(money < 0, 1, 0)) AS missing, SUM(money) AS carried FROM bill_difference
       WHERE custody_account_id = ? AND state = 'carried'`,
      [accountId],
    );
    return { sum: BigInt(row?.carried ?? 0), lacks: Number(row?.missing ?? 0) > 0 };
  }
}
