import { Database } from './database.js';
import type { Invariant } from './invariants.js';

export interface StateLogEntry {
  /** Grows with time inside one object; usable as a cursor there. */
  readonly id: string;
  readonly objectId: string;
  readonly from: string | null;
  readonly to: string;
  readonly event: string;
  /** A person's id, or the name of a job or command. */
  readonly actor: string;
  readonly reason: string | null;
  readonly at: Date;
}

const SELECT = `SELECT id, object_id AS objectId, from_state AS \`from\`, to_state AS \`to\`, event, actor, reason, at
  FROM state_log WHERE object_id = ?`;

/** Reads the history of one object, newest first. */
export class StateLogReader {
  constructor(private readonly database: Database) {}

  /** Entries before the cursor `before` (an entry's id), at most `limit`. */
  async page(objectId: string, before: string | null, limit: number): Promise<StateLogEntry[]> {
    return this.database.rows<StateLogEntry>(`${SELECT} AND (? IS NULL OR id < ?) ORDER BY id DESC LIMIT ?`, [
      objectId,
      before,
      before,
      limit,
    ]);
  }

  /** The newest entry of one event; null when it never happened. */
  async latest(objectId: string, event: string): Promise<StateLogEntry | null> {
    return this.database.row<StateLogEntry>(`${SELECT} AND event = ? ORDER BY id DESC LIMIT 1`, [
      objectId,
      event,
    ]);
  }
}

/**
 * The check that every row of `table` (with columns `id` and `state`) has a log whose newest entry says the state
 * that the row is in. For the list of the context that owns the table.
 */
export function loggedStateInvariant(name: string, table: string): Invariant {
  return {
    name,
    statement: `The newest log entry of every ${table} says the state that it is in.`,
    sql: `SELECT t.id, t.state, l.to_state AS logged FROM \`${table}\` t
          LEFT JOIN (SELECT object_id, MAX(id) AS newest FROM state_log GROUP BY object_id) n ON n.object_id = t.id
          LEFT JOIN state_log l ON l.id = n.newest
          WHERE l.id IS NULL OR l.to_state <> t.state`,
  };
}
