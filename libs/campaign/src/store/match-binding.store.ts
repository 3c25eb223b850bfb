import { Injectable } from '@nestjs/common';
import { StateLog, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql, type SqlValue } from '@hehuo/platform';
import {
  MATCH_BINDING_MACHINE,
  type MatchBinding,
  type MatchBindingEvent,
  type MatchBindingState,
} from '../domain/match-binding.js';
import { MatchError } from '../domain/match-errors.js';
import type { MatchPool } from '../domain/match-pool.js';
import { POOL_COLUMNS, poolOf, type MatchRecord } from './match-pool.store.js';

/** A pool in a campaign, both as they are stored. */
export interface BoundRow {
  readonly binding: MatchBinding;
  readonly pool: MatchPool;
}

/** A match that its donor never paid, as anybody may read it. */
export interface WrittenOff {
  readonly campaignId: Id<'cmp'>;
  /** Fen. */
  readonly amount: bigint;
  readonly reason: string;
  readonly at: Date;
}

/** Written together with a change of state. `null` empties the column. */
export interface BindingColumns {
  readonly confirmed?: bigint;
  readonly received?: bigint;
  readonly residents?: bigint;
  readonly decided_at?: Date;
  readonly voucher?: string | null;
  readonly evidence?: string | null;
  readonly receipt_at?: Date | null;
  readonly entered_by?: Id<'per'> | null;
  readonly confirmed_by?: Id<'per'>;
  readonly receipt_amount?: bigint | null;
  readonly write_off_reason?: string | null;
  readonly write_off_by?: Id<'per'> | null;
  readonly written_off_by?: Id<'per'>;
  readonly written_off_at?: Date;
}

const SELECT = `SELECT b.id, b.pool_id, b.campaign_id, b.state, b.version, b.reserved, b.released, b.confirmed, b.received,
    b.residents, b.voucher, b.evidence, b.receipt_at, b.entered_by, b.confirmed_by,
    b.returned, b.receipt_amount, b.write_off_reason, b.write_off_by, b.written_off_by, b.written_off_at, b.created_at, ${POOL_COLUMNS}
  FROM match_campaign b FORCE INDEX (match_campaign_once) STRAIGHT_JOIN match_pool p ON p.id = b.pool_id`;

/** Which pools are bound to which campaigns, with the sums of each campaign. */
@Injectable()
export class MatchBindingStore {
  constructor(
    private readonly database: Database,
    private readonly log: StateLog,
  ) {}

  /**
   * The pools of a campaign, locked until the transaction ends and always in the order of their ids: two campaigns
   * that share pools then wait for each other and never in a circle. The caller holds the campaign's intake.
   */
  lockOfCampaign(tx: Tx, campaignId: Id<'cmp'>): Promise<BoundRow[]> {
    return list(sqlOf(tx), campaignId, 'FOR UPDATE');
  }

  ofCampaign(campaignId: Id<'cmp'>, tx?: Tx): Promise<BoundRow[]> {
    return list(tx ? sqlOf(tx) : this.database, campaignId, '');
  }

  async insert(
    tx: Tx,
    binding: {
      readonly id: Id<'mbd'>;
      readonly poolId: Id<'mpl'>;
      readonly campaignId: Id<'cmp'>;
      readonly boundBy: Id<'per'>;
    },
  ): Promise<void> {
    const { id, poolId, campaignId, boundBy } = binding;
    await sqlOf(tx).change(
      'INSERT INTO match_campaign (id, pool_id, campaign_id, state, bound_by) VALUES (?, ?, ?, ?, ?)',
      [id, poolId, campaignId, MATCH_BINDING_MACHINE.initial, boundBy],
    );
    await this.logged(tx, id, null, MATCH_BINDING_MACHINE.initial, 'bind');
  }

  async changeState(
    tx: Tx,
    binding: MatchBinding,
    event: MatchBindingEvent,
    columns: BindingColumns = {},
    reason?: string,
  ): Promise<void> {
    const to = MATCH_BINDING_MACHINE.next(binding.state, event);
    const names = Object.keys(columns);
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE match_campaign SET state = ?, version = version + 1${names.map((name) => `, ${name} = ?`).join('')}
       WHERE id = ? AND state = ?`,
      [to, ...(Object.values(columns) as SqlValue[]), binding.id, binding.state],
    );
    if (affectedRows !== 1)
      throw new MatchError('match_not_bound', 'this match changed meanwhile; read it again');
    await this.logged(tx, binding.id, binding.state, to, event, reason);
  }

  /** Adds to the sums of a binding whose pool the caller has locked. */
  async move(
    tx: Tx,
    campaignId: Id<'cmp'>,
    poolId: Id<'mpl'>,
    by: { readonly reserved: bigint; readonly released?: bigint; readonly returned?: bigint },
  ): Promise<void> {
    await sqlOf(tx).change(
      `UPDATE match_campaign SET reserved = reserved + ?, released = released + ?, returned = returned + ?, version = version + 1
       WHERE campaign_id = ? AND pool_id = ?`,
      [by.reserved, by.released ?? 0n, by.returned ?? 0n, campaignId, poolId],
    );
  }

  /** What was written off of a pool, the newest first. */
  async writtenOff(poolId: Id<'mpl'>, limit: number): Promise<WrittenOff[]> {
    const rows = await this.database.rows<
      Record<'campaign_id' | 'confirmed' | 'reason', string> & { at: Date }
    >(
      `SELECT b.campaign_id, COALESCE(SUM(t.amount), 0) AS confirmed, b.write_off_reason AS reason, b.written_off_at AS at
       FROM match_campaign b LEFT JOIN match_return t ON t.binding_id = b.id AND t.cause = 'written_off'
       WHERE b.pool_id = ? AND b.written_off_by IS NOT NULL
       GROUP BY b.id, b.campaign_id, b.write_off_reason, b.written_off_at ORDER BY b.id DESC LIMIT ?`,
      [poolId, limit],
    );
    return rows.map(({ campaign_id, confirmed, reason, at }) => ({
      ...{ campaignId: campaign_id as Id<'cmp'>, amount: BigInt(confirmed), reason, at },
    }));
  }

  /** Money of pools that the custodian has received for a campaign, in fen. */
  async receivedFen(campaignId: Id<'cmp'>): Promise<bigint> {
    const row = await this.database.row<{ fen: string }>(
      `SELECT COALESCE(SUM(b.received), 0) AS fen FROM match_campaign b JOIN match_pool p ON p.id = b.pool_id
       WHERE b.campaign_id = ? AND p.unit = 'fen'`,
      [campaignId],
    );
    return BigInt(row?.fen ?? 0);
  }

  /** The numbers on the bank's or the cash box's vouchers of money that was confirmed, by binding. */
  async vouchersOf(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.rows<{ id: string; voucher: string }>(
      'SELECT id, voucher FROM match_campaign WHERE id IN (?) AND received > 0 AND voucher IS NOT NULL',
      [ids],
    );
    return new Map(rows.map(({ id, voucher }) => [id, voucher]));
  }

  private logged(
    tx: Tx,
    objectId: string,
    from: string | null,
    to: string,
    event: string,
    reason?: string,
  ): Promise<void> {
    const why = reason === undefined ? {} : { reason };
    return this.log.append(tx, [{ objectType: 'match_campaign', objectId, from, to, event, ...why }]);
  }
}

async function list(sql: Sql, campaignId: Id<'cmp'>, lock: '' | 'FOR UPDATE'): Promise<BoundRow[]> {
  const rows = await sql.rows<MatchRecord>(
    `${SELECT} WHERE b.campaign_id = ? ORDER BY b.campaign_id, b.pool_id ${lock}`,
    [campaignId],
  );
  return rows.map((row) => ({ binding: bindingOf(row), pool: poolOf(row) }));
}

function bindingOf(row: MatchRecord): MatchBinding {
  const big = (name: string): bigint => BigInt(String(row[name]));
  return {
    id: row['id'] as Id<'mbd'>,
    poolId: row['pool_id'] as Id<'mpl'>,
    campaignId: row['campaign_id'] as Id<'cmp'>,
    state: row['state'] as MatchBindingState,
    version: Number(row['version']),
    reserved: big('reserved'),
    released: big('released'),
    confirmed: big('confirmed'),
    returned: big('returned'),
    received: big('received'),
    residents: row['residents'] === null ? null : big('residents'),
    receipt:
      row['entered_by'] === null
        ? null
        : {
            amount: big('receipt_amount'),
            voucher: String(row['voucher']),
            evidence: String(row['evidence']),
            at: row['receipt_at'] as Date,
            enteredBy: row['entered_by'] as Id<'per'>,
            confirmedBy: row['confirmed_by'] as Id<'per'> | null,
          },
    writeOff:
      row['write_off_by'] === null
        ? null
        : {
            reason: String(row['write_off_reason']),
            proposedBy: row['write_off_by'] as Id<'per'>,
            confirmedBy: row['written_off_by'] as Id<'per'> | null,
            at: row['written_off_at'] as Date | null,
          },
    boundAt: row['created_at'] as Date,
  };
}
