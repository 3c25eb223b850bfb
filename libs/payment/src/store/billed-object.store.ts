import type { Id } from '@hehuo/kernel';
import { Database, type Sql } from '@hehuo/platform';
import type { BillDay, Merchant } from '../domain/bill-day.js';
import type { OurMovement } from '../domain/bill-matching.js';

const numbersPerStatement = 500;
/** Verdicts under which a line counts as having told of its charge or refund. */
const TOLD = "('matched', 'amount', 'status')";

interface MovementColumns {
  readonly kind: 'payment' | 'refund';
  readonly id: Id<'chg'> | Id<'rfd'>;
  readonly number: string;
  readonly custody_account_id: Id<'cus'>;
  readonly state: OurMovement['state'];
  readonly amount: string;
}

export interface Account {
  readonly custodyAccountId: Id<'cus'>;
  readonly communityId: Id<'com'>;
}

const CHARGES = `SELECT 'payment' AS kind, c.id, c.number, c.custody_account_id,
  IF(c.state = 'succeeded', 'booked', 'open') AS state, COALESCE(c.paid_amount, c.amount) AS amount FROM charge c`;

// What was paid back by hand did not leave through the gateway: its own bill must not show it.
const REFUNDS = `SELECT 'refund' AS kind, r.id, r.number, r.custody_account_id,
  IF(r.state <> 'done', 'open', IF(r.confirmed_by IS NULL, 'booked', 'elsewhere')) AS state, r.amount FROM refund r`;

/** Our charges and refunds as a merchant's bill can speak of them. */
export class BilledObjectStore {
  constructor(private readonly database: Database) {}

  /** By our numbers, those of this merchant only: a number of another merchant is an unknown one here. */
  async byNumbers(
    { gateway, merchantRef }: Merchant,
    numbers: readonly string[],
    by: Sql = this.database,
  ): Promise<Map<string, OurMovement>> {
    const found = new Map<string, OurMovement>();
    for (let at = 0; at < numbers.length; at += numbersPerStatement) {
      const some = numbers.slice(at, at + numbersPerStatement);
      const rows = [
        ...(await by.rows<MovementColumns>(
          `${CHARGES} WHERE c.number IN (?) AND c.gateway = ? AND c.merchant_ref = ?`,
          [some, gateway, merchantRef],
        )),
        ...(await by.rows<MovementColumns>(
          `${REFUNDS} WHERE r.number IN (?) AND r.gateway = ? AND r.merchant_ref = ?`,
          [some, gateway, merchantRef],
        )),
      ];
      for (const row of rows) found.set(`${row.kind}|${row.number}`, movementOf(row));
    }
    return found;
  }

  /** What our books have of the day and no bill of any day. */
  async untold({ gateway, merchantRef, startsAt, endsAt }: BillDay, by: Sql): Promise<OurMovement[]> {
    const values = [gateway, merchantRef, startsAt, endsAt];
    const none = (alias: string): string =>
      `NOT EXISTS (SELECT 1 FROM bill_line l WHERE l.object_id = ${alias}.id AND l.verdict IN ${TOLD})`;
    const charges = await by.rows<MovementColumns>(
      `${CHARGES} WHERE c.gateway = ? AND c.merchant_ref = ? AND c.paid_at >= ? AND c.paid_at < ? AND c.state = 'succeeded'
         AND ${none('c')} ORDER BY c.id`,
      values,
    );
    const refunds = await by.rows<MovementColumns>(
      `${REFUNDS} WHERE r.gateway = ? AND r.merchant_ref = ? AND r.done_at >= ? AND r.done_at < ? AND r.state = 'done'
         AND r.confirmed_by IS NULL AND ${none('r')} ORDER BY r.id`,
      values,
    );
    return [...charges, ...refunds].map(movementOf);
  }

  /** Whose a line is that names nothing of ours: the merchant's oldest account that is in use. */
  async accountOfMerchant({ gateway, merchantRef }: Merchant, by: Sql): Promise<Account | null> {
    return by.row<Account>(
      `SELECT custody_account_id AS custodyAccountId, community_id AS communityId FROM merchant_channel
       WHERE gateway = ? AND merchant_ref = ? AND approved_by IS NOT NULL ORDER BY state = 'active' DESC, id LIMIT 1`,
      [gateway, merchantRef],
    );
  }

  /** Every community that has or had an account of this merchant. */
  async communitiesOfMerchant({ gateway, merchantRef }: Merchant, by: Sql): Promise<Id<'com'>[]> {
    const rows = await by.rows<{ id: Id<'com'> }>(
      `SELECT DISTINCT community_id AS id FROM merchant_channel
       WHERE gateway = ? AND merchant_ref = ? AND approved_by IS NOT NULL`,
      [gateway, merchantRef],
    );
    return rows.map(({ id }) => id);
  }

  async communitiesOf(accounts: readonly Id<'cus'>[], by: Sql): Promise<Map<Id<'cus'>, Id<'com'>>> {
    if (accounts.length === 0) return new Map();
    const rows = await by.rows<{ id: Id<'cus'>; community_id: Id<'com'> }>(
      'SELECT id, community_id FROM custody_account WHERE id IN (?)',
      [accounts],
    );
    return new Map(rows.map((row) => [row.id, row.community_id]));
  }
}

function movementOf(row: MovementColumns): OurMovement {
  return {
    kind: row.kind,
    objectId: row.id,
    number: row.number,
    custodyAccountId: row.custody_account_id,
    state: row.state,
    amount: BigInt(row.amount),
  };
}
