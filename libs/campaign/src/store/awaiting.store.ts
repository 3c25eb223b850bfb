import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { Database } from '@hehuo/platform';

/** A pledge of money that has not come yet. */
export interface AwaitedPledge {
  readonly pledgeId: Id<'plg'>;
  readonly campaignId: Id<'cmp'>;
  readonly personId: Id<'per'>;
  /** Fen promised. */
  readonly quantity: bigint;
}

/** A pledge whose payer is asked for its money now. */
export interface AskedPledge extends AwaitedPledge {
  readonly title: string;
  /** Until when a payment counts. */
  readonly payBy: Date;
}

interface Columns {
  readonly pledgeId: Id<'plg'>;
  readonly campaignId: Id<'cmp'>;
  readonly personId: Id<'per'>;
  readonly quantity: string;
}

const AWAITED = `p.id AS pledgeId, p.campaign_id AS campaignId, p.person_id AS personId, p.quantity
  FROM pledge p JOIN campaign c ON c.id = p.campaign_id`;

/** Promised money that would still count if it came now. */
@Injectable()
export class AwaitingStore {
  constructor(private readonly database: Database) {}

  /** Offline campaigns on the account, the oldest pledge first. */
  async offlineOf(custodyAccountId: Id<'cus'>, limit: number): Promise<AwaitedPledge[]> {
    const rows = await this.database.rows<Columns>(
      `SELECT ${AWAITED}
       WHERE c.custody_account_id = ? AND c.payment_mode = 'offline' AND c.state IN ('open', 'closing', 'collecting')
         AND p.kind = 'money' AND p.state IN ('promised', 'awaiting_payment') ORDER BY p.id LIMIT ?`,
      [custodyAccountId, limit],
    );
    return rows.map((row) => ({ ...row, quantity: BigInt(row.quantity) }));
  }

  /** What a person is asked to pay in running collections, the most urgent first. */
  async askedOf(personId: Id<'per'>, limit: number): Promise<AskedPledge[]> {
    const rows = await this.database.rows<Columns & { title: string; payBy: Date }>(
      `SELECT c.title, COALESCE(p.pay_by, c.collection_ends_at) AS payBy, ${AWAITED}
       WHERE p.person_id = ? AND p.kind = 'money' AND p.state = 'awaiting_payment' AND c.state = 'collecting'
         AND COALESCE(p.pay_by, c.collection_ends_at) > UTC_TIMESTAMP(3) ORDER BY payBy, p.id LIMIT ?`,
      [personId, limit],
    );
    return rows.map((row) => ({ ...row, quantity: BigInt(row.quantity) }));
  }
}
