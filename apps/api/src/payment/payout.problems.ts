import { payeeHoldHours, type PayoutErrorCode } from '@hehuo/payment';
import type { ProblemRow } from '../problem/problem-row.js';

export const PAYOUT_PROBLEMS: Record<PayoutErrorCode, ProblemRow> = {
  payout_campaign_not_found: {
    status: 404,
    zh: '没有这个有代管账户的活动',
    en: 'No such campaign has a custody account',
  },
  payee_not_found: { status: 404, zh: '没有这个收款方', en: 'There is no such payee' },
  payee_invalid: { status: 422, zh: '收款方信息有误', en: 'The payee is not right' },
  payee_account_mismatch: {
    status: 422,
    zh: '账号与登记的不一致',
    en: 'This is not the account number that was entered',
  },
  payee_not_confirmed: {
    status: 409,
    zh: '收款账户还没有经第二人核对',
    en: 'Another person must confirm the account first',
  },
  payee_changed: {
    status: 409,
    zh: '收款账户已变更，请撤回后重新提出',
    en: 'The account of the payee was changed; withdraw this and propose it anew',
  },
  payee_on_hold: {
    status: 409,
    zh: `收款账户登记或变更后 ${payeeHoldHours} 小时内不付款`,
    en: `Nothing is sent in the ${payeeHoldHours} hours after an account was entered or changed`,
  },
  payout_not_found: { status: 404, zh: '没有这笔拨付', en: 'There is no such payout' },
  payout_invalid: { status: 422, zh: '拨付信息有误', en: 'The payout is not right' },
  payout_voucher_used: { status: 409, zh: '这张凭证已经用过', en: 'This voucher was used before' },
  payout_exceeds_budget: {
    status: 409,
    zh: '超过了这一步骤的可用金额',
    en: 'This part of the money does not hold that much',
  },
  payout_blocked: {
    status: 409,
    zh: '这个代管账户暂停付款',
    en: 'Nothing may leave this custody account now',
  },
  claw_back_not_found: { status: 404, zh: '没有这笔退回', en: 'There is no such claw-back' },
  claw_back_exceeds_payout: {
    status: 409,
    zh: '退回超过了已付的金额',
    en: 'More would come back than was paid',
  },
  claw_back_voucher_used: {
    status: 409,
    zh: '这个银行凭证号已经录入',
    en: 'This voucher of the bank was entered before',
  },
};
