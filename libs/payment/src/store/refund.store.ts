import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import type { Refund, RefundAges, RefundState, Stuck } from '../domain/refund.js';
import { refundOf, REFUND_COLUMNS, type RefundColumns } from './refund.columns.js';

const leaseSeconds = 30;
const rowsPerStatement = 500;

export type NewRefund = Pick<
  Refund,
  | 'id'
  | 'chargeId'
  | 'pledgeId'
  | 'campaignId'
  | 'communityId'
  | 'custodyAccountId'
  | 'gateway'
  | 'merchantRef'
  | 'orderNumber'
  | 'orderAmount'
  | 'number'
  | 'fact'
  | 'reason'
  | 'amount'
  | 'source'
  | 'paidAt'
>;

/** What a charge took in and what of it already goes back. Locks the charge, so that two refunds cannot both fit. */
export interface Refundable {
  readonly chargeId: Id<'chg'>;
  readonly paidAmount: bigint;
  readonly refunded: bigint;
}

export interface RefundPage {
  readonly states?: readonly RefundState[];
  readonly campaignId?: Id<'cmp'>;
  readonly communityIds: readonly Id<'com'>[] | null;
  readonly after: string | null;
  readonly limit: number;
}

/** Money on its way back. Every write that changes a state names the version that it was decided on. */
export class RefundStore {
  constructor(private readonly database: Database) {}

  async find(refundId: Id<'rfd'>, by: Sql = this.database): Promise<Refund | null> {
    const row = await by.row<RefundColumns>(`SELECT ${REFUND_COLUMNS} FROM refund WHERE id = ?`, [refundId]);
    return row && refundOf(row);
  }

  async look(
    refundId: Id<'rfd'>,
    by: Sql = this.database,
  ): Promise<{ readonly refund: Refund; readonly ages: RefundAges; readonly paidDaysAgo: number } | null> {
    const row = await by.row<
      RefundColumns & { since_sent: string | null; waiting: string | null; days: string }
    >(
      `SELECT ${REFUND_COLUMNS}, TIMESTAMPDIFF(SECOND, sent_at, UTC_TIMESTAMP(3)) AS since_sent,
              TIMESTAMPDIFF(SECOND, waiting_since, UTC_TIMESTAMP(3)) AS waiting,
              TIMESTAMPDIFF(DAY, paid_at, UTC_TIMESTAMP(3)) AS days
       FROM refund WHERE id = ?`,
      [refundId],
    );
    if (!row) return null;
    const ages = {
      secondsSinceSent: row.since_sent === null ? 0 : Number(row.since_sent),
      secondsWaiting: row.waiting === null ? 0 : Number(row.waiting),
    };
    return { refund: refundOf(row), ages, paidDaysAgo: Number(row.days) };
  }

  async byFacts(tx: Tx, facts: readonly string[]): Promise<Refund[]> {
    const rows = await sqlOf(tx).rows<RefundColumns>(
      `SELECT ${REFUND_COLUMNS} FROM refund WHERE fact IN (?)`,
      [facts],
    );
    return rows.map(refundOf);
  }

  async ofCharge(chargeId: Id<'chg'>, by: Sql = this.database): Promise<Refund[]> {
    const rows = await by.rows<RefundColumns>(
      `SELECT ${REFUND_COLUMNS} FROM refund WHERE charge_id = ? ORDER BY id`,
      [chargeId],
    );
    return rows.map(refundOf);
  }

  async refundedOf(tx: Tx, chargeIds: readonly Id<'chg'>[]): Promise<Map<Id<'chg'>, bigint>> {
    const rows = await sqlOf(tx).rows<{ charge_id: Id<'chg'>; total: string }>(
      'SELECT charge_id, SUM(amount) AS total FROM refund WHERE charge_id IN (?) GROUP BY charge_id',
      [chargeIds],
    );
    return new Map(rows.map((row) => [row.charge_id, BigInt(row.total)]));
  }

  async insert(tx: Tx, refunds: readonly NewRefund[]): Promise<void> {
    for (let at = 0; at < refunds.length; at += rowsPerStatement) {
      const rows = refunds
        .slice(at, at + rowsPerStatement)
        .map((r) => [
          ...[
            r.id,
            r.chargeId,
            r.pledgeId,
            r.campaignId,
            r.communityId,
            r.custodyAccountId,
            r.gateway,
            r.merchantRef,
          ],
          ...[
            r.orderNumber,
            r.orderAmount,
            r.number,
            r.fact,
            r.reason,
            r.amount,
            r.source,
            r.paidAt,
            'due',
            '2000-01-01 00:00:00.000',
          ],
        ]);
      await sqlOf(tx).change(
        `INSERT INTO refund (id, charge_id, pledge_id, campaign_id, community_id, custody_account_id, gateway, merchant_ref,
           order_number, order_amount, number, fact, reason, amount, source, paid_at, state, next_try_at) VALUES ?`,
        [rows],
      );
    }
  }

  /** Takes the right to send under the current number. Null when somebody else holds it. */
  async claimSending(tx: Tx, { id, version, fence, state }: Refund): Promise<number | null> {
    // Whatever was sent before and got no clear answer may still arrive.
    const doubtful = state === 'sent' || state === 'unknown';
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE refund SET state = 'sent', version = version + 1, fence = fence + 1, tries = tries + 1,
         lease_until = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND, sent_at = COALESCE(sent_at, UTC_TIMESTAMP(3)),
         called_at = UTC_TIMESTAMP(3), doubtful = IF(?, 1, doubtful), next_try_at = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND
       WHERE id = ? AND version = ? AND fence = ? AND lease_until <= UTC_TIMESTAMP(3)`,
      [doubtful, id, version, fence],
    );
    return affectedRows === 1 ? fence + 1 : null;
  }

  async claimCheck({ id, fence }: Refund): Promise<number | null> {
    const { affectedRows } = await this.database.change(
      `UPDATE refund SET fence = fence + 1, tries = tries + 1,
         lease_until = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND,
         next_try_at = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND
       WHERE id = ? AND fence = ? AND lease_until <= UTC_TIMESTAMP(3)`,
      [id, fence],
    );
    return affectedRows === 1 ? fence + 1 : null;
  }

  /** One guarded step to a state that is neither done nor a human's. False when the row moved since it was read. */
  async step(tx: Tx, refund: Refund, to: RefundState, nextSeconds: number): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE refund SET state = ?, version = version + 1, lease_until = UTC_TIMESTAMP(3),
         doubtful = IF(? = 'unknown', 1, doubtful),
         waiting_since = IF(? = 'waiting_funds', COALESCE(waiting_since, UTC_TIMESTAMP(3)), NULL),
         next_try_at = UTC_TIMESTAMP(3) + INTERVAL ? SECOND
       WHERE id = ? AND version = ? AND fence = ?`,
      [to, to, to, nextSeconds, refund.id, refund.version, refund.fence],
    );
    return affectedRows === 1;
  }

  async plan(tx: Tx, refund: Refund, nextSeconds: number): Promise<void> {
    await sqlOf(tx).change(
      `UPDATE refund SET lease_until = UTC_TIMESTAMP(3), next_try_at = UTC_TIMESTAMP(3) + INTERVAL ? SECOND
       WHERE id = ? AND fence = ?`,
      [nextSeconds, refund.id, refund.fence],
    );
  }

  /** The merchant's calls of this moment are used up: the refund waits its turn, unchanged. */
  async postpone(refundId: Id<'rfd'>, seconds: number): Promise<void> {
    await this.database.change(
      `UPDATE refund SET next_try_at = UTC_TIMESTAMP(3) + INTERVAL ? SECOND
       WHERE id = ? AND lease_until <= UTC_TIMESTAMP(3)`,
      [seconds, refundId],
    );
  }

  async giveUp(tx: Tx, refund: Refund, stuck: Stuck, detail: string): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE refund SET state = 'needs_human', version = version + 1, stuck = ?, stuck_detail = ?, next_try_at = NULL,
         lease_until = UTC_TIMESTAMP(3) WHERE id = ? AND version = ? AND fence = ?`,
      [stuck, detail, refund.id, refund.version, refund.fence],
    );
    return affectedRows === 1;
  }

  /** The payer has the money. Fences do not matter to a fact; the version keeps it from being booked twice. */
  async finish(tx: Tx, refund: Refund, doneAt: Date, transactionNo: string | null): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE refund SET state = 'done', version = version + 1, stuck = NULL, waiting_since = NULL, done_at = ?,
         transaction_no = ?, next_try_at = NULL, lease_until = UTC_TIMESTAMP(3)
       WHERE id = ? AND version = ? AND state <> 'done'`,
      [doneAt, transactionNo, refund.id, refund.version],
    );
    return affectedRows === 1;
  }

  /** Back to work, under a new number where the old one failed for good. */
  async redrive(tx: Tx, refund: Refund, attempt: number, number: string): Promise<boolean> {
    const isNewNumber = number !== refund.number;
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE refund SET state = 'due', version = version + 1, stuck = NULL, stuck_detail = NULL, waiting_since = NULL,
         attempt = ?, number = ?, sent_at = IF(?, NULL, sent_at), doubtful = IF(?, 0, doubtful), tries = 0,
         voucher = NULL, evidence = NULL, entered_by = NULL, next_try_at = UTC_TIMESTAMP(3)
       WHERE id = ? AND version = ?`,
      [attempt, number, isNewNumber, isNewNumber, refund.id, refund.version],
    );
    return affectedRows === 1;
  }

  async enterByHand(
    tx: Tx,
    refund: Refund,
    entry: { readonly voucher: string; readonly evidence: string; readonly enteredBy: Id<'per'> },
  ): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE refund SET version = version + 1, voucher = ?, evidence = ?, entered_by = ? WHERE id = ? AND version = ?`,
      [entry.voucher, entry.evidence, entry.enteredBy, refund.id, refund.version],
    );
    return affectedRows === 1;
  }

  async confirmByHand(tx: Tx, refund: Refund, confirmedBy: Id<'per'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE refund SET state = 'done', version = version + 1, stuck = NULL, waiting_since = NULL, confirmed_by = ?,
         done_at = UTC_TIMESTAMP(3), next_try_at = NULL WHERE id = ? AND version = ? AND state = 'needs_human'`,
      [confirmedBy, refund.id, refund.version],
    );
    return affectedRows === 1;
  }

  async due(limit: number): Promise<Id<'rfd'>[]> {
    const rows = await this.database.rows<{ id: Id<'rfd'> }>(
      'SELECT id FROM refund WHERE next_try_at <= UTC_TIMESTAMP(3) ORDER BY next_try_at, id LIMIT ?',
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** By id, so by age. `communityIds` null means every community. */
  async page({ states, campaignId, communityIds, after, limit }: RefundPage): Promise<Refund[]> {
    if (communityIds?.length === 0) return [];
    const where = ['id > ?', ...(states ? ['state IN (?)'] : []), ...(campaignId ? ['campaign_id = ?'] : [])];
    if (communityIds) where.push('community_id IN (?)');
    const values = [after ?? '', ...(states ? [states] : []), ...(campaignId ? [campaignId] : [])];
    const rows = await this.database.rows<RefundColumns>(
      `SELECT ${REFUND_COLUMNS} FROM refund WHERE ${where.join(' AND ')} ORDER BY id LIMIT ?`,
      [...values, ...(communityIds ? [communityIds] : []), limit],
    );
    return rows.map(refundOf);
  }

  /** Money on its way back, by state: how many, how much, how long. */
  async backlog(
    campaignId: Id<'cmp'> | null = null,
  ): Promise<{ state: RefundState; n: number; amount: bigint; oldestSeconds: number }[]> {
    const rows = await this.database.rows<{ state: RefundState; n: string; amount: string; age: string }>(
      `SELECT state, COUNT(*) AS n, SUM(amount) AS amount, TIMESTAMPDIFF(SECOND, MIN(created_at), UTC_TIMESTAMP(3)) AS age
       FROM refund WHERE ${campaignId === null ? "state <> 'done'" : 'campaign_id = ?'} GROUP BY state`,
      campaignId === null ? [] : [campaignId],
    );
    return rows.map((r) => ({
      state: r.state,
      n: Number(r.n),
      amount: BigInt(r.amount),
      oldestSeconds: Number(r.age),
    }));
  }
}
