import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import { LIVE_STATES, type Challenge, type ChallengeState } from '../domain/challenge.js';
import { answerDays, reopenDays } from '../domain/limits.js';

export interface ChallengeCount {
  readonly all: number;
  readonly live: number;
}

export type NewChallenge = Pick<
  Challenge,
  'id' | 'lineId' | 'communityId' | 'campaignId' | 'custodyAccountId' | 'personId'
>;

type ChallengeRecord = Omit<Challenge, 'overdue' | 'over'> & { isOverdue: number; isOver: number };

const COLUMNS = `id, line_id AS lineId, community_id AS communityId, campaign_id AS campaignId,
  custody_account_id AS custodyAccountId, person_id AS personId, state, version, due_at AS dueAt, ended_at AS endedAt,
  created_at AS createdAt, (due_at IS NOT NULL AND due_at < UTC_TIMESTAMP(3)) AS isOverdue,
  (ended_at IS NOT NULL AND ended_at < UTC_TIMESTAMP(3) - INTERVAL ${reopenDays} DAY) AS isOver`;

@Injectable()
export class ChallengeStore {
  constructor(private readonly database: Database) {}

  /** A second live one of the same person and line is a duplicate key `book_challenge_one_live`. */
  async insert(tx: Tx, challenge: NewChallenge): Promise<void> {
    const { id, lineId, communityId, campaignId, custodyAccountId, personId } = challenge;
    await sqlOf(tx).change(
      `INSERT INTO book_challenge (id, line_id, community_id, campaign_id, custody_account_id, person_id, live_of, state, due_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'open', UTC_TIMESTAMP(3) + INTERVAL ${answerDays} DAY)`,
      [id, lineId, communityId, campaignId, custodyAccountId, personId, personId],
    );
  }

  find(id: Id<'chl'>): Promise<Challenge | null> {
    return this.read(this.database, id, '');
  }

  lock(tx: Tx, id: Id<'chl'>): Promise<Challenge | null> {
    return this.read(sqlOf(tx), id, 'FOR UPDATE');
  }

  /**
   * Moves the thread. The time to answer begins when it is opened anew, and goes on while it is asked again; taken up
   * after its end, it may meet a newer one of the same person: a duplicate key `book_challenge_one_live`.
   */
  async move(tx: Tx, { id, version, state }: Challenge, to: ChallengeState): Promise<boolean> {
    const isLive = LIVE_STATES.includes(to);
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE book_challenge SET state = ?, version = version + 1, live_of = IF(?, person_id, NULL),
         due_at = IF(? = 'open', COALESCE(due_at, UTC_TIMESTAMP(3) + INTERVAL ${answerDays} DAY), NULL),
         reminded_at = IF(? = 'open', reminded_at, NULL), ended_at = IF(?, NULL, UTC_TIMESTAMP(3))
       WHERE id = ? AND version = ? AND state = ?`,
      [to, isLive, to, to, isLive, id, version, state],
    );
    return affectedRows === 1;
  }

  async countsOf(lineIds: readonly Id<'bln'>[]): Promise<Map<Id<'bln'>, ChallengeCount>> {
    const rows = await this.database.rows<{ lineId: Id<'bln'>; n: string; live: string }>(
      `SELECT line_id AS lineId, COUNT(*) AS n, COUNT(live_of) AS live FROM book_challenge
       WHERE line_id IN (?) GROUP BY line_id`,
      [lineIds],
    );
    return new Map(rows.map(({ lineId, n, live }) => [lineId, { all: Number(n), live: Number(live) }]));
  }

  /** Newest first. */
  ofLine(lineId: Id<'bln'>, before: string | null, limit: number): Promise<Challenge[]> {
    return this.list('line_id = ? AND id < ?', [lineId, before ?? '~'], limit);
  }

  ofCommunity(
    communityId: Id<'com'>,
    state: ChallengeState | null,
    before: string | null,
    limit: number,
  ): Promise<Challenge[]> {
    return state === null
      ? this.list('community_id = ? AND id < ?', [communityId, before ?? '~'], limit)
      : this.list('community_id = ? AND state = ? AND id < ?', [communityId, state, before ?? '~'], limit);
  }

  ofPerson(personId: Id<'per'>, limit: number): Promise<Challenge[]> {
    return this.list('person_id = ?', [personId], limit);
  }

  /** Open past their time and not yet told to anybody. */
  async overdue(limit: number): Promise<Id<'chl'>[]> {
    const rows = await this.database.rows<{ id: Id<'chl'> }>(
      `SELECT id FROM book_challenge WHERE state = 'open' AND due_at < UTC_TIMESTAMP(3) AND reminded_at IS NULL
       ORDER BY due_at LIMIT ?`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** False when it was told before, or is not overdue any more. */
  async remind(tx: Tx, id: Id<'chl'>): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE book_challenge SET reminded_at = UTC_TIMESTAMP(3)
       WHERE id = ? AND state = 'open' AND due_at < UTC_TIMESTAMP(3) AND reminded_at IS NULL`,
      [id],
    );
    return affectedRows === 1;
  }

  async countOverdue(): Promise<number> {
    const row = await this.database.row<{ n: string }>(
      "SELECT COUNT(*) AS n FROM book_challenge WHERE state = 'open' AND due_at < UTC_TIMESTAMP(3)",
    );
    return Number(row?.n ?? 0);
  }

  private async read(sql: Sql, id: Id<'chl'>, lock: '' | 'FOR UPDATE'): Promise<Challenge | null> {
    const row = await sql.row<ChallengeRecord>(`SELECT ${COLUMNS} FROM book_challenge WHERE id = ? ${lock}`, [
      id,
    ]);
    return row && challengeOf(row);
  }

  private async list(where: string, values: readonly string[], limit: number): Promise<Challenge[]> {
    const rows = await this.database.rows<ChallengeRecord>(
      `SELECT ${COLUMNS} FROM book_challenge WHERE ${where} ORDER BY id DESC LIMIT ?`,
      [...values, limit],
    );
    return rows.map(challengeOf);
  }
}

function challengeOf({ isOverdue, isOver, ...row }: ChallengeRecord): Challenge {
  return { ...row, overdue: Number(isOverdue) === 1, over: Number(isOver) === 1 };
}
