import type { Id } from '@hehuo/kernel';
import { Database } from '@hehuo/platform';
import type { BillDay, Merchant } from '../domain/bill-day.js';
import { DIFFERENCE_OPEN } from '../domain/difference.js';
import { dayOf } from './bill-day.store.js';

/** One side's sums of a day, in fen. */
export interface SideSums {
  readonly payments: bigint;
  readonly refunds: bigint;
}

export interface DaySums {
  /** `feeCorrections`: how much more (less) fees were named later than when their movements were first told. */
  readonly bill: SideSums & {
    readonly fees: bigint;
    readonly feeCorrections: bigint;
    readonly lines: number;
  };
  /** What our books have of the same hours. Movements around midnight may be on the next day's bill. */
  readonly books: SideSums;
  readonly openDifferences: number;
}

const NOTHING: DaySums = {
  bill: { payments: 0n, refunds: 0n, fees: 0n, feeCorrections: 0n, lines: 0 },
  books: { payments: 0n, refunds: 0n },
  openDifferences: 0,
};

/** Reads of days for people. Nothing decides by them. */
export class DaySumStore {
  constructor(private readonly database: Database) {}

  /** Days of the merchants that the account has or had, the newest first. */
  async daysOfAccount(
    accountId: Id<'cus'>,
    before: { readonly day: string; readonly id: string } | null,
    limit: number,
  ): Promise<BillDay[]> {
    const rows = await this.database.rows<Parameters<typeof dayOf>[0]>(
      `SELECT b.* FROM bill_day b WHERE (b.gateway, b.merchant_ref) IN (
         SELECT gateway, merchant_ref FROM merchant_channel WHERE custody_account_id = ? AND approved_by IS NOT NULL)
         AND (? IS NULL OR b.bill_date < ? OR (b.bill_date = ? AND b.id < ?))
       ORDER BY b.bill_date DESC, b.id DESC LIMIT ?`,
      [accountId, before?.day ?? null, before?.day ?? '', before?.day ?? '', before?.id ?? '', limit],
    );
    return rows.map(dayOf);
  }

  /** The custody accounts behind a merchant, of these communities; null means of all. */
  async accountsOf(
    { gateway, merchantRef }: Merchant,
    communityIds: readonly Id<'com'>[] | null,
  ): Promise<Id<'cus'>[]> {
    if (communityIds?.length === 0) return [];
    const rows = await this.database.rows<{ id: Id<'cus'> }>(
      `SELECT DISTINCT custody_account_id AS id FROM merchant_channel
       WHERE gateway = ? AND merchant_ref = ? AND approved_by IS NOT NULL ${communityIds ? 'AND community_id IN (?)' : ''}`,
      [gateway, merchantRef, ...(communityIds ? [communityIds] : [])],
    );
    return rows.map(({ id }) => id);
  }

  async ofDay(day: BillDay, accounts: readonly Id<'cus'>[]): Promise<DaySums> {
    if (accounts.length === 0) return NOTHING;
    const window = [day.gateway, day.merchantRef, day.startsAt, day.endsAt, accounts] as const;
    const [bill, books, open] = await Promise.all([
      this.database.row<Record<'payments' | 'refunds' | 'fees' | 'corrections' | 'n', string | null>>(
        `SELECT SUM(IF(kind = 'payment', amount, 0)) AS payments, SUM(IF(kind = 'refund', amount, 0)) AS refunds,
                SUM(IF(kind = 'fee', amount, fee)) AS fees, COUNT(*) AS n,
                (SELECT SUM(c.fee - c.fee_before) FROM bill_line c WHERE c.bill_day_id = ?
                   AND c.verdict = 'fee_corrected' AND c.custody_account_id IN (?)) AS corrections
         FROM bill_line WHERE bill_day_id = ? AND leads_key IS NOT NULL AND custody_account_id IN (?)`,
        [day.id, accounts, day.id, accounts],
      ),
      this.database.row<Record<'payments' | 'refunds', string | null>>(
        `SELECT (SELECT SUM(paid_amount) FROM charge WHERE gateway = ? AND merchant_ref = ? AND paid_at >= ? AND paid_at < ?
                   AND custody_account_id IN (?) AND state = 'succeeded') AS payments,
                (SELECT SUM(amount) FROM refund WHERE gateway = ? AND merchant_ref = ? AND done_at >= ? AND done_at < ?
                   AND custody_account_id IN (?) AND state = 'done' AND confirmed_by IS NULL) AS refunds`,
        [...window, ...window],
      ),
      this.database.row<{ n: string }>(
        `SELECT COUNT(*) AS n FROM bill_difference WHERE bill_day_id = ? AND custody_account_id IN (?) AND state IN (?)`,
        [day.id, accounts, DIFFERENCE_OPEN],
      ),
    ]);
    return {
      bill: {
        ...{ payments: BigInt(bill?.payments ?? 0), refunds: BigInt(bill?.refunds ?? 0) },
        ...{ fees: BigInt(bill?.fees ?? 0), feeCorrections: BigInt(bill?.corrections ?? 0) },
        ...{ lines: Number(bill?.n ?? 0) },
      },
      books: { payments: BigInt(books?.payments ?? 0), refunds: BigInt(books?.refunds ?? 0) },
      openDifferences: Number(open?.n ?? 0),
    };
  }
}
