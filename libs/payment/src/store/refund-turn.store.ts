import type { Id, Tx } from '@hehuo/kernel';
import { sqlOf } from '@hehuo/platform';
import type { Refund } from '../domain/refund.js';

/** Whose turn it is among the refunds of one order. */
export class RefundTurnStore {
  /**
   * When the order of this refund takes another one, whose gateway wants `gapSeconds` between two; null when it does now.
   * Locks the charge, so that two refunds of one order cannot both have the turn.
   */
  async turnAt(tx: Tx, refund: Refund, gapSeconds: number): Promise<Date | null> {
    if (gapSeconds === 0) return null;
    await sqlOf(tx).row('SELECT id FROM charge WHERE id = ? FOR UPDATE', [refund.chargeId]);
    const row = await sqlOf(tx).row<{ at: Date | null }>(
      `SELECT MAX(called_at) + INTERVAL ? SECOND AS at FROM refund WHERE charge_id = ? AND (id <> ? OR sent_at IS NULL)
         AND called_at > UTC_TIMESTAMP(3) - INTERVAL ? SECOND`,
      [gapSeconds, refund.chargeId, refund.id, gapSeconds],
    );
    return row?.at ?? null;
  }

  /** It is not the turn of this refund: it waits, unchanged. */
  async waitUntil(tx: Tx, refundId: Id<'rfd'>, at: Date): Promise<void> {
    await sqlOf(tx).change(
      'UPDATE refund SET next_try_at = ? WHERE id = ? AND lease_until <= UTC_TIMESTAMP(3)',
      [at, refundId],
    );
  }
}
