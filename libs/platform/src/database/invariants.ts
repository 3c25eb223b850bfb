import type { Database } from './database.js';

/** A named statement about the books. The SQL selects the rows that break it, so an empty answer is the good one. */
export interface Invariant {
  /** Such as `ledger.resolved-once`. */
  readonly name: string;
  /** What must hold, in one sentence. */
  readonly statement: string;
  readonly sql: string;
}

export interface InvariantBreach {
  readonly invariant: string;
  readonly statement: string;
  readonly rows: readonly Record<string, unknown>[];
}

const rowsShownMax = 20;

/** Runs every check against one database and returns what does not hold, with some of the rows that break it. */
export async function checkInvariants(
  database: Database,
  invariants: readonly Invariant[],
): Promise<InvariantBreach[]> {
  const breaches: InvariantBreach[] = [];
  for (const { name, statement, sql } of invariants) {
    const rows = await database.rows<Record<string, unknown>>(
      `SELECT * FROM (${sql}) AS breach LIMIT ${rowsShownMax}`,
    );
    if (rows.length > 0) breaches.push({ invariant: name, statement, rows });
  }
  return breaches;
}
