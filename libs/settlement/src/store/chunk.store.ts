import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import type { Chunk, Progress } from '../domain/settlement.js';

/** Longer than any chunk takes; a worker that dies gives its chunk back after this. */
const leaseSeconds = 30;
const candidatesMax = 8;

interface ChunkRecord {
  readonly run_id: Id<'run'>;
  readonly chunk_no: number;
  readonly first_pledge_id: string;
  readonly last_pledge_id: string;
  readonly attempts: number;
  readonly lease_token: string;
  readonly fence: number;
}

@Injectable()
export class ChunkStore {
  constructor(private readonly database: Database) {}

  async insert(
    tx: Tx,
    chunk: {
      readonly runId: Id<'run'>;
      readonly no: number;
      readonly pledgeIds: readonly string[];
      readonly done: number;
    },
  ): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO settlement_chunk (run_id, chunk_no, first_pledge_id, last_pledge_id, state, items, done)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [
        chunk.runId,
        chunk.no,
        chunk.pledgeIds[0]!,
        chunk.pledgeIds.at(-1)!,
        chunk.done === chunk.pledgeIds.length ? 'done' : 'due',
        chunk.pledgeIds.length,
        chunk.done,
      ],
    );
  }

  /**
   * Takes the next due chunk of a run. Candidates are read without a lock and taken by their primary key alone: a
   * guarded statement that also chose would lock its way through an index, against those who finish chunks.
   */
  async claim(runId: Id<'run'>): Promise<Chunk | null> {
    const token = randomBytes(16).toString('hex');
    for (;;) {
      const candidates = await this.database.rows<{ no: number }>(
        `SELECT chunk_no AS no FROM settlement_chunk WHERE run_id = ? AND state = 'due'
           AND next_at <= UTC_TIMESTAMP(3) AND lease_until <= UTC_TIMESTAMP(3) ORDER BY chunk_no LIMIT ${candidatesMax}`,
        [runId],
      );
      for (const { no } of candidates) if (await this.take(runId, no, token)) return this.taken(runId, no);
      if (candidates.length < candidatesMax) return null;
    }
  }

  private async take(runId: Id<'run'>, no: number, token: string): Promise<boolean> {
    const { affectedRows } = await this.database.change(
      `UPDATE settlement_chunk SET lease_token = ?, fence = fence + 1, attempts = attempts + 1,
              lease_until = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND
       WHERE run_id = ? AND chunk_no = ? AND state = 'due'
         AND next_at <= UTC_TIMESTAMP(3) AND lease_until <= UTC_TIMESTAMP(3)`,
      [token, runId, no],
    );
    return affectedRows === 1;
  }

  private async taken(runId: Id<'run'>, no: number): Promise<Chunk | null> {
    const row = await this.database.row<ChunkRecord>(
      `SELECT run_id, chunk_no, first_pledge_id, last_pledge_id, attempts, lease_token, fence
       FROM settlement_chunk WHERE run_id = ? AND chunk_no = ?`,
      [runId, no],
    );
    return row && chunkOf(row);
  }

  /** Locks a chunk that this worker still holds, for another while; false when it was given to somebody else. */
  async hold(tx: Tx, { runId, no, token, fence }: Chunk): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE settlement_chunk SET lease_until = UTC_TIMESTAMP(3) + INTERVAL ${leaseSeconds} SECOND
       WHERE run_id = ? AND chunk_no = ? AND lease_token = ? AND fence = ? AND state = 'due'`,
      [runId, no, token, fence],
    );
    return affectedRows === 1;
  }

  /**
   * Writes where the chunk's items stand, and its state by them: `due` while one is to be done, `done` when all are,
   * else `open`. Nobody holds a chunk with nothing due, so that a redriven item is worked on at once.
   */
  async count(tx: Tx, runId: Id<'run'>, no: number, standing: Omit<Progress, 'items'>): Promise<boolean> {
    const state = standing.due > 0 ? 'due' : standing.waiting + standing.needsHuman > 0 ? 'open' : 'done';
    await sqlOf(tx).change(
      `UPDATE settlement_chunk SET state = ?, done = ?, waiting = ?, needs_human = ?,
              lease_until = IF(state = 'due', lease_until, UTC_TIMESTAMP(3)) WHERE run_id = ? AND chunk_no = ?`,
      [state, standing.done, standing.waiting, standing.needsHuman, runId, no],
    );
    return state === 'done';
  }

  /** Lets go of a chunk that could not be finished, until `afterSeconds` have passed. Nothing if it was overtaken. */
  async putBack({ runId, no, token, fence }: Chunk, afterSeconds: number): Promise<void> {
    await this.database.change(
      `UPDATE settlement_chunk SET lease_token = NULL, lease_until = UTC_TIMESTAMP(3),
              next_at = UTC_TIMESTAMP(3) + INTERVAL ? SECOND
       WHERE run_id = ? AND chunk_no = ? AND lease_token = ? AND fence = ?`,
      [afterSeconds, runId, no, token, fence],
    );
  }

  /** One waiting item arrived: the range need not be counted again. Returns whether the chunk is done now. */
  async arrived(
    tx: Tx,
    runId: Id<'run'>,
    no: number,
    from: 'due' | 'waiting' | 'needs_human',
  ): Promise<boolean> {
    const counter = from === 'due' ? null : from;
    await sqlOf(tx).change(
      `UPDATE settlement_chunk SET done = done + 1${counter ? `, ${counter} = ${counter} - 1` : ''},
              state = IF(done = items, 'done', state) WHERE run_id = ? AND chunk_no = ?`,
      [runId, no],
    );
    const row = await sqlOf(tx).row<{ state: string }>(
      'SELECT state FROM settlement_chunk WHERE run_id = ? AND chunk_no = ?',
      [runId, no],
    );
    return row?.state === 'done';
  }

  /** Opens a chunk again for an item that a human sends on its way once more. */
  async reopen(tx: Tx, runId: Id<'run'>, no: number): Promise<void> {
    await sqlOf(tx).change(
      `UPDATE settlement_chunk SET state = 'due', needs_human = needs_human - 1, attempts = 0, next_at = UTC_TIMESTAMP(3)
       WHERE run_id = ? AND chunk_no = ?`,
      [runId, no],
    );
  }

  /** Whether an item of the run is not final. */
  async hasOpen(runId: Id<'run'>): Promise<boolean> {
    const row = await this.database.row(
      "SELECT chunk_no FROM settlement_chunk WHERE run_id = ? AND state IN ('due', 'open') LIMIT 1",
      [runId],
    );
    return row !== null;
  }

  async progress(runId: Id<'run'>): Promise<Progress> {
    const row = await this.database.row<Record<'items' | 'done' | 'waiting' | 'stuck', string | null>>(
      `SELECT SUM(items) AS items, SUM(done) AS done, SUM(waiting) AS waiting, SUM(needs_human) AS stuck
       FROM settlement_chunk WHERE run_id = ?`,
      [runId],
    );
    const [items, done, waiting, needsHuman] = (['items', 'done', 'waiting', 'stuck'] as const).map((name) =>
      Number(row?.[name] ?? 0),
    ) as [number, number, number, number];
    return { items, done, waiting, needsHuman, due: items - done - waiting - needsHuman };
  }
}

function chunkOf(row: ChunkRecord): Chunk {
  return {
    runId: row.run_id,
    no: Number(row.chunk_no),
    firstPledgeId: row.first_pledge_id,
    lastPledgeId: row.last_pledge_id,
    attempts: Number(row.attempts),
    token: row.lease_token,
    fence: Number(row.fence),
  };
}
