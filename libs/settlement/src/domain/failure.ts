/** Facts of an error that decide whether it is the data's fault or the weather's. */
export interface FailureFacts {
  /** A refusal of a rule: the same input is refused again. */
  readonly isRefusal: boolean;
  /** SQLSTATE of the database, where it spoke. */
  readonly sqlState: string | null;
}

/**
 * Whether trying again cannot help. Bad values (22), broken constraints (23) and wrong statements (42) stay what they
 * are; deadlocks, lost connections and anything unknown pass.
 */
export function isPoison({ isRefusal, sqlState }: FailureFacts): boolean {
  return isRefusal || (sqlState !== null && ['22', '23', '42'].includes(sqlState.slice(0, 2)));
}
