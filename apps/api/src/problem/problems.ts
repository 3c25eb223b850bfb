import type { CampaignErrorCode, PledgeErrorCode } from '@hehuo/campaign';
import type { CommunityErrorCode } from '@hehuo/community';
import type { IdentityErrorCode } from '@hehuo/identity';
import type { LedgerErrorCode } from '@hehuo/ledger';
import type { PaymentErrorCode, ReconciliationErrorCode } from '@hehuo/payment';
import { CAMPAIGN_PROBLEMS, PLEDGE_PROBLEMS } from '../campaign/campaign.problems.js';
import { COMMUNITY_PROBLEMS } from '../community/community.problems.js';
import { IDENTITY_PROBLEMS } from '../identity/identity.problems.js';
import { LEDGER_PROBLEMS } from '../ledger/ledger.problems.js';
import { PAYMENT_PROBLEMS } from '../payment/payment.problems.js';
import { RECONCILIATION_PROBLEMS } from '../payment/reconciliation.problems.js';
import { HTTP_PROBLEMS, type HttpCode } from './http-problem.js';
import type { SettlementErrorCode } from '@hehuo/settlement';
import { SETTLEMENT_PROBLEMS } from '../settlement/settlement.problems.js';
import type { ProblemRow } from './problem-row.js';

/** Every code that a caller can meet. A new code of a lib does not compile until its table has a row. */
export type ErrorCode =
  | HttpCode
  | 'state_conflict'
  | CampaignErrorCode
  | PledgeErrorCode
  | LedgerErrorCode
  | SettlementErrorCode
  | PaymentErrorCode
  | ReconciliationErrorCode
  | IdentityErrorCode
  | CommunityErrorCode;

export const PROBLEMS: Record<ErrorCode, ProblemRow> = {
  ...HTTP_PROBLEMS,
  state_conflict: {
    status: 409,
    zh: '当前状态不允许这样做',
    en: 'This is not possible in the present state',
  },
  ...CAMPAIGN_PROBLEMS,
  ...PLEDGE_PROBLEMS,
  ...LEDGER_PROBLEMS,
  ...SETTLEMENT_PROBLEMS,
  ...PAYMENT_PROBLEMS,
  ...RECONCILIATION_PROBLEMS,
  ...IDENTITY_PROBLEMS,
  ...COMMUNITY_PROBLEMS,
};

export function problemOf(code: string): ProblemRow | undefined {
  return Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code as ErrorCode] : undefined;
}
