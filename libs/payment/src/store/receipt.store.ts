import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import type { OfflineReceipt, ReceiptMethod, ReceiptState } from '../domain/receipt.js';

const COLUMNS = `id, pledge_id, campaign_id, community_id, payer_id, custody_account_id, method, receipt_number, expected, amount,
  received_at, evidence, state, version, entered_by, confirmed_by, refusal, operation_id, created_at`;

interface ReceiptColumns {
  readonly id: Id<'rct'>;
  readonly pledge_id: Id<'plg'>;
  readonly campaign_id: Id<'cmp'>;
  readonly community_id: Id<'com'>;
  readonly payer_id: Id<'per'>;
  readonly custody_account_id: Id<'cus'>;
  readonly method: ReceiptMethod;
  readonly receipt_number: string;
  readonly expected: string;
  readonly amount: string;
  readonly received_at: Date;
  readonly evidence: string;
  readonly state: ReceiptState;
  readonly version: number;
  readonly entered_by: Id<'per'>;
  readonly confirmed_by: Id<'per'> | null;
  readonly refusal: string | null;
  readonly operation_id: string;
  readonly created_at: Date;
}

export type NewReceipt = Omit<OfflineReceipt, 'state' | 'version' | 'confirmedBy' | 'refusal' | 'createdAt'>;

/** Cash and transfers that the custodian took in, as people wrote them down. */
export class ReceiptStore {
  constructor(private readonly database: Database) {}

  async find(receiptId: Id<'rct'>, by: Sql = this.database): Promise<OfflineReceipt | null> {
    const row = await by.row<ReceiptColumns>(`SELECT ${COLUMNS} FROM offline_receipt WHERE id = ?`, [
      receiptId,
    ]);
    return row && receiptOf(row);
  }

  async byOperation(tx: Tx, enteredBy: Id<'per'>, operationId: string): Promise<OfflineReceipt | null> {
    const row = await sqlOf(tx).row<ReceiptColumns>(
      `SELECT ${COLUMNS} FROM offline_receipt WHERE entered_by = ? AND operation_id = ?`,
      [enteredBy, operationId],
    );
    return row && receiptOf(row);
  }

  within(tx: Tx, receiptId: Id<'rct'>): Promise<OfflineReceipt | null> {
    return this.find(receiptId, sqlOf(tx));
  }

  /** Whether a receipt of the pledge waits for its second person or was confirmed. */
  async hasLive(tx: Tx, pledgeId: Id<'plg'>): Promise<boolean> {
    const row = await sqlOf(tx).row(
      "SELECT id FROM offline_receipt WHERE pledge_id = ? AND state <> 'refused' LIMIT 1",
      [pledgeId],
    );
    return row !== null;
  }

  async page(
    communityId: Id<'com'>,
    state: ReceiptState,
    after: string | null,
    limit: number,
  ): Promise<OfflineReceipt[]> {
    const rows = await this.database.rows<ReceiptColumns>(
      `SELECT ${COLUMNS} FROM offline_receipt WHERE community_id = ? AND state = ? AND id > ? ORDER BY id LIMIT ?`,
      [communityId, state, after ?? '', limit],
    );
    return rows.map(receiptOf);
  }

  /** Whether the instant has passed, by the database's clock. Nobody took money in the future. */
  async hasPassed(tx: Tx, at: Date): Promise<boolean> {
    const row = await sqlOf(tx).row<{ ok: number }>('SELECT ? <= UTC_TIMESTAMP(3) AS ok', [at]);
    return Number(row?.ok) === 1;
  }

  /** A unique key keeps one receipt number of an account from being entered twice, unless the first was refused. */
  async insert(tx: Tx, receipt: NewReceipt): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO offline_receipt (id, pledge_id, campaign_id, community_id, payer_id, custody_account_id, method,
         receipt_number, live_number, expected, amount, received_at, evidence, entered_by, operation_id, state) VALUES (?)`,
      [
        [
          ...[receipt.id, receipt.pledgeId, receipt.campaignId, receipt.communityId, receipt.payerId],
          ...[receipt.custodyAccountId, receipt.method, receipt.receiptNumber, receipt.receiptNumber],
          ...[
            receipt.expected,
            receipt.amount,
            receipt.receivedAt,
            receipt.evidence,
            receipt.enteredBy,
            receipt.operationId,
            'entered',
          ],
        ],
      ],
    );
  }

  async confirm(tx: Tx, { id, version }: OfflineReceipt, confirmedBy: Id<'per'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE offline_receipt SET state = 'confirmed', version = version + 1, confirmed_by = ?, decided_at = UTC_TIMESTAMP(3)
       WHERE id = ? AND version = ? AND state = 'entered'`,
      [confirmedBy, id, version],
    );
    return affectedRows === 1;
  }

  async refuse(
    tx: Tx,
    { id, version }: OfflineReceipt,
    refusedBy: Id<'per'>,
    refusal: string,
  ): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE offline_receipt SET state = 'refused', version = version + 1, refused_by = ?, refusal = ?, live_number = NULL,
         decided_at = UTC_TIMESTAMP(3) WHERE id = ? AND version = ? AND state = 'entered'`,
      [refusedBy, refusal, id, version],
    );
    return affectedRows === 1;
  }
}

function receiptOf(row: ReceiptColumns): OfflineReceipt {
  return {
    id: row.id,
    pledgeId: row.pledge_id,
    campaignId: row.campaign_id,
    communityId: row.community_id,
    payerId: row.payer_id,
    custodyAccountId: row.custody_account_id,
    method: row.method,
    receiptNumber: row.receipt_number,
    expected: BigInt(row.expected),
    amount: BigInt(row.amount),
    receivedAt: row.received_at,
    evidence: row.evidence,
    state: row.state,
    version: row.version,
    enteredBy: row.entered_by,
    confirmedBy: row.confirmed_by,
    refusal: row.refusal,
    operationId: row.operation_id,
    createdAt: row.created_at,
  };
}
