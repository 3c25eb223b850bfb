import { Injectable } from '@nestjs/common';
import { StateLog, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf, type SqlValue } from '@hehuo/platform';
import type { MatchCode } from '../domain/match-of.js';
import {
  HELD_MATCH_STATES,
  MATCH_RESERVATION_MACHINE,
  OPEN_MATCH_STATES,
  type MatchDraft,
  type MatchReservationState,
  type ReleaseReason,
} from '../domain/match-reservation.js';

const rowsPerStatement = 1000;

/** One stored line: what a pool gave for one pledge, and why. */
export interface StoredMatch {
  readonly id: Id<'mrs'>;
  readonly pledgeId: Id<'plg'>;
  readonly poolId: Id<'mpl'>;
  readonly own: bigint;
  readonly amount: bigint;
  readonly full: bigint;
  readonly code: MatchCode;
  readonly state: MatchReservationState;
  readonly reason: ReleaseReason | null;
  readonly returned: bigint;
  readonly createdAt: Date;
}

/** What waits for the decision, as far as letting it go or confirming it needs. */
export interface OpenMatch {
  readonly id: Id<'mrs'>;
  readonly poolId: Id<'mpl'>;
  readonly askId: Id<'ask'>;
  readonly personId: Id<'per'>;
  readonly householdId: Id<'hhd'>;
  readonly amount: bigint;
  readonly state: MatchReservationState;
}

type Row = Readonly<Record<string, string | Date | null>>;

const COLUMNS = 'id, pledge_id, pool_id, own, amount, full_amount, code, state, reason, returned, created_at';

@Injectable()
export class MatchReservationStore {
  constructor(
    private readonly database: Database,
    private readonly log: StateLog,
  ) {}

  async insert(
    tx: Tx,
    place: { readonly campaignId: Id<'cmp'>; readonly now: Date },
    drafts: readonly (MatchDraft & { readonly id: Id<'mrs'> })[],
  ): Promise<void> {
    if (drafts.length === 0) return;
    const rows = drafts.map(({ line, ...draft }) => [
      ...[draft.id, draft.pledgeId, draft.poolId, place.campaignId, draft.askId, draft.personId],
      ...[draft.householdId, draft.quantity, line.amount, line.full, line.code, draft.state, place.now],
    ]);
    await sqlOf(tx).change(
      `INSERT INTO match_reservation (id, pledge_id, pool_id, campaign_id, ask_id, person_id, household_id, own, amount,
         full_amount, code, state, created_at) VALUES ?`,
      [rows as SqlValue[]],
    );
  }

  /** What is set aside for each of these people in a campaign, by pool. */
  async perPerson(
    tx: Tx,
    campaignId: Id<'cmp'>,
    personIds: readonly Id<'per'>[],
  ): Promise<{ readonly poolId: Id<'mpl'>; readonly personId: Id<'per'>; readonly sum: bigint }[]> {
    if (personIds.length === 0) return [];
    const rows = await sqlOf(tx).rows<Record<'pool_id' | 'person_id' | 'sum', string>>(
      `SELECT pool_id, person_id, SUM(amount - returned) AS sum FROM match_reservation
       WHERE campaign_id = ? AND person_id IN (?) AND state IN (?) GROUP BY pool_id, person_id`,
      [campaignId, personIds, [...HELD_MATCH_STATES]],
    );
    return rows.map((row) => ({
      poolId: row.pool_id as Id<'mpl'>,
      personId: row.person_id as Id<'per'>,
      sum: BigInt(row.sum),
    }));
  }

  /** What can still be let go of a campaign, or of some of its pledges. The caller holds the pools. */
  async open(tx: Tx, campaignId: Id<'cmp'>, pledgeIds?: readonly Id<'plg'>[]): Promise<OpenMatch[]> {
    const select = `SELECT id, pool_id, ask_id, person_id, household_id, amount, state FROM match_reservation`;
    const rows: Row[] = [];
    if (pledgeIds === undefined) {
      rows.push(
        ...(await sqlOf(tx).rows<Row>(`${select} WHERE campaign_id = ? AND state IN (?) ORDER BY id`, [
          campaignId,
          [...OPEN_MATCH_STATES],
        ])),
      );
    }
    for (const page of pagesOf(pledgeIds ?? [])) {
      rows.push(
        ...(await sqlOf(tx).rows<Row>(
          `${select} WHERE pledge_id IN (?) AND campaign_id = ? AND state IN (?)`,
          [page, campaignId, [...OPEN_MATCH_STATES]],
        )),
      );
    }
    return rows.map((row) => ({
      id: row['id'] as Id<'mrs'>,
      poolId: row['pool_id'] as Id<'mpl'>,
      askId: row['ask_id'] as Id<'ask'>,
      personId: row['person_id'] as Id<'per'>,
      householdId: row['household_id'] as Id<'hhd'>,
      amount: BigInt(String(row['amount'])),
      state: row['state'] as MatchReservationState,
    }));
  }

  /** Moves rows that the caller read under the pools' locks; throws when one of them moved meanwhile all the same. */
  async move(
    tx: Tx,
    matches: readonly Pick<OpenMatch, 'id' | 'state'>[],
    event: 'confirm' | 'release' | 'write_off',
    reason: ReleaseReason | null,
  ): Promise<void> {
    const to = ENDS[event];
    const from = [...new Set(matches.map(({ state }) => state))];
    for (const page of pagesOf(matches)) {
      const ids = page.map(({ id }) => id);
      const { affectedRows } = await sqlOf(tx).change(
        'UPDATE match_reservation SET state = ?, reason = ? WHERE id IN (?) AND state IN (?)',
        [to, reason, ids, from],
      );
      if (affectedRows !== ids.length) throw new Error('a reservation moved without the lock of its pool');
    }
    await this.log.append(
      tx,
      matches.map(({ id: objectId, state: from }) => ({
        ...{ objectType: 'match_reservation', objectId, from, event },
        to: MATCH_RESERVATION_MACHINE.next(from, event),
        ...(reason === null ? {} : { reason }),
      })),
    );
  }

  async ofPledge(pledgeId: Id<'plg'>): Promise<StoredMatch[]> {
    const rows = await this.database.rows<Row>(
      `SELECT ${COLUMNS} FROM match_reservation WHERE pledge_id = ? ORDER BY pool_id`,
      [pledgeId],
    );
    return rows.map(matchOfRow);
  }

  /**
   * Lines of a campaign for the public, newest first, from below `before`. A line says why, such as that the organiser is
   * not matched, and so would tell who gave anonymously: those lines are for their givers alone.
   */
  async page(campaignId: Id<'cmp'>, before: string | null, limit: number): Promise<StoredMatch[]> {
    const rows = await this.database.rows<Row>(
      `SELECT ${COLUMNS} FROM match_reservation WHERE campaign_id = ? AND id < ? AND NOT EXISTS
         (SELECT 1 FROM pledge WHERE pledge.id = match_reservation.pledge_id AND pledge.anonymous = 1)
       ORDER BY id DESC LIMIT ?`,
      [campaignId, before ?? '~', limit],
    );
    return rows.map(matchOfRow);
  }
}

const ENDS = { confirm: 'confirmed', release: 'released', write_off: 'written_off' } as const;

export function* pagesOf<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += rowsPerStatement) yield all.slice(at, at + rowsPerStatement);
}

function matchOfRow(row: Row): StoredMatch {
  const big = (name: string): bigint => BigInt(String(row[name]));
  return {
    id: row['id'] as Id<'mrs'>,
    pledgeId: row['pledge_id'] as Id<'plg'>,
    poolId: row['pool_id'] as Id<'mpl'>,
    own: big('own'),
    amount: big('amount'),
    full: big('full_amount'),
    code: row['code'] as MatchCode,
    state: row['state'] as MatchReservationState,
    reason: row['reason'] as ReleaseReason | null,
    returned: big('returned'),
    createdAt: row['created_at'] as Date,
  };
}
