import type { Caller } from '../support/actors.js';

/** What the guard says: let through (the use case may still refuse the object), not signed in, or not allowed. */
export type Verdict = 'pass' | 401 | 403;
export type Row = Readonly<Record<'anonymous' | Caller, Verdict>> & {
  /** Needs a second factor shown in the last minutes. */
  readonly fresh?: true;
};

const CALLERS: readonly Caller[] = [
  'signed_in',
  'resident',
  'staff_here',
  'staff_elsewhere',
  'fund_approver',
  'auditor',
  'platform_admin',
  'partner_member',
];

function row(anonymous: Verdict, passing: readonly Caller[]): Row {
  const verdicts = CALLERS.map((caller) => [caller, passing.includes(caller) ? 'pass' : 403] as const);
  return { anonymous, ...(Object.fromEntries(verdicts) as Record<Caller, Verdict>) };
}

/** Anybody may read or ask. */
export const open: Row = row('pass', CALLERS);
/** Everybody with a session; the use case asks for membership, ownership, age. */
export const signedIn: Row = row(401, CALLERS);
/** Only these kinds of callers. */
export const only = (...passing: Caller[]): Row => row(401, passing);
export const staff: Row = only('staff_here', 'staff_elsewhere');
export const fresh = (rule: Row): Row => ({ ...rule, fresh: true });

/**
 * Who may call what: the other witness to the policies of the api. A route that is not named here fails the test, so
 * nobody opens one by forgetting. One line a route, in the order of the contexts.
 */
export const MATRIX: Readonly<Record<string, Row>> = {
  'GET /health': open,
  'GET /ready': open,
  // From this machine, as the tests call it; from elsewhere it needs METRICS_TOKEN (see shell.spec.ts).
  'GET /metrics': open,
  'GET /problems/:code': open,
  'GET /v1/openapi.json': open,
  'GET /v1/docs': open,
  'GET /v1/docs/:file': open,
  'GET /v1/stream': open,
};
