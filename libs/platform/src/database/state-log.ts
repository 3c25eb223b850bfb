import { StateLog, type StateChange, type Tx } from '@hehuo/kernel';
import { currentContext } from '../observability/context.js';
import { sqlOf, type SqlValue } from './database.js';

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

/** A query whose rows are changes: `object_id`, `from_state`, `to_state`, `event`. */
export interface SelectedChanges {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/**
 * Logs very many changes of one type without carrying them through the process: the rows come out of the store's own
 * query. Returns how many were logged, for the store to compare with what it changed.
 */
export async function logSelected(
  tx: Tx,
  objectType: string,
  { text, values }: SelectedChanges,
): Promise<number> {
  const { actor, requestId } = currentContext();
  const { affectedRows } = await sqlOf(tx).change(
    `INSERT INTO state_log (object_type, object_id, from_state, to_state, event, actor, request_id)
     SELECT ?, s.object_id, s.from_state, s.to_state, s.event, ?, ? FROM (${text}) s`,
    [objectType, actor, requestId, ...values],
  );
  return affectedRows;
}
