import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf, type SqlValue } from '@hehuo/platform';
import type { MatchBinding } from '../domain/match-binding.js';
import type { MatchReturn, ReturnableMatch, ReturnCause } from '../domain/match-return.js';
import { pagesOf } from './match-reservation.store.js';

/** Why a line gave something back, as it is told. */
export interface StoredReturn {
  readonly reservationId: Id<'mrs'>;
  readonly cause: ReturnCause;
  readonly ownBack: bigint;
  readonly wanted: bigint;
  readonly amount: bigint;
  readonly at: Date;
}

type Row = Readonly<Record<string, string>>;

const SELECT = 'SELECT id, pledge_id, pool_id, own, amount, returned FROM match_reservation';

/** What lines that were confirmed gave back, each time with its reason. */
@Injectable()
export class MatchReturnStore {
  constructor(private readonly database: Database) {}

  /** Lines that still give something, by their pledges. The caller holds the pools. */
  async ofPledges(tx: Tx, pledgeIds: readonly Id<'plg'>[]): Promise<ReturnableMatch[]> {
    const lines: ReturnableMatch[] = [];
    for (const page of pagesOf(pledgeIds)) {
      const sql = `${SELECT} WHERE pledge_id IN (?) AND state = 'confirmed' AND returned < amount ORDER BY pledge_id, pool_id`;
      lines.push(...(await sqlOf(tx).rows<Row>(sql, [page])).map(lineOf));
    }
    return lines;
  }

  /** All lines that were confirmed for one pool in one campaign. The caller holds the pool. */
  async ofBinding(tx: Tx, { campaignId, poolId }: MatchBinding): Promise<ReturnableMatch[]> {
    const sql = `${SELECT} WHERE campaign_id = ? AND pool_id = ? AND state = 'confirmed' ORDER BY id`;
    return (await sqlOf(tx).rows<Row>(sql, [campaignId, poolId])).map(lineOf);
  }

  /** Writes the returns of one cause and takes them off their lines. */
  async insert(
    tx: Tx,
    bindingId: Id<'mbd'>,
    {
      cause,
      causeId,
      returns,
    }: { readonly cause: ReturnCause; readonly causeId: string; readonly returns: readonly MatchReturn[] },
  ): Promise<void> {
    for (const page of pagesOf(returns)) {
      const rows = page.map(({ line, ownBack, wanted, amount }) => [
        ...[line.id, causeId, cause, bindingId, ownBack, wanted, amount],
      ]);
      await sqlOf(tx).change(
        `INSERT INTO match_return (reservation_id, cause_id, cause, binding_id, own_back, wanted, amount) VALUES ?`,
        [rows as SqlValue[]],
      );
    }
    await sqlOf(tx).change(
      `UPDATE match_return t JOIN match_reservation r ON r.id = t.reservation_id SET r.returned = r.returned + t.amount
       WHERE t.cause_id = ? AND t.binding_id = ?`,
      [causeId, bindingId],
    );
  }

  /** Of each line, the oldest first. */
  async ofLines(ids: readonly Id<'mrs'>[]): Promise<Map<Id<'mrs'>, StoredReturn[]>> {
    const all = new Map<Id<'mrs'>, StoredReturn[]>(ids.map((id) => [id, []]));
    if (ids.length === 0) return all;
    const rows = await this.database.rows<Row & { created_at: Date }>(
      `SELECT reservation_id, cause, own_back, wanted, amount, created_at FROM match_return
       WHERE reservation_id IN (?) ORDER BY reservation_id, created_at, cause_id`,
      [ids],
    );
    for (const row of rows) {
      const reservationId = row['reservation_id'] as Id<'mrs'>;
      all.get(reservationId)?.push({
        ...{ reservationId, cause: row['cause'] as ReturnCause, ownBack: BigInt(row['own_back']!) },
        ...{ wanted: BigInt(row['wanted']!), amount: BigInt(row['amount']!), at: row.created_at },
      });
    }
    return all;
  }
}

function lineOf(row: Row): ReturnableMatch {
  const big = (name: string): bigint => BigInt(String(row[name]));
  return {
    id: row['id'] as Id<'mrs'>,
    pledgeId: row['pledge_id'] as Id<'plg'>,
    poolId: row['pool_id'] as Id<'mpl'>,
    own: big('own'),
    amount: big('amount'),
    returned: big('returned'),
  };
}
