import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import { channelCheckHours, type Check, type CheckState, type MerchantChannel } from '../domain/channel.js';
import type { GatewayName } from '../domain/charge.js';

const COLUMNS = `id, custody_account_id, community_id, gateway, merchant_ref, state, version, proposed_by, approved_by,
  check_state, check_detail, checked_at`;

interface ChannelColumns {
  readonly id: Id<'chn'>;
  readonly custody_account_id: Id<'cus'>;
  readonly community_id: Id<'com'>;
  readonly gateway: GatewayName;
  readonly merchant_ref: string;
  readonly state: MerchantChannel['state'];
  readonly version: number;
  readonly proposed_by: Id<'per'>;
  readonly approved_by: Id<'per'> | null;
  readonly check_state: CheckState;
  readonly check_detail: string | null;
  readonly checked_at: Date | null;
}

export type NewChannel = Pick<
  MerchantChannel,
  'id' | 'custodyAccountId' | 'communityId' | 'gateway' | 'merchantRef' | 'proposedBy'
>;

/** The merchant accounts of custodians. Their keys are in a store of their own. */
export class ChannelStore {
  constructor(private readonly database: Database) {}

  async find(channelId: Id<'chn'>, by: Sql = this.database): Promise<MerchantChannel | null> {
    const row = await by.row<ChannelColumns>(`SELECT ${COLUMNS} FROM merchant_channel WHERE id = ?`, [
      channelId,
    ]);
    return row && channelOf(row);
  }

  /** The channels of some accounts, oldest first; an account has a handful. */
  async ofAccounts(
    accountIds: readonly Id<'cus'>[],
    by: Sql = this.database,
  ): Promise<readonly MerchantChannel[]> {
    if (accountIds.length === 0) return [];
    const rows = await by.rows<ChannelColumns>(
      `SELECT ${COLUMNS} FROM merchant_channel WHERE custody_account_id IN (?) ORDER BY id`,
      [accountIds],
    );
    return rows.map(channelOf);
  }

  /** Fails on the unique key when the account has this merchant already. */
  async insert(tx: Tx, channel: NewChannel): Promise<void> {
    const { id, custodyAccountId, communityId, gateway, merchantRef, proposedBy } = channel;
    await sqlOf(tx).change(
      `INSERT INTO merchant_channel (id, custody_account_id, community_id, gateway, merchant_ref, proposed_by, state, live_of)
       VALUES (?)`,
      [
        [
          ...[id, custodyAccountId, communityId, gateway, merchantRef, proposedBy, 'proposed'],
          `${custodyAccountId}|${gateway}|${merchantRef}`,
        ],
      ],
    );
  }

  async activate(tx: Tx, { id, version }: MerchantChannel, approvedBy: Id<'per'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE merchant_channel SET state = 'active', version = version + 1, approved_by = ?, approved_at = UTC_TIMESTAMP(3),
         next_check_at = UTC_TIMESTAMP(3) WHERE id = ? AND version = ? AND state = 'proposed'`,
      [approvedBy, id, version],
    );
    return affectedRows === 1;
  }

  async close(tx: Tx, { id, version }: MerchantChannel, closedBy: Id<'per'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE merchant_channel SET state = 'closed', version = version + 1, closed_by = ?, live_of = NULL, next_check_at = NULL
       WHERE id = ? AND version = ? AND state <> 'closed'`,
      [closedBy, id, version],
    );
    return affectedRows === 1;
  }

  /** Writes down what the keys in use showed, and when to ask again. */
  async noteCheck(channelId: Id<'chn'>, { state, detail }: Pick<Check, 'state' | 'detail'>): Promise<void> {
    await this.database.change(
      `UPDATE merchant_channel SET check_state = ?, check_detail = ?, checked_at = UTC_TIMESTAMP(3),
         next_check_at = CASE WHEN state = 'active' THEN UTC_TIMESTAMP(3) + INTERVAL ? HOUR ELSE NULL END WHERE id = ?`,
      [state, detail, channelCheckHours, channelId],
    );
  }

  async due(limit: number): Promise<Id<'chn'>[]> {
    const rows = await this.database.rows<{ id: Id<'chn'> }>(
      'SELECT id FROM merchant_channel WHERE next_check_at <= UTC_TIMESTAMP(3) ORDER BY next_check_at, id LIMIT ?',
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** How many active channels did not work when they were asked last. */
  async failing(): Promise<number> {
    const row = await this.database.row<{ n: string }>(
      "SELECT COUNT(*) AS n FROM merchant_channel WHERE state = 'active' AND check_state IN ('fails', 'no_answer')",
    );
    return Number(row?.n ?? 0);
  }
}

function channelOf(row: ChannelColumns): MerchantChannel {
  return {
    id: row.id,
    custodyAccountId: row.custody_account_id,
    communityId: row.community_id,
    gateway: row.gateway,
    merchantRef: row.merchant_ref,
    state: row.state,
    version: row.version,
    proposedBy: row.proposed_by,
    approvedBy: row.approved_by,
    check: { state: row.check_state, detail: row.check_detail, at: row.checked_at },
  };
}
