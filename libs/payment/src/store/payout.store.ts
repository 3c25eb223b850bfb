import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import {
  PAYOUT_WAITING,
  type Payout,
  type PayoutPart,
  type PayoutState,
  type PayoutVoucher,
} from '../domain/payout.js';

const COLUMNS = `id, campaign_id, community_id, custody_account_id, payee_id, part, amount, purpose, account_version,
  account_changed_at, account_entered_by, partner_id, payee_person_id, state, version, proposed_by, approved_by,
  released_by, released_at, sent_by, sent_at, ended_by, ended_at, voucher, reason, created_at`;

interface PayoutColumns {
  readonly id: Id<'pyo'>;
  readonly campaign_id: Id<'cmp'>;
  readonly community_id: Id<'com'>;
  readonly custody_account_id: Id<'cus'>;
  readonly payee_id: Id<'pye'>;
  readonly part: PayoutPart;
  readonly amount: string;
  readonly purpose: string;
  readonly account_version: number;
  readonly account_changed_at: Date;
  readonly account_entered_by: Id<'per'>;
  readonly partner_id: Id<'ptn'> | null;
  readonly payee_person_id: Id<'per'> | null;
  readonly state: PayoutState;
  readonly version: number;
  readonly proposed_by: Id<'per'>;
  readonly approved_by: Id<'per'> | null;
  readonly released_by: Id<'per'> | null;
  readonly released_at: Date | null;
  readonly sent_by: Id<'per'> | null;
  readonly sent_at: Date | null;
  readonly ended_by: Id<'per'> | null;
  readonly ended_at: Date | null;
  readonly voucher: string | null;
  readonly reason: string | null;
  readonly created_at: Date;
}

export type NewPayout = Pick<
  Payout,
  | 'id'
  | 'campaignId'
  | 'communityId'
  | 'custodyAccountId'
  | 'payeeId'
  | 'part'
  | 'amount'
  | 'purpose'
  | 'accountVersion'
  | 'accountChangedAt'
  | 'accountEnteredBy'
  | 'partnerId'
  | 'payeePersonId'
  | 'proposedBy'
>;

/** How a payout ends. `voucher` is the bank's number where the bank had a part in it. */
export interface PayoutEnd {
  readonly to: Extract<PayoutState, 'done' | 'refused' | 'withdrawn' | 'returned'>;
  readonly by: Id<'per'>;
  readonly voucher: string | null;
  readonly reason: string | null;
}

interface VoucherColumns {
  readonly payout_id: Id<'pyo'>;
  readonly number: string;
  readonly title: string;
  readonly amount: string;
  readonly file_id: Id<'fil'> | null;
  readonly evidence: string | null;
}

/** Money on its way out. Every write that changes a state names the version that it was decided on. */
export class PayoutStore {
  constructor(private readonly database: Database) {}

  async find(id: Id<'pyo'>, by: Sql = this.database): Promise<Payout | null> {
    const row = await by.row<PayoutColumns>(`SELECT ${COLUMNS} FROM payout WHERE id = ?`, [id]);
    return row && payoutOf(row);
  }

  /** Locked, so that what came back of it is counted by one at a time. */
  async lock(tx: Tx, id: Id<'pyo'>): Promise<Payout | null> {
    const row = await sqlOf(tx).row<PayoutColumns>(`SELECT ${COLUMNS} FROM payout WHERE id = ? FOR UPDATE`, [
      id,
    ]);
    return row && payoutOf(row);
  }

  async ofCampaign(campaignId: Id<'cmp'>, after: string | null, limit: number): Promise<Payout[]> {
    const rows = await this.database.rows<PayoutColumns>(
      `SELECT ${COLUMNS} FROM payout WHERE campaign_id = ? AND id > ? ORDER BY id LIMIT ?`,
      [campaignId, after ?? '', limit],
    );
    return rows.map(payoutOf);
  }

  async vouchersOf(ids: readonly Id<'pyo'>[]): Promise<Map<Id<'pyo'>, PayoutVoucher[]>> {
    const all = new Map<Id<'pyo'>, PayoutVoucher[]>(ids.map((id) => [id, []]));
    if (ids.length === 0) return all;
    const rows = await this.database.rows<VoucherColumns>(
      `SELECT payout_id, number, title, amount, file_id, evidence FROM payout_voucher
       WHERE payout_id IN (?) ORDER BY payout_id, position`,
      [ids],
    );
    for (const { payout_id, number, title, amount, file_id: fileId, evidence } of rows)
      all.get(payout_id)?.push({ number, title, amount: BigInt(amount), fileId, evidence });
    return all;
  }

  /** A unique key keeps one voucher of a payee from proving two payouts, unless the first came to nothing. */
  async insert(tx: Tx, payout: NewPayout, vouchers: readonly PayoutVoucher[]): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO payout (id, campaign_id, community_id, custody_account_id, payee_id, part, amount, purpose,
         account_version, account_changed_at, account_entered_by, partner_id, payee_person_id, proposed_by, state)
       VALUES (?)`,
      [
        [
          ...[payout.id, payout.campaignId, payout.communityId, payout.custodyAccountId, payout.payeeId],
          ...[payout.part, payout.amount, payout.purpose, payout.accountVersion],
          ...[payout.accountChangedAt, payout.accountEnteredBy, payout.partnerId, payout.payeePersonId],
          ...[payout.proposedBy, 'proposed'],
        ],
      ],
    );
    await sqlOf(tx).change(
      `INSERT INTO payout_voucher (payout_id, position, payee_id, number, live_number, title, amount, file_id, evidence)
       VALUES ?`,
      [
        vouchers.map(({ number, title, amount, fileId, evidence }, position) => [
          ...[payout.id, position, payout.payeeId, number, number, title, amount, fileId, evidence],
        ]),
      ],
    );
  }

  async approve(tx: Tx, { id, version }: Payout, by: Id<'per'>): Promise<boolean> {
    return moved(
      tx,
      `UPDATE payout SET state = 'approved_once', version = version + 1, approved_by = ?, approved_at = UTC_TIMESTAMP(3)
       WHERE id = ? AND version = ? AND state = 'proposed'`,
      [by, id, version],
    );
  }

  async release(tx: Tx, { id, version }: Payout, by: Id<'per'>): Promise<boolean> {
    return moved(
      tx,
      `UPDATE payout SET state = 'released', version = version + 1, released_by = ?, released_at = UTC_TIMESTAMP(3)
       WHERE id = ? AND version = ? AND state = 'approved_once'`,
      [by, id, version],
    );
  }

  async send(tx: Tx, { id, version }: Payout, by: Id<'per'>): Promise<boolean> {
    return moved(
      tx,
      `UPDATE payout SET state = 'sent', version = version + 1, sent_by = ?, sent_at = UTC_TIMESTAMP(3)
       WHERE id = ? AND version = ? AND state = 'released'`,
      [by, id, version],
    );
  }

  /** Its last step. A payout that came to nothing frees its vouchers for another. */
  async end(tx: Tx, payout: Payout, { to, by, voucher, reason }: PayoutEnd): Promise<boolean> {
    const isDone = await moved(
      tx,
      `UPDATE payout SET state = ?, version = version + 1, ended_by = ?, ended_at = UTC_TIMESTAMP(3), voucher = ?,
         live_voucher = ?, reason = ? WHERE id = ? AND version = ? AND state = ?`,
      [to, by, voucher, voucher, reason, payout.id, payout.version, payout.state],
    );
    if (isDone && to !== 'done') {
      await sqlOf(tx).change('UPDATE payout_voucher SET live_number = NULL WHERE payout_id = ?', [payout.id]);
    }
    return isDone;
  }

  /** How many payouts wait for somebody. */
  async waiting(): Promise<number> {
    const row = await this.database.row<{ n: string }>(
      'SELECT COUNT(*) AS n FROM payout WHERE state IN (?)',
      [PAYOUT_WAITING],
    );
    return Number(row?.n ?? 0);
  }
}

async function moved(tx: Tx, text: string, values: readonly (string | number | null)[]): Promise<boolean> {
  const { affectedRows } = await sqlOf(tx).change(text, values);
  return affectedRows === 1;
}

function payoutOf(row: PayoutColumns): Payout {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    communityId: row.community_id,
    custodyAccountId: row.custody_account_id,
    payeeId: row.payee_id,
    part: row.part,
    amount: BigInt(row.amount),
    purpose: row.purpose,
    accountVersion: row.account_version,
    accountChangedAt: row.account_changed_at,
    accountEnteredBy: row.account_entered_by,
    partnerId: row.partner_id,
    payeePersonId: row.payee_person_id,
    state: row.state,
    version: row.version,
    proposedBy: row.proposed_by,
    approvedBy: row.approved_by,
    releasedBy: row.released_by,
    releasedAt: row.released_at,
    sentBy: row.sent_by,
    sentAt: row.sent_at,
    endedBy: row.ended_by,
    endedAt: row.ended_at,
    voucher: row.voucher,
    reason: row.reason,
    createdAt: row.created_at,
  };
}
