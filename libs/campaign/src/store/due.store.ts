import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { Database } from '@hehuo/platform';

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

  /** Decided campaigns whose pledges nobody has taken over yet. */
  toSettle(limit: number): Promise<Id<'cmp'>[]> {
    return this.ids(
      `SELECT c.id FROM intake i JOIN campaign c ON c.id = i.campaign_id
       WHERE i.handed_over_at IS NULL AND i.state = 'closed'
         AND c.state IN ('succeeded', 'failed', 'cancelled', 'delivering', 'completed') ORDER BY i.closed_at LIMIT ?`,
      limit,
    );
  }

  /** Collections that end within `hours` from now and are still running, with their end. */
  async collectingWithin(hours: number, limit: number): Promise<{ id: Id<'cmp'>; endsAt: Date }[]> {
    return this.database.rows(
      `SELECT id, collection_ends_at AS endsAt FROM campaign WHERE state = 'collecting'
         AND collection_ends_at > UTC_TIMESTAMP(3) AND collection_ends_at <= UTC_TIMESTAMP(3) + INTERVAL ? HOUR
       ORDER BY collection_ends_at LIMIT ?`,
      [hours, limit],
    );
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
