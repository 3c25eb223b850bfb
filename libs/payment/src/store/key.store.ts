import type { Id, Tx } from '@hehuo/kernel';
import { Database, FieldCipher, sqlOf, type Sql } from '@hehuo/platform';
import {
  previousKeysHours,
  type Check,
  type CheckState,
  type KeyRevision,
  type KeyState,
} from '../domain/channel.js';
import type { GatewayName } from '../domain/charge.js';

/** Names of a gateway's settings with their values, as its adapter knows them. */
export type Keys = Readonly<Record<string, string>>;

interface KeyColumns {
  readonly channel_id: Id<'chn'>;
  readonly revision: number;
  readonly state: KeyState;
  readonly sealed: string;
  readonly entered_by: Id<'per'>;
  readonly check_state: CheckState;
  readonly check_detail: string | null;
  readonly checked_at: Date | null;
}

const COLUMNS = 'channel_id, revision, state, sealed, entered_by, check_state, check_detail, checked_at';

/** Merchants' keys, sealed with the channel and the revision, so that they cannot be moved to another merchant's row. */
export class KeyStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  async revisions(channelId: Id<'chn'>, by: Sql = this.database): Promise<readonly KeyRevision[]> {
    const rows = await by.rows<KeyColumns>(
      `SELECT ${COLUMNS} FROM merchant_key_set WHERE channel_id = ? ORDER BY revision DESC`,
      [channelId],
    );
    return rows.map(revisionOf);
  }

  /** Writes the next revision as a proposal in the place of an older proposal. Two at once: one fails on the key. */
  async propose(tx: Tx, channelId: Id<'chn'>, keys: Keys, enteredBy: Id<'per'>): Promise<number> {
    const sql = sqlOf(tx);
    const row = await sql.row<{ last: number | null }>(
      'SELECT MAX(revision) AS last FROM merchant_key_set WHERE channel_id = ? FOR UPDATE',
      [channelId],
    );
    const revision = Number(row?.last ?? 0) + 1;
    await sql.change(
      "UPDATE merchant_key_set SET state = 'dropped', sealed = '', retired_at = UTC_TIMESTAMP(3) WHERE channel_id = ? AND state = 'proposed'",
      [channelId],
    );
    await sql.change(
      'INSERT INTO merchant_key_set (channel_id, revision, state, sealed, entered_by) VALUES (?)',
      [[channelId, revision, 'proposed', this.seal(channelId, revision, keys), enteredBy]],
    );
    return revision;
  }

  async read(channelId: Id<'chn'>, revision: number): Promise<Keys | null> {
    const row = await this.database.row<KeyColumns>(
      `SELECT ${COLUMNS} FROM merchant_key_set WHERE channel_id = ? AND revision = ? AND state <> 'dropped'`,
      [channelId, revision],
    );
    return row && this.open(row);
  }

  async noteCheck(
    channelId: Id<'chn'>,
    revision: number,
    { state, detail }: Pick<Check, 'state' | 'detail'>,
  ): Promise<void> {
    await this.database.change(
      `UPDATE merchant_key_set SET check_state = ?, check_detail = ?, checked_at = UTC_TIMESTAMP(3)
       WHERE channel_id = ? AND revision = ?`,
      [state, detail, channelId, revision],
    );
  }

  /** The proposal becomes what is used; what was used so far still opens late callbacks for a while. */
  async promote(tx: Tx, channelId: Id<'chn'>, revision: number, approvedBy: Id<'per'>): Promise<boolean> {
    const sql = sqlOf(tx);
    await sql.change(
      "UPDATE merchant_key_set SET state = 'previous', retired_at = UTC_TIMESTAMP(3) WHERE channel_id = ? AND state = 'current'",
      [channelId],
    );
    const { affectedRows } = await sql.change(
      "UPDATE merchant_key_set SET state = 'current', approved_by = ? WHERE channel_id = ? AND revision = ? AND state = 'proposed'",
      [approvedBy, channelId, revision],
    );
    return affectedRows === 1;
  }

  /** The keys of a merchant, newest first, on whatever account it was entered. */
  async ofMerchant(gateway: GatewayName, merchantRef: string): Promise<readonly Keys[]> {
    const rows = await this.database.rows<KeyColumns>(
      `SELECT ${COLUMNS.split(', ')
        .map((column) => `k.${column}`)
        .join(', ')} FROM merchant_channel c JOIN merchant_key_set k ON k.channel_id = c.id
       WHERE c.gateway = ? AND c.merchant_ref = ? AND (k.state = 'current'
         OR (k.state = 'previous' AND k.retired_at > UTC_TIMESTAMP(3) - INTERVAL ? HOUR))
       ORDER BY k.state = 'current' DESC, k.created_at DESC`,
      [gateway, merchantRef, previousKeysHours],
    );
    return rows.map((row) => this.open(row));
  }

  /** Forgets what nothing can arrive under any more. Returns how many. */
  async forgetRetired(): Promise<number> {
    const { affectedRows } = await this.database.change(
      `UPDATE merchant_key_set SET state = 'dropped', sealed = ''
       WHERE state = 'previous' AND retired_at <= UTC_TIMESTAMP(3) - INTERVAL ? HOUR`,
      [previousKeysHours],
    );
    return affectedRows;
  }

  private seal(channelId: Id<'chn'>, revision: number, keys: Keys): string {
    return this.cipher.seal(placeOf(channelId, revision), JSON.stringify(keys));
  }

  private open({ channel_id, revision, sealed }: KeyColumns): Keys {
    return JSON.parse(this.cipher.open(placeOf(channel_id, revision), sealed)) as Keys;
  }
}

function placeOf(channelId: Id<'chn'>, revision: number): string {
  return `merchant_key_set|sealed|${channelId}|${revision}`;
}

function revisionOf(row: KeyColumns): KeyRevision {
  return {
    channelId: row.channel_id,
    revision: Number(row.revision),
    state: row.state,
    enteredBy: row.entered_by,
    check: { state: row.check_state, detail: row.check_detail, at: row.checked_at },
  };
}
