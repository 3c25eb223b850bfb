import type { Id } from '@hehuo/kernel';
import { Database } from '@hehuo/platform';
import type { Charge } from '../domain/charge.js';
import { chargeOf, CHARGE_COLUMNS, type ChargeColumns } from './charge.columns.js';

/** Payments as their payer lists them. Reads only. */
export class PayerChargeStore {
  constructor(private readonly database: Database) {}

  /** Every try of a person to pay, over all campaigns, the newest first. */
  async page(payerId: Id<'per'>, before: string | null, limit: number): Promise<Charge[]> {
    const rows = await this.database.rows<ChargeColumns>(
      `SELECT ${CHARGE_COLUMNS} FROM charge WHERE payer_id = ? AND (? IS NULL OR id < ?) ORDER BY id DESC LIMIT ?`,
      [payerId, before, before, limit],
    );
    return rows.map(chargeOf);
  }
}
