import { Injectable } from '@nestjs/common';
import type { Id, Tx } from '@hehuo/kernel';
import { logSelected, sqlOf, type SqlValue } from '@hehuo/platform';
import { PLEDGE_MACHINE, type PledgeEvent, type PledgeState } from '../domain/pledge.machine.js';

/** What becomes of the pledges of one ask that stand in one state. */
export interface RangeStep {
  readonly askId: Id<'ask'>;
  readonly from: PledgeState;
  readonly event: PledgeEvent;
}

export interface PledgeRange {
  readonly campaignId: Id<'cmp'>;
  readonly firstId: string;
  readonly lastId: string;
  readonly steps: readonly RangeStep[];
}

/** Moves very many pledges of a decided campaign, by ranges of their ids. */
@Injectable()
export class PledgeRangeStore {
  /**
   * Moves every pledge between two ids that a step names, and logs each, by two statements. Returns how many moved; the
   * caller knows how many it expected and rolls back when the number differs.
   */
  async move(tx: Tx, { campaignId, firstId, lastId, steps }: PledgeRange): Promise<number> {
    const targets = steps.map(({ askId, from, event }) => ({
      askId,
      from,
      event,
      to: PLEDGE_MACHINE.next(from, event),
    }));
    const pick = (
      of: (target: (typeof targets)[number]) => string,
    ): { text: string; values: SqlValue[] } => ({
      text: `CASE ${targets.map(() => 'WHEN ask_id = ? AND state = ? THEN ?').join(' ')} END`,
      values: targets.flatMap((target) => [target.askId, target.from, of(target)]),
    });
    const [to, event] = [pick((target) => target.to), pick((target) => target.event)];
    const where = 'id BETWEEN ? AND ? AND campaign_id = ? AND (ask_id, state) IN (?)';
    const whereValues = [firstId, lastId, campaignId, targets.map(({ askId, from }) => [askId, from])];
    const logged = await logSelected(tx, 'pledge', {
      text: `SELECT id AS object_id, state AS from_state, ${to.text} AS to_state, ${event.text} AS event
             FROM pledge FORCE INDEX (PRIMARY) WHERE ${where}`,
      values: [...to.values, ...event.values, ...whereValues],
    });
    const { affectedRows } = await sqlOf(tx).change(
      `UPDATE pledge FORCE INDEX (PRIMARY) SET version = version + 1, state = ${to.text} WHERE ${where}`,
      [...to.values, ...whereValues],
    );
    // A pledge that moved between the two statements would be missing in one of them.
    return logged === affectedRows ? affectedRows : -1;
  }
}
