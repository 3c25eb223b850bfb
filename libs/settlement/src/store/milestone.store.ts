import { Injectable } from '@nestjs/common';
import { StateLog, type Id, type Tx } from '@hehuo/kernel';
import { Database, sqlOf, type Sql } from '@hehuo/platform';
import {
  MILESTONE_MACHINE,
  partOf,
  type MilestoneBudget,
  type MilestoneEvent,
  type MilestoneState,
  type NewBudget,
  type Part,
} from '../domain/milestone.js';

const COLUMNS = `id, campaign_id, part, position, share_bps, budget, paid_out, given_back, left_over, payee_id, state, version`;

interface BudgetRecord {
  readonly id: Id<'mbg'>;
  readonly campaign_id: Id<'cmp'>;
  readonly part: Part;
  readonly position: number | null;
  readonly share_bps: number;
  readonly budget: string;
  readonly paid_out: string;
  readonly given_back: string;
  readonly left_over: string;
  readonly payee_id: Id<'pye'> | null;
  readonly state: MilestoneState;
  readonly version: number;
}

interface WithId {
  readonly id: Id<'mbg'>;
}

/** What each part of a campaign's money may cost, and what became of it. */
@Injectable()
export class MilestoneStore {
  constructor(
    private readonly database: Database,
    private readonly log: StateLog,
  ) {}

  async insert(tx: Tx, campaignId: Id<'cmp'>, budgets: readonly (NewBudget & WithId)[]): Promise<void> {
    const state = MILESTONE_MACHINE.initial;
    await sqlOf(tx).change(
      'INSERT INTO milestone_budget (id, campaign_id, part, position, share_bps, budget, state) VALUES ?',
      [
        budgets.map(({ id, position, shareBps, budget }) => [
          ...[id, campaignId, partOf(position), position, shareBps, budget, state],
        ]),
      ],
    );
    await this.logOpened(tx, budgets);
  }

  /** Milestones by their position, then the other parts. */
  async ofCampaign(campaignId: Id<'cmp'>, by: Sql = this.database): Promise<MilestoneBudget[]> {
    const rows = await by.rows<BudgetRecord>(
      `SELECT ${COLUMNS} FROM milestone_budget WHERE campaign_id = ? ORDER BY position IS NULL, position`,
      [campaignId],
    );
    return rows.map(budgetOf);
  }

  /** Those of a campaign, locked until the transaction ends. */
  async lock(tx: Tx, campaignId: Id<'cmp'>): Promise<MilestoneBudget[]> {
    const rows = await sqlOf(tx).rows<BudgetRecord>(
      `SELECT ${COLUMNS} FROM milestone_budget WHERE campaign_id = ? ORDER BY part FOR UPDATE`,
      [campaignId],
    );
    return rows.map(budgetOf);
  }

  /** Money of a donor came. The caller holds the campaign's match funds, so two receipts cannot meet here. */
  async addMatched(tx: Tx, campaignId: Id<'cmp'>, id: Id<'mbg'>, amount: bigint): Promise<void> {
    await this.fill(tx, campaignId, 'matched', id, amount);
  }

  /** Matched money goes back to its donors instead of being spent here. The caller holds the rows or the match funds. */
  async returnMatched(tx: Tx, campaignId: Id<'cmp'>, id: Id<'mbg'>, amount: bigint): Promise<void> {
    await sqlOf(tx).change(
      `UPDATE milestone_budget SET left_over = left_over + ?, version = version + 1 WHERE campaign_id = ? AND part = 'matched'`,
      [amount, campaignId],
    );
    await this.fill(tx, campaignId, 'returned_match', id, amount);
  }

  /** Takes a payout out of an open part; false when it does not hold that much. */
  async take(tx: Tx, campaignId: Id<'cmp'>, part: Part, amount: bigint): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE milestone_budget SET paid_out = paid_out + ?, version = version + 1
       WHERE campaign_id = ? AND part = ? AND state = 'open' AND paid_out + given_back + left_over + ? <= budget`,
      [amount, campaignId, part, amount],
    );
    return affectedRows === 1;
  }

  /** Money of a payout came back. */
  async putBack(tx: Tx, campaignId: Id<'cmp'>, part: Part, amount: bigint): Promise<boolean> {
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE milestone_budget SET paid_out = paid_out - ?, version = version + 1
       WHERE campaign_id = ? AND part = ? AND paid_out >= ?`,
      [amount, campaignId, part, amount],
    );
    return affectedRows === 1;
  }

  /** Ends a milestone and gives `givenBack` fen of it to a refund run. The caller holds the row. */
  async end(
    tx: Tx,
    { id, state, version }: MilestoneBudget,
    event: MilestoneEvent,
    givenBack: bigint,
    reason: string,
  ): Promise<void> {
    const to = MILESTONE_MACHINE.next(state, event);
    await sqlOf(tx).change(
      `UPDATE milestone_budget SET state = ?, given_back = given_back + ?, version = version + 1
       WHERE id = ? AND version = ?`,
      [to, givenBack, id, version],
    );
    await this.log.append(tx, [{ objectType: 'milestone', objectId: id, from: state, to, event, reason }]);
  }

  /** Moves what a part does not need to the surplus. The caller holds the rows. */
  async moveToSurplus(tx: Tx, { id }: MilestoneBudget, amount: bigint): Promise<void> {
    await sqlOf(tx).change(
      'UPDATE milestone_budget SET left_over = left_over + ?, version = version + 1 WHERE id = ?',
      [amount, id],
    );
  }

  /** The row of what is left over, empty at first. */
  async openSurplus(tx: Tx, campaignId: Id<'cmp'>, id: Id<'mbg'>): Promise<void> {
    await sqlOf(tx).change(
      `INSERT INTO milestone_budget (id, campaign_id, part, position, share_bps, budget, state)
       VALUES (?, ?, 'surplus', NULL, 0, 0, ?)`,
      [id, campaignId, MILESTONE_MACHINE.initial],
    );
    await this.logOpened(tx, [{ id }]);
  }

  /** Adds to the surplus, for its payee or to be given back. The caller holds the campaign's rows. */
  async fillSurplus(
    tx: Tx,
    campaignId: Id<'cmp'>,
    filling: { readonly added: bigint; readonly givenBack: bigint; readonly payeeId: Id<'pye'> | null },
  ): Promise<void> {
    const { added, givenBack, payeeId } = filling;
    await sqlOf(tx).change(
      `UPDATE milestone_budget SET budget = budget + ?, given_back = given_back + ?, payee_id = ?, version = version + 1
       WHERE campaign_id = ? AND part = 'surplus'`,
      [added, givenBack, payeeId, campaignId],
    );
  }

  private async fill(
    tx: Tx,
    campaignId: Id<'cmp'>,
    part: 'matched' | 'returned_match',
    id: Id<'mbg'>,
    amount: bigint,
  ): Promise<void> {
    const { affectedRows } = await sqlOf(tx).change(
      'UPDATE milestone_budget SET budget = budget + ?, version = version + 1 WHERE campaign_id = ? AND part = ?',
      [amount, campaignId, part],
    );
    if (affectedRows === 1) return;
    await sqlOf(tx).change(
      `INSERT INTO milestone_budget (id, campaign_id, part, position, share_bps, budget, state)
       VALUES (?, ?, ?, NULL, 0, ?, ?)`,
      [id, campaignId, part, amount, MILESTONE_MACHINE.initial],
    );
    await this.logOpened(tx, [{ id }]);
  }

  private async logOpened(tx: Tx, rows: readonly WithId[]): Promise<void> {
    const to = MILESTONE_MACHINE.initial;
    await this.log.append(
      tx,
      rows.map(({ id }) => ({ objectType: 'milestone', objectId: id, from: null, to, event: 'open' })),
    );
  }
}

function budgetOf(row: BudgetRecord): MilestoneBudget {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    part: row.part,
    position: row.position === null ? null : Number(row.position),
    shareBps: Number(row.share_bps),
    budget: BigInt(row.budget),
    paidOut: BigInt(row.paid_out),
    givenBack: BigInt(row.given_back),
    leftOver: BigInt(row.left_over),
    payeeId: row.payee_id,
    state: row.state,
    version: Number(row.version),
  };
}
