/** The table of policies, given to the guard. */
export const POLICY_TABLE = Symbol('policies');
