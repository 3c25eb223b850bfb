import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { Database } from '@hehuo/platform';
import type { CampaignState } from '../domain/campaign.machine.js';
import type { PaymentMode } from '../domain/campaign.js';

export interface CollectingState {
  readonly state: CampaignState;
  readonly paymentMode: PaymentMode | null;
  /** The deadline, or the end of the collection window, has passed. */
  readonly isOver: boolean;
  /** And the time for payments that were under way then, too. */
  readonly isDrained: boolean;
}

export interface UnpaidPledge {
  readonly id: Id<'plg'>;
  /** The time for payments that were under way when its own was over has passed, too. */
  readonly isDrained: boolean;
}

/** Work is a query: what the clock of the database says is due. Bounded pages, oldest first. */
@Injectable()
export class DueCampaigns {
  constructor(private readonly database: Database) {}

  toClose(limit: number): Promise<Id<'cmp'>[]> {
    return this.ids(
      "SELECT campaign_id AS id FROM intake WHERE state = 'open' AND deadline <= UTC_TIMESTAMP(3) ORDER BY deadline LIMIT ?",
      limit,
    );
  }

  toDecide(limit: number): Promise<Id<'cmp'>[]> {
    return this.ids(
      "SELECT id FROM campaign WHERE state = 'closing' AND halted_reason IS NULL ORDER BY deadline LIMIT ?",
      limit,
    );
  }

  /** Windows that are over, and those in which nobody is left to pay. */
  toEndCollection(limit: number): Promise<Id<'cmp'>[]> {
    return this.ids(
      `SELECT c.id FROM campaign c WHERE c.state = 'collecting' AND c.halted_reason IS NULL
         AND (c.collection_ends_at <= UTC_TIMESTAMP(3) OR NOT EXISTS
           (SELECT 1 FROM pledge p WHERE p.campaign_id = c.id AND p.state = 'awaiting_payment'))
       ORDER BY c.collection_ends_at LIMIT ?`,
      limit,
    );
  }

  /** Open campaigns with promises that were to be paid at once and whose time to pay is over. */
  withUnpaid(limit: number): Promise<Id<'cmp'>[]> {
    return this.ids(
      `SELECT i.campaign_id AS id FROM intake i JOIN campaign c ON c.id = i.campaign_id
       WHERE i.state = 'open' AND i.deadline > UTC_TIMESTAMP(3) AND c.payment_mode = 'pay_now' AND EXISTS
         (SELECT 1 FROM pledge p WHERE p.campaign_id = i.campaign_id AND p.state = 'awaiting_payment'
            AND p.pay_by <= UTC_TIMESTAMP(3)) ORDER BY i.deadline LIMIT ?`,
      limit,
    );
  }

  /** Promises of one campaign whose time to pay is over, and whether payments under way then had theirs, too. */
  async unpaid(campaignId: Id<'cmp'>, drainMinutes: number, limit: number): Promise<UnpaidPledge[]> {
    const rows = await this.database.rows<{ id: Id<'plg'>; drained: string }>(
      `SELECT id, pay_by + INTERVAL ? MINUTE <= UTC_TIMESTAMP(3) AS drained FROM pledge
       WHERE campaign_id = ? AND state = 'awaiting_payment' AND pay_by <= UTC_TIMESTAMP(3) ORDER BY pay_by, id LIMIT ?`,
      [drainMinutes, campaignId, limit],
    );
    return rows.map(({ id, drained }) => ({ id, isDrained: Number(drained) === 1 }));
  }

  /** Where the collecting of a campaign's money stands, by the database's clock. */
  async collecting(campaignId: Id<'cmp'>, drainMinutes: number): Promise<CollectingState | null> {
    const row = await this.database.row<
      Record<'state' | 'mode', string | null> & Record<'passed' | 'drained', string>
    >(
      `SELECT state, payment_mode AS mode, COALESCE(since <= UTC_TIMESTAMP(3), 0) AS passed,
              COALESCE(since + INTERVAL ? MINUTE <= UTC_TIMESTAMP(3), 0) AS drained
       FROM (SELECT state, payment_mode, IF(state = 'collecting', collection_ends_at, closed_at) AS since
             FROM campaign WHERE id = ?) c`,
      [drainMinutes, campaignId],
    );
    return (
      row && {
        state: row.state as CampaignState,
        paymentMode: row.mode as PaymentMode | null,
        isOver: Number(row.passed) === 1,
        isDrained: Number(row.drained) === 1,
      }
    );
  }

  /** Decided campaigns whose pledges nobody has taken over yet. */
  toSettle(limit: number): Promise<Id<'cmp'>[]> {
    return this.ids(
      `SELECT c.id FROM intake i JOIN campaign c ON c.id = i.campaign_id
       WHERE i.handed_over_at IS NULL AND i.state = 'closed'
         AND c.state IN ('succeeded', 'failed', 'cancelled', 'delivering', 'completed') ORDER BY i.closed_at LIMIT ?`,
      limit,
    );
  }

  /** Collections that end within `hours` from now and are still running, with the hours left. */
  async collectingWithin(hours: number, limit: number): Promise<{ id: Id<'cmp'>; hoursLeft: number }[]> {
    const rows = await this.database.rows<{ id: Id<'cmp'>; seconds: string }>(
      `SELECT id, TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(3), collection_ends_at) AS seconds FROM campaign
       WHERE state = 'collecting' AND collection_ends_at > UTC_TIMESTAMP(3)
         AND collection_ends_at <= UTC_TIMESTAMP(3) + INTERVAL ? HOUR ORDER BY collection_ends_at LIMIT ?`,
      [hours, limit],
    );
    return rows.map(({ id, seconds }) => ({ id, hoursLeft: Number(seconds) / 3600 }));
  }

  /** Campaigns that should have closed more than `seconds` ago: the number that must be zero. */
  async overdue(seconds: number): Promise<number> {
    const row = await this.database.row<{ n: string }>(
      "SELECT COUNT(*) AS n FROM intake WHERE state = 'open' AND deadline < UTC_TIMESTAMP(3) - INTERVAL ? SECOND",
      [seconds],
    );
    return Number(row?.n ?? 0);
  }

  private async ids(text: string, limit: number): Promise<Id<'cmp'>[]> {
    return (await this.database.rows<{ id: Id<'cmp'> }>(text, [limit])).map(({ id }) => id);
  }
}
