import { Injectable } from '@nestjs/common';
import { StateLog, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import type { Outcome } from '../domain/action.js';
import { RUN_MACHINE, type RunEvent, type RunState } from '../domain/run.machine.js';
import type { AskReport, Run } from '../domain/settlement.js';
import { reportFromJson, reportToJson } from './report-json.js';

interface RunRecord {
  readonly id: Id<'run'>;
  readonly campaign_id: Id<'cmp'>;
  readonly community_id: Id<'com'>;
  readonly outcome: Outcome;
  readonly payment_mode: string | null;
  readonly met_asks: unknown;
  readonly state: RunState;
  readonly version: number;
  readonly cursor_pledge_id: string;
  readonly chunks: number;
  readonly items: number;
  readonly halted_reason: string | null;
  readonly report: unknown;
  readonly done_at: Date | null;
  readonly created_at: Date;
}

const COLUMNS = `id, campaign_id, community_id, outcome, payment_mode, met_asks, state, version, cursor_pledge_id, chunks,
  items, halted_reason, report, done_at, created_at`;

@Injectable()
export class RunStore {
  constructor(
    private readonly database: Database,
    private readonly log: StateLog,
  ) {}

  async insert(
    tx: Tx,
    run: Pick<Run, 'id' | 'campaignId' | 'communityId' | 'decision' | 'metAsks'>,
  ): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO settlement_run (id, campaign_id, community_id, outcome, payment_mode, met_asks, state)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [
        run.id,
        run.campaignId,
        run.communityId,
        run.decision.outcome,
        run.decision.paymentMode,
        JSON.stringify([...run.metAsks]),
        RUN_MACHINE.initial,
      ],
    );
    const to = RUN_MACHINE.initial;
    await this.log.append(tx, [
      { objectType: 'settlement_run', objectId: run.id, from: null, to, event: 'start' },
    ]);
  }

  async ofCampaign(campaignId: Id<'cmp'>, tx?: Tx): Promise<Run | null> {
    const sql: Sql = tx ? sqlOf(tx) : this.database;
    const row = await sql.row<RunRecord>(`SELECT ${COLUMNS} FROM settlement_run WHERE campaign_id = ?`, [
      campaignId,
    ]);
    return row && runOf(row);
  }

  /** Locks the run until the transaction ends. */
  async findForUpdate(tx: Tx, id: Id<'run'>): Promise<Run | null> {
    const row = await sqlOf(tx).row<RunRecord>(
      `SELECT ${COLUMNS} FROM settlement_run WHERE id = ? FOR UPDATE`,
      [id],
    );
    return row && runOf(row);
  }

  /** Moves the cursor behind the pledges of a new chunk. The caller holds the row. */
  async advance(tx: Tx, run: Run, lastPledgeId: string, items: number): Promise<void> {
    await sqlOf(tx).change(
      'UPDATE settlement_run SET cursor_pledge_id = ?, chunks = chunks + 1, items = items + ? WHERE id = ?',
      [lastPledgeId, items, run.id],
    );
  }

  /** The one place that writes a run's state; false when somebody was faster. */
  async changeState(
    tx: Tx,
    run: Run,
    event: RunEvent,
    result: {
      readonly report?: readonly AskReport[];
      readonly haltedReason?: string;
      readonly reason?: string;
    } = {},
  ): Promise<boolean> {
    const to = RUN_MACHINE.next(run.state, event);
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE settlement_run SET state = ?, version = version + 1, halted_reason = ?, report = COALESCE(?, report),
              done_at = IF(? = 'done', UTC_TIMESTAMP(3), done_at) WHERE id = ? AND state = ? AND version = ?`,
      [
        to,
        result.haltedReason ?? null,
        result.report ? reportToJson(result.report) : null,
        to,
        run.id,
        run.state,
        run.version,
      ],
    );
    if (affectedRows !== 1) return false;
    const reason = result.haltedReason ?? result.reason;
    await this.log.append(tx, [
      {
        ...{ objectType: 'settlement_run', objectId: run.id, from: run.state, to, event },
        ...(reason === undefined ? {} : { reason }),
      },
    ]);
    return true;
  }

  /** Campaigns whose run has something to do now: items to write, a chunk that is due, or only the end to be told. */
  async due(limit: number): Promise<Id<'cmp'>[]> {
    const rows = await this.database.rows<{ id: Id<'cmp'> }>(
      `SELECT r.campaign_id AS id FROM settlement_run r WHERE r.state = 'materialising' OR (r.state = 'executing' AND (
         EXISTS (SELECT 1 FROM settlement_chunk c WHERE c.run_id = r.id AND c.state = 'due'
                   AND c.next_at <= UTC_TIMESTAMP(3) AND c.lease_until <= UTC_TIMESTAMP(3))
         OR NOT EXISTS (SELECT 1 FROM settlement_chunk c WHERE c.run_id = r.id AND c.state <> 'done')))
       ORDER BY r.id LIMIT ?`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Campaigns behind `after` whose run is done, by id. */
  async settled(after: string, limit: number): Promise<Id<'cmp'>[]> {
    const rows = await this.database.rows<{ id: Id<'cmp'> }>(
      `SELECT campaign_id AS id FROM settlement_run WHERE state = 'done' AND campaign_id > ? ORDER BY campaign_id LIMIT ?`,
      [after, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Runs that stopped because the books did not agree, and items that wait for a human, over all campaigns. */
  async needsHuman(): Promise<number> {
    const row = await this.database.row<{ n: string }>(
      `SELECT (SELECT COUNT(*) FROM settlement_run WHERE state = 'halted')
            + (SELECT COALESCE(SUM(c.needs_human), 0) FROM settlement_run r JOIN settlement_chunk c ON c.run_id = r.id
               WHERE r.state IN ('materialising', 'executing') AND c.state = 'open') AS n`,
    );
    return Number(row?.n ?? 0);
  }
}

function runOf(row: RunRecord): Run {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    communityId: row.community_id,
    decision: { outcome: row.outcome, paymentMode: row.payment_mode },
    metAsks: new Set(parsed(row.met_asks) as string[]),
    state: row.state,
    version: Number(row.version),
    cursor: row.cursor_pledge_id,
    chunks: Number(row.chunks),
    items: Number(row.items),
    haltedReason: row.halted_reason,
    report: row.report === null ? null : reportFromJson(parsed(row.report)),
    doneAt: row.done_at,
    createdAt: row.created_at,
  };
}

/** MySQL's JSON type arrives parsed, MariaDB's as text. */
function parsed(value: unknown): unknown {
  return typeof value === 'string' ? JSON.parse(value) : value;
}
