import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import type { ClawBack, ClawBackState } from '../domain/claw-back.js';

const COLUMNS = `id, payout_id, campaign_id, community_id, custody_account_id, amount, voucher, reason, state, version,
  entered_by, decided_by, decided_at, created_at`;

interface ClawBackColumns {
  readonly id: Id<'clw'>;
  readonly payout_id: Id<'pyo'>;
  readonly campaign_id: Id<'cmp'>;
  readonly community_id: Id<'com'>;
  readonly custody_account_id: Id<'cus'>;
  readonly amount: string;
  readonly voucher: string;
  readonly reason: string;
  readonly state: ClawBackState;
  readonly version: number;
  readonly entered_by: Id<'per'>;
  readonly decided_by: Id<'per'> | null;
  readonly decided_at: Date | null;
  readonly created_at: Date;
}

export type NewClawBack = Omit<ClawBack, 'state' | 'version' | 'decidedBy' | 'decidedAt' | 'createdAt'>;

/** Money that payees gave back, as people wrote it down. */
export class ClawBackStore {
  constructor(private readonly database: Database) {}

  async find(id: Id<'clw'>, by: Sql = this.database): Promise<ClawBack | null> {
    const row = await by.row<ClawBackColumns>(`SELECT ${COLUMNS} FROM claw_back WHERE id = ?`, [id]);
    return row && clawBackOf(row);
  }

  async ofPayout(payoutId: Id<'pyo'>): Promise<ClawBack[]> {
    const rows = await this.database.rows<ClawBackColumns>(
      `SELECT ${COLUMNS} FROM claw_back WHERE payout_id = ? ORDER BY id LIMIT 200`,
      [payoutId],
    );
    return rows.map(clawBackOf);
  }

  /** Fen that came back or wait to be confirmed. The caller holds the payout's row. */
  async claimedOf(tx: Tx, payoutId: Id<'pyo'>): Promise<bigint> {
    const row = await sqlOf(tx).row<{ total: string }>(
      "SELECT COALESCE(SUM(amount), 0) AS total FROM claw_back WHERE payout_id = ? AND state <> 'refused'",
      [payoutId],
    );
    return BigInt(row?.total ?? 0);
  }

  /** Fen that came back of each payout. */
  async returnedOf(payoutIds: readonly Id<'pyo'>[]): Promise<Map<Id<'pyo'>, bigint>> {
    if (payoutIds.length === 0) return new Map();
    const rows = await this.database.rows<{ payout_id: Id<'pyo'>; total: string }>(
      `SELECT payout_id, SUM(amount) AS total FROM claw_back WHERE payout_id IN (?) AND state = 'confirmed'
       GROUP BY payout_id`,
      [payoutIds],
    );
    return new Map(rows.map(({ payout_id, total }) => [payout_id, BigInt(total)]));
  }

  /** A unique key keeps one bank voucher of the account from being entered twice, unless the first was refused. */
  async insert(tx: Tx, one: NewClawBack): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO claw_back (id, payout_id, campaign_id, community_id, custody_account_id, amount, voucher, live_voucher,
         reason, entered_by, state) VALUES (?)`,
      [
        [
          ...[one.id, one.payoutId, one.campaignId, one.communityId, one.custodyAccountId, one.amount],
          ...[one.voucher, one.voucher, one.reason, one.enteredBy, 'entered'],
        ],
      ],
    );
  }

  async decide(
    tx: Tx,
    { id, version }: ClawBack,
    to: Exclude<ClawBackState, 'entered'>,
    by: Id<'per'>,
  ): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE claw_back SET state = ?, version = version + 1, decided_by = ?, decided_at = UTC_TIMESTAMP(3),
         live_voucher = IF(? = 'refused', NULL, live_voucher) WHERE id = ? AND version = ? AND state = 'entered'`,
      [to, by, to, id, version],
    );
    return affectedRows === 1;
  }
}

function clawBackOf(row: ClawBackColumns): ClawBack {
  return {
    id: row.id,
    payoutId: row.payout_id,
    campaignId: row.campaign_id,
    communityId: row.community_id,
    custodyAccountId: row.custody_account_id,
    amount: BigInt(row.amount),
    voucher: row.voucher,
    reason: row.reason,
    state: row.state,
    version: row.version,
    enteredBy: row.entered_by,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    createdAt: row.created_at,
  };
}
