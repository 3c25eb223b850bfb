import { Injectable } from '@nestjs/common';
import { StateLog, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import {
  DECISION_MACHINE,
  type DecisionEvent,
  type DecisionKind,
  type DecisionState,
  type MilestoneDecision,
} from '../domain/milestone-decision.js';
import type { Part } from '../domain/milestone.js';

const COLUMNS = `id, campaign_id, community_id, part, kind, reason, evidence, payee_id, amount, state, version, proposed_by,
  decided_by, decided_at, created_at`;

interface DecisionRecord {
  readonly id: Id<'mdc'>;
  readonly campaign_id: Id<'cmp'>;
  readonly community_id: Id<'com'>;
  readonly part: Part;
  readonly kind: DecisionKind;
  readonly reason: string;
  readonly evidence: string | null;
  readonly payee_id: Id<'pye'> | null;
  readonly amount: string | null;
  readonly state: DecisionState;
  readonly version: number;
  readonly proposed_by: Id<'per'>;
  readonly decided_by: Id<'per'> | null;
  readonly decided_at: Date | null;
  readonly created_at: Date;
}

export type NewDecision = Pick<
  MilestoneDecision,
  'id' | 'campaignId' | 'communityId' | 'part' | 'kind' | 'reason' | 'evidence' | 'payeeId' | 'proposedBy'
>;

@Injectable()
export class MilestoneDecisionStore {
  constructor(
    private readonly database: Database,
    private readonly log: StateLog,
  ) {}

  async find(id: Id<'mdc'>, by: Sql = this.database): Promise<MilestoneDecision | null> {
    const row = await by.row<DecisionRecord>(`SELECT ${COLUMNS} FROM milestone_decision WHERE id = ?`, [id]);
    return row && decisionOf(row);
  }

  async ofCampaign(campaignId: Id<'cmp'>, after: string | null, limit: number): Promise<MilestoneDecision[]> {
    const rows = await this.database.rows<DecisionRecord>(
      `SELECT ${COLUMNS} FROM milestone_decision WHERE campaign_id = ? AND id > ? ORDER BY id LIMIT ?`,
      [campaignId, after ?? '', limit],
    );
    return rows.map(decisionOf);
  }

  /** A unique key keeps two decisions about one part from waiting at once. */
  async insert(tx: Tx, decision: NewDecision): Promise<void> {
    const { id, campaignId, communityId, part, kind, reason, evidence, payeeId, proposedBy } = decision;
    const state = DECISION_MACHINE.initial;
    await sqlOf(tx).change(
      `INSERT INTO milestone_decision (id, campaign_id, community_id, part, kind, live_part, reason, evidence, payee_id,
         proposed_by, state) VALUES (?)`,
      [[id, campaignId, communityId, part, kind, part, reason, evidence, payeeId, proposedBy, state]],
    );
    await this.log.append(tx, [
      { objectType: 'milestone_decision', objectId: id, from: null, to: state, event: 'propose', reason },
    ]);
  }

  /** The one place that writes a decision's state; false when somebody was faster. */
  async decide(
    tx: Tx,
    { id, state, version }: MilestoneDecision,
    event: DecisionEvent,
    by: Id<'per'>,
    amount: bigint | null = null,
  ): Promise<boolean> {
    const to = DECISION_MACHINE.next(state, event);
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE milestone_decision SET state = ?, version = version + 1, live_part = NULL, decided_by = ?, amount = ?,
              decided_at = UTC_TIMESTAMP(3) WHERE id = ? AND state = ? AND version = ?`,
      [to, by, amount, id, state, version],
    );
    if (affectedRows !== 1) return false;
    await this.log.append(tx, [{ objectType: 'milestone_decision', objectId: id, from: state, to, event }]);
    return true;
  }
}

function decisionOf(row: DecisionRecord): MilestoneDecision {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    communityId: row.community_id,
    part: row.part,
    kind: row.kind,
    reason: row.reason,
    evidence: row.evidence,
    payeeId: row.payee_id,
    amount: row.amount === null ? null : BigInt(row.amount),
    state: row.state,
    version: Number(row.version),
    proposedBy: row.proposed_by,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    createdAt: row.created_at,
  };
}
