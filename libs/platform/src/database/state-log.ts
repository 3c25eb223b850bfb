import { StateLog, type StateChange, type Tx } from '@hehuo/kernel';
import { currentContext } from '../observability/context.js';
import { sqlOf } from './database.js';

const rowsPerStatement = 1000;

/** Append-only; the application's database user cannot change or delete its rows. */
export class SqlStateLog extends StateLog {
  async append(tx: Tx, changes: readonly StateChange[]): Promise<void> {
    const { actor, requestId } = currentContext();
    for (let at = 0; at < changes.length; at += rowsPerStatement) {
      const rows = changes
        .slice(at, at + rowsPerStatement)
        .map((c) => [c.objectType, c.objectId, c.from, c.to, c.event, actor, c.reason ?? null, requestId]);
      await sqlOf(tx).change(
        `INSERT INTO state_log (object_type, object_id, from_state, to_state, event, actor, reason, request_id)
         VALUES ?`,
        [rows],
      );
    }
  }
}
