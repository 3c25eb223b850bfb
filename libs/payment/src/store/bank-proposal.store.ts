import type { Id, Tx } from '@hehuo/kernel';
import { Database, sqlOf } from '@hehuo/platform';
import type { Proposal, Score, Why } from '../domain/bank-line.js';

interface ProposalColumns {
  readonly lineId: Id<'bkl'>;
  readonly pledgeId: Id<'plg'>;
  readonly campaignId: Id<'cmp'>;
  readonly payerId: Id<'per'>;
  readonly expected: string;
  readonly score: Score;
  readonly why: Why;
}

/** What open lines may pay, the best first. Written anew whenever it changes; decided lines keep their last ones. */
export class BankProposalStore {
  constructor(private readonly database: Database) {}

  async of(lineIds: readonly Id<'bkl'>[]): Promise<Map<Id<'bkl'>, Proposal[]>> {
    if (lineIds.length === 0) return new Map();
    const rows = await this.database.rows<ProposalColumns>(
      `SELECT line_id AS lineId, pledge_id AS pledgeId, campaign_id AS campaignId, payer_id AS payerId, expected, score, why
       FROM bank_proposal WHERE line_id IN (?) ORDER BY line_id, place`,
      [lineIds],
    );
    const lists = new Map<Id<'bkl'>, Proposal[]>();
    for (const { lineId, expected, ...rest } of rows) {
      lists.set(lineId, [...(lists.get(lineId) ?? []), { ...rest, expected: BigInt(expected) }]);
    }
    return lists;
  }

  async replace(tx: Tx, lineId: Id<'bkl'>, proposals: readonly Proposal[]): Promise<void> {
    await sqlOf(tx).change('DELETE FROM bank_proposal WHERE line_id = ?', [lineId]);
    if (proposals.length === 0) return;
    const rows = proposals.map((one, place) => [
      ...[lineId, one.pledgeId, one.campaignId, one.payerId, one.expected, one.score, one.why, place],
    ]);
    await sqlOf(tx).change(
      `INSERT INTO bank_proposal (line_id, pledge_id, campaign_id, payer_id, expected, score, why, place) VALUES ?`,
      [rows],
    );
  }
}
