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
export const staffOrAdmin: Row = only('staff_here', 'staff_elsewhere', 'platform_admin');
export const nobody: Row = only();
export const fresh = (rule: Row): Row => ({ ...rule, fresh: true });

/**
 * Who may call what: the other witness to the policies of the api. A route that is not named here fails the test, so
 * nobody opens one by forgetting. One line a route, in the order of the contexts.
 */
export const MATRIX: Readonly<Record<string, Row>> = {
  // shell
  'GET /health': open,
  'GET /ready': open,
  // From the network. The machine itself and whoever holds METRICS_TOKEN get in: see access.spec.ts.
  'GET /metrics': nobody,
  'GET /problems/:code': open,
  'GET /v1/openapi.json': open,
  'GET /v1/docs': open,
  'GET /v1/docs/:file': open,
  'GET /v1/stream': open,
  'GET /og/c/:file': open,
  'GET /*': open,

  // identity
  'POST /v1/sign-in/codes': open,
  'POST /v1/sign-in': open,
  'POST /v1/sign-in/staff': open,
  'POST /v1/sessions/second-factor': signedIn,
  'GET /v1/me': signedIn,
  'PATCH /v1/me': signedIn,
  'DELETE /v1/me': fresh(signedIn),
  'PUT /v1/me/password': fresh(signedIn),
  'GET /v1/me/export': signedIn,
  'GET /v1/me/partners': signedIn,
  'GET /v1/me/sessions': signedIn,
  'DELETE /v1/me/sessions': signedIn,
  'DELETE /v1/me/sessions/:id': signedIn,
  'GET /v1/consents/terms': open,
  'GET /v1/me/consents': signedIn,
  'POST /v1/me/consents': signedIn,
  'DELETE /v1/me/consents/:id': signedIn,
  'GET /v1/role-grants': only('platform_admin', 'auditor'),
  'POST /v1/role-grants': fresh(only('platform_admin')),
  'POST /v1/role-grants/:id/confirm': fresh(only('platform_admin')),
  'DELETE /v1/role-grants/:id': fresh(only('platform_admin')),
  'POST /v1/staff': fresh(only('platform_admin')),
  'GET /v1/partners': open,
  'GET /v1/partners/:id': open,
  'POST /v1/partners': signedIn,
  'PUT /v1/partners/:id/application': signedIn,
  'POST /v1/partners/:id/evidence': signedIn,
  'GET /v1/partners/:id/members': signedIn,
  'POST /v1/partners/:id/members': signedIn,
  'DELETE /v1/partners/:id/members/:personId': signedIn,
  'POST /v1/partners/:id/verify': staffOrAdmin,
  'POST /v1/partners/:id/refuse': staffOrAdmin,
  'POST /v1/partners/:id/suspend': staffOrAdmin,
  'POST /v1/partners/:id/restore': staffOrAdmin,

  // communities: anybody reads, staff of the community act
  'GET /v1/regions': open,
  'GET /v1/communities': open,
  'GET /v1/communities/:id': open,
  'GET /v1/communities/:id/estates': open,
  'GET /v1/communities/:id/grids': open,
  'GET /v1/communities/:id/households': staff,
  'GET /v1/communities/:id/policies': open,
  'POST /v1/communities/:id/policies': staff,
  'GET /v1/communities/:id/trusted-neighbours': staff,
  'POST /v1/communities/:id/trusted-neighbours': staff,
  'DELETE /v1/trusted-neighbours/:id': signedIn,
  'GET /v1/communities/:id/memberships': staff,
  'POST /v1/communities/:id/residents': staff,
  'POST /v1/communities/:id/door-codes': staff,
  'GET /v1/me/memberships': signedIn,
  'POST /v1/memberships': signedIn,
  'POST /v1/memberships/:id/guardian': signedIn,
  'POST /v1/memberships/:id/end': signedIn,
  'POST /v1/memberships/:id/verify': staff,
  'POST /v1/memberships/:id/refuse': staff,
  'POST /v1/memberships/:id/reveal': fresh(staff),
  'PUT /v1/memberships/:id/birth-date': fresh(staff),
  'POST /v1/imports/:kind': staffOrAdmin,
  'GET /v1/exports/:kind': staffOrAdmin,

  // needs
  'GET /v1/communities/:id/needs': open,
  'POST /v1/communities/:id/needs': signedIn,
  'GET /v1/communities/:id/similar': open,
  'GET /v1/needs/:id': open,
  'PUT /v1/needs/:id/me-too': signedIn,
  'DELETE /v1/needs/:id/me-too': signedIn,
  'POST /v1/needs/:id/close': signedIn,

  // campaigns: anybody reads, organisers write, staff judge
  'GET /v1/campaigns': open,
  'GET /v1/campaigns/:id': open,
  'GET /v1/campaigns/:id/log': open,
  'GET /v1/campaign-rules': open,
  'POST /v1/communities/:id/campaigns': signedIn,
  'PUT /v1/campaigns/:id/photos': signedIn,
  'PUT /v1/campaigns/:id/story': signedIn,
  'PUT /v1/campaigns/:id/place': signedIn,
  'PUT /v1/campaigns/:id/plan': signedIn,
  'PUT /v1/campaigns/:id/costs': signedIn,
  'PUT /v1/campaigns/:id/milestones': signedIn,
  'PUT /v1/campaigns/:id/goal': signedIn,
  'PUT /v1/campaigns/:id/rules': signedIn,
  'GET /v1/campaigns/:id/missing': signedIn,
  'POST /v1/campaigns/:id/submit': signedIn,
  'POST /v1/campaigns/:id/take-back': signedIn,
  'POST /v1/campaigns/:id/extend': signedIn,
  'POST /v1/campaigns/:id/cancel': signedIn,
  'POST /v1/campaigns/:id/suspend': staff,
  'POST /v1/campaigns/:id/resume': staff,
  'GET /v1/campaigns/:id/review': signedIn,
  'PUT /v1/campaigns/:id/review': staff,
  'PUT /v1/campaigns/:id/custody': staff,
  'POST /v1/campaigns/:id/approve': staff,
  'POST /v1/campaigns/:id/return': staff,
  'GET /v1/campaigns/:id/objections': open,
  'POST /v1/campaigns/:id/objections': signedIn,
  'POST /v1/campaigns/:id/objections/:objectionId/answer': signedIn,
  'POST /v1/campaigns/:id/objections/:objectionId/withdraw': signedIn,
  'GET /v1/communities/:id/tasks': staff,
  'POST /v1/tasks/:id/done': staff,

  // pledges and the campaign's books
  'POST /v1/campaigns/:id/pledges': signedIn,
  'GET /v1/campaigns/:id/pledges': open,
  'GET /v1/me/pledges': signedIn,
  'GET /v1/pledges/:id': signedIn,
  'POST /v1/pledges/:id/withdraw': signedIn,
  'GET /v1/campaigns/:id/forecast': open,
  'GET /v1/campaigns/:id/decisions': open,
  'GET /v1/campaigns/:id/ledger': open,
  'GET /v1/campaigns/:id/ledger/lines': open,

  // match funds: anybody reads, two persons commit and two say that money came
  'GET /v1/communities/:id/match-pools': open,
  'GET /v1/match-pools/:id': open,
  'GET /v1/campaigns/:id/matches': open,
  'GET /v1/pledges/:id/matches': signedIn,
  'POST /v1/match-pools': fresh(staff),
  'POST /v1/match-pools/:id/activate': fresh(only('fund_approver')),
  'POST /v1/match-pools/:id/close': fresh(only('fund_approver')),
  'PUT /v1/campaigns/:id/match-pools/:poolId': fresh(only('staff_here', 'staff_elsewhere', 'fund_approver')),
  'PUT /v1/campaigns/:id/match-pools/:poolId/receipt': staff,
  'POST /v1/campaigns/:id/match-pools/:poolId/receipt/confirm': fresh(
    only('staff_here', 'staff_elsewhere', 'fund_approver'),
  ),
  'POST /v1/campaigns/:id/match-pools/:poolId/receipt/refuse': fresh(
    only('staff_here', 'staff_elsewhere', 'fund_approver'),
  ),

  'PUT /v1/campaigns/:id/match-pools/:poolId/write-off': fresh(only('fund_approver')),
  'POST /v1/campaigns/:id/match-pools/:poolId/write-off/confirm': fresh(only('fund_approver')),
  'POST /v1/campaigns/:id/match-pools/:poolId/write-off/refuse': fresh(only('fund_approver')),

  // files: the uploader, then whoever may read the object
  'POST /v1/files': signedIn,
  // Some objects are public, so the use case decides; a reader who is not signed in is asked to be for any other file.
  'GET /v1/files/:id': open,

  // payment
  'POST /v1/gateways/:gateway/callbacks': open,
  'POST /v1/gateways/:gateway/callbacks/:merchant': open,
  'GET /v1/me/charges': signedIn,
  'GET /v1/charges/:id': signedIn,
  'POST /v1/charges/:id/check': signedIn,
  'GET /v1/campaigns/:id/refunds': open,
  'GET /v1/communities/:id/custody-accounts': open,
  'GET /v1/custody-accounts/:id': open,
  'POST /v1/communities/:id/custody-accounts': fresh(staff),
  'POST /v1/custody-accounts/:id/activate': fresh(only('fund_approver')),
  'POST /v1/custody-accounts/:id/close': fresh(only('fund_approver')),
  'GET /v1/custody-accounts/:id/channels': only('staff_here', 'staff_elsewhere', 'fund_approver', 'auditor'),
  'POST /v1/custody-accounts/:id/channels': fresh(staff),
  'PUT /v1/channels/:id/keys': fresh(staff),
  'POST /v1/channels/:id/check': only('staff_here', 'staff_elsewhere', 'fund_approver'),
  'POST /v1/channels/:id/activate': fresh(only('fund_approver')),
  'POST /v1/channels/:id/close': fresh(only('fund_approver')),
  'POST /v1/receipts': staff,
  'GET /v1/communities/:id/receipts': only('staff_here', 'staff_elsewhere', 'fund_approver', 'auditor'),
  'POST /v1/receipts/:id/confirm': fresh(only('staff_here', 'staff_elsewhere', 'fund_approver')),
  'POST /v1/receipts/:id/refuse': fresh(only('staff_here', 'staff_elsewhere', 'fund_approver')),
  'POST /v1/custody-accounts/:id/bank-statements': staff,
  'GET /v1/custody-accounts/:id/bank-lines': only(
    'staff_here',
    'staff_elsewhere',
    'fund_approver',
    'auditor',
  ),
  'POST /v1/bank-lines/:id/accept': staff,
  'POST /v1/bank-lines/:id/dismiss': staff,
  'POST /v1/bank-lines/:id/reopen': staff,
  'GET /v1/refunds': only('fund_approver', 'auditor'),
  'POST /v1/refunds/:id/redrive': fresh(only('fund_approver')),
  'POST /v1/refunds/:id/by-hand': fresh(only('staff_here', 'staff_elsewhere', 'fund_approver')),
  'POST /v1/refunds/:id/by-hand/confirm': fresh(only('fund_approver')),
  'POST /v1/campaigns/:id/payees': fresh(signedIn),
  'GET /v1/campaigns/:id/payees': signedIn,
  'POST /v1/payees/:id/account': fresh(signedIn),
  'POST /v1/payees/:id/confirm': fresh(only('staff_here', 'staff_elsewhere', 'fund_approver')),
  'GET /v1/campaigns/:id/payouts': open,
  'GET /v1/payouts/:id': signedIn,
  'POST /v1/campaigns/:id/payouts': signedIn,
  'POST /v1/payouts/:id/approve': fresh(only('fund_approver')),
  'POST /v1/payouts/:id/refuse': fresh(only('fund_approver')),
  'POST /v1/payouts/:id/withdraw': signedIn,
  'POST /v1/payouts/:id/send': fresh(only('staff_here', 'staff_elsewhere', 'fund_approver')),
  'POST /v1/payouts/:id/confirm': fresh(only('staff_here', 'staff_elsewhere', 'fund_approver')),
  'POST /v1/payouts/:id/returned': fresh(only('staff_here', 'staff_elsewhere', 'fund_approver')),
  'POST /v1/payouts/:id/claw-backs': fresh(only('staff_here', 'staff_elsewhere', 'fund_approver')),
  'POST /v1/claw-backs/:id/confirm': fresh(only('staff_here', 'staff_elsewhere', 'fund_approver')),
  'POST /v1/claw-backs/:id/refuse': fresh(only('staff_here', 'staff_elsewhere', 'fund_approver')),

  // reconciliation
  'GET /v1/custody-accounts/:id/reconciliation': only('fund_approver', 'auditor'),
  'GET /v1/bill-days/:id': only('fund_approver', 'auditor'),
  'POST /v1/bill-days/:id/without-bill': fresh(only('fund_approver')),
  'POST /v1/bill-days/:id/without-bill/confirm': fresh(only('fund_approver')),
  'GET /v1/differences': only('fund_approver', 'auditor'),
  'POST /v1/differences/:id/explain': fresh(only('fund_approver')),
  'POST /v1/differences/:id/confirm': fresh(only('fund_approver')),
  // public book
  'GET /v1/campaigns/:id/book': open,
  'GET /v1/campaigns/:id/book.csv': open,
  'GET /v1/communities/:id/book': open,
  'GET /v1/communities/:id/book.csv': open,
  'GET /v1/book-lines/:id': open,
  'GET /v1/book-lines/:id/challenges': open,
  'POST /v1/book-lines/:id/challenges': signedIn,
  'GET /v1/communities/:id/challenges': open,
  'GET /v1/challenges/:id': open,
  'POST /v1/challenges/:id/answers': signedIn,
  'POST /v1/challenges/:id/replies': signedIn,
  'POST /v1/challenges/:id/settle': signedIn,
  'POST /v1/challenges/:id/close': staff,
  'POST /v1/challenges/:id/messages/:messageId/hide': staff,
  'GET /v1/statement-key': open,
  'GET /v1/communities/:id/statements': open,
  'GET /v1/statements/:id': open,
  'GET /v1/statements/:id/lines.csv': open,
  'GET /v1/charges/:id/receipt.pdf': signedIn,
  'PUT /v1/charges/:id/charity-receipt': staff,

  // settlement
  'GET /v1/me/payment-reminders': signedIn,
  'POST /v1/pledges/:id/charges': signedIn,
  'GET /v1/campaigns/:id/budget': open,
  'GET /v1/campaigns/:id/milestone-decisions': open,
  'POST /v1/campaigns/:id/milestone-decisions': staff,
  'POST /v1/milestone-decisions/:id/confirm': fresh(only('fund_approver')),
  'POST /v1/milestone-decisions/:id/refuse': only('staff_here', 'staff_elsewhere', 'fund_approver'),
  'GET /v1/campaigns/:id/settlement': open,
  'POST /v1/campaigns/:id/settlement/resume': only('fund_approver'),
  'GET /v1/campaigns/:id/settlement/items': only('staff_here', 'staff_elsewhere', 'fund_approver', 'auditor'),
  'POST /v1/campaigns/:id/settlement/items/:pledgeId/redrive': only(
    'staff_here',
    'staff_elsewhere',
    'fund_approver',
  ),
};
