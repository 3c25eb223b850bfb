import { Injectable } from '@nestjs/common';
import { StateLog, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql, type SqlValue } from '@hehuo/platform';
import type { Kind } from '../domain/kind.js';
import { MatchError } from '../domain/match-errors.js';
import {
  MATCH_POOL_MACHINE,
  type DonorKind,
  type ExcludedParties,
  type MatchPool,
  type MatchPoolDraft,
  type MatchPoolEvent,
  type MatchPoolState,
  type MatchUnit,
} from '../domain/match-pool.js';

export type MatchRecord = Readonly<Record<string, string | number | Date | null>>;

const NAMES = `id, donor_name, donor_kind, unit, kinds, factor_bps, total, cap_per_campaign, cap_per_person,
  condition_minimum, starts_at, ends_at, state, version, reserved, released, spent, proposed_by, activated_by,
  activated_at, created_at`.split(/,\s*/);

/** The columns of a pool, prefixed, so that they can stand beside those of a binding. */
export const POOL_COLUMNS = NAMES.map((name) => `p.${name} AS pool_${name}`).join(', ');

/** Exclusions of a pool that hold in all its campaigns stand under no campaign. */
const EVERY_CAMPAIGN = '';

/** The pools themselves: what a donor committed, and how much of it is set aside. */
@Injectable()
export class MatchPoolStore {
  constructor(
    private readonly database: Database,
    private readonly log: StateLog,
  ) {}

  async insert(tx: Tx, id: Id<'mpl'>, draft: MatchPoolDraft, proposedBy: Id<'per'>): Promise<void> {
    const sql = sqlOf(tx);
    await sql.change(
      `INSERT INTO match_pool (id, donor_name, donor_kind, unit, kinds, factor_bps, total, cap_per_campaign, cap_per_person,
         condition_minimum, starts_at, ends_at, state, proposed_by) VALUES (?)`,
      [
        [
          ...[id, draft.donorName, draft.donorKind, draft.unit, draft.kinds.join(','), draft.factorBps],
          ...[draft.total, draft.capPerCampaign, draft.capPerPerson, draft.conditionMinimum],
          ...[draft.startsAt, draft.endsAt, MATCH_POOL_MACHINE.initial, proposedBy],
        ],
      ],
    );
    await sql.change('INSERT INTO match_pool_community (community_id, pool_id) VALUES ?', [
      [...new Set(draft.communityIds)].map((communityId) => [communityId, id]),
    ]);
    await this.exclude(tx, { poolId: id, campaignId: null }, draft.donors);
    await this.logged(tx, id, null, MATCH_POOL_MACHINE.initial, 'propose');
  }

  async find(id: Id<'mpl'>): Promise<MatchPool | null> {
    return read(this.database, id, '');
  }

  /** Locks the pool. Whoever also locks an intake or a campaign did so before. */
  async findForUpdate(tx: Tx, id: Id<'mpl'>): Promise<MatchPool> {
    const pool = await read(sqlOf(tx), id, 'FOR UPDATE');
    if (!pool) throw new MatchError('match_pool_not_found', 'there is no such pool of match funds');
    return pool;
  }

  async changeState(tx: Tx, pool: MatchPool, event: MatchPoolEvent, by: Id<'per'>): Promise<void> {
    const to = MATCH_POOL_MACHINE.next(pool.state, event);
    const columns = event === 'activate' ? ['activated_by', 'activated_at'] : ['closed_by', 'closed_at'];
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE match_pool SET state = ?, version = version + 1, ${columns[0]} = ?, ${columns[1]} = UTC_TIMESTAMP(3)
       WHERE id = ? AND state = ? AND version = ?`,
      [to, by, pool.id, pool.state, pool.version],
    );
    if (affectedRows !== 1) throw new MatchError('match_pool_not_found', 'this pool changed meanwhile');
    await this.logged(tx, pool.id, pool.state, to, event);
  }

  /** Adds to the sums of a pool that the caller has locked; negative gives room back. */
  async move(
    tx: Tx,
    id: Id<'mpl'>,
    by: { readonly reserved?: bigint; readonly released?: bigint; readonly spent?: bigint },
  ): Promise<void> {
    await sqlOf(tx).change(
      `UPDATE match_pool SET reserved = reserved + ?, released = released + ?, spent = spent + ?, version = version + 1
       WHERE id = ?`,
      [by.reserved ?? 0n, by.released ?? 0n, by.spent ?? 0n, id],
    );
  }

  async communitiesOf(id: Id<'mpl'>): Promise<Id<'com'>[]> {
    const rows = await this.database.rows<{ community_id: Id<'com'> }>(
      'SELECT community_id FROM match_pool_community WHERE pool_id = ? ORDER BY community_id',
      [id],
    );
    return rows.map((row) => row.community_id);
  }

  /** Newest first, from below `before`. */
  async page(
    communityId: Id<'com'>,
    states: readonly MatchPoolState[],
    before: string | null,
    limit: number,
  ): Promise<MatchPool[]> {
    const rows = await this.database.rows<MatchRecord>(
      `SELECT ${POOL_COLUMNS} FROM match_pool_community c JOIN match_pool p ON p.id = c.pool_id
       WHERE c.community_id = ? AND c.pool_id < ? AND p.state IN (?) ORDER BY c.pool_id DESC LIMIT ?`,
      [communityId, before ?? '~', [...states], limit],
    );
    return rows.map(poolOf);
  }

  /** Keeps parties out, in one campaign or, with null, in all. Those that are out already stay out. */
  async exclude(
    tx: Tx,
    where: { readonly poolId: Id<'mpl'>; readonly campaignId: Id<'cmp'> | null },
    { households, persons, partners }: ExcludedParties,
  ): Promise<void> {
    const place = [where.poolId, where.campaignId ?? EVERY_CAMPAIGN];
    const rows = [
      ...households.map((id) => [...place, 'household', id]),
      ...persons.map((id) => [...place, 'person', id]),
      ...partners.map((id) => [...place, 'partner', id]),
    ];
    if (rows.length === 0) return;
    await sqlOf(tx).change(
      `INSERT INTO match_exclusion (pool_id, campaign_id, kind, ref_id) VALUES ?
       ON DUPLICATE KEY UPDATE kind = VALUES(kind)`,
      [rows as SqlValue[]],
    );
  }

  /** Whether the person is named as the pool's donor. */
  async isDonor(tx: Tx, poolId: Id<'mpl'>, personId: Id<'per'>): Promise<boolean> {
    const row = await sqlOf(tx).row(
      "SELECT ref_id FROM match_exclusion WHERE pool_id = ? AND campaign_id = ? AND kind = 'person' AND ref_id = ?",
      [poolId, EVERY_CAMPAIGN, personId],
    );
    return row !== null;
  }

  /** Everybody whom these pools keep out of one campaign: the donors' own, and the partners named for the campaign. */
  async exclusions(
    tx: Tx,
    poolIds: readonly Id<'mpl'>[],
    campaignId: Id<'cmp'>,
  ): Promise<
    { readonly poolId: Id<'mpl'>; readonly isDonor: boolean; readonly kind: string; readonly refId: string }[]
  > {
    const rows = await sqlOf(tx).rows<Record<'pool_id' | 'campaign_id' | 'kind' | 'ref_id', string>>(
      'SELECT pool_id, campaign_id, kind, ref_id FROM match_exclusion WHERE pool_id IN (?) AND campaign_id IN (?)',
      [poolIds, [EVERY_CAMPAIGN, campaignId]],
    );
    return rows.map((row) => ({
      poolId: row.pool_id as Id<'mpl'>,
      isDonor: row.campaign_id === EVERY_CAMPAIGN,
      kind: row.kind,
      refId: row.ref_id,
    }));
  }

  private logged(tx: Tx, objectId: string, from: string | null, to: string, event: string): Promise<void> {
    return this.log.append(tx, [{ objectType: 'match_pool', objectId, from, to, event }]);
  }
}

async function read(sql: Sql, id: Id<'mpl'>, lock: '' | 'FOR UPDATE'): Promise<MatchPool | null> {
  const row = await sql.row<MatchRecord>(`SELECT ${POOL_COLUMNS} FROM match_pool p WHERE p.id = ? ${lock}`, [
    id,
  ]);
  return row && poolOf(row);
}

export function poolOf(row: MatchRecord): MatchPool {
  const of = (name: string): string | number | Date | null => row[`pool_${name}`] ?? null;
  const big = (name: string): bigint => BigInt(String(of(name)));
  return {
    id: of('id') as Id<'mpl'>,
    donorName: String(of('donor_name')),
    donorKind: of('donor_kind') as DonorKind,
    unit: of('unit') as MatchUnit,
    kinds: String(of('kinds')).split(',') as Kind[],
    factorBps: Number(of('factor_bps')),
    total: big('total'),
    capPerCampaign: big('cap_per_campaign'),
    capPerPerson: big('cap_per_person'),
    conditionMinimum: big('condition_minimum'),
    startsAt: of('starts_at') as Date,
    endsAt: of('ends_at') as Date,
    state: of('state') as MatchPoolState,
    version: Number(of('version')),
    reserved: big('reserved'),
    released: big('released'),
    spent: big('spent'),
    proposedBy: of('proposed_by') as Id<'per'>,
    activatedBy: of('activated_by') as Id<'per'> | null,
    activatedAt: of('activated_at') as Date | null,
    createdAt: of('created_at') as Date,
  };
}
