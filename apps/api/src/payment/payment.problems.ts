import type { PaymentErrorCode } from '@hehuo/payment';
import type { ProblemRow } from '../problem/problem-row.js';
import { PAYOUT_PROBLEMS } from './payout.problems.js';

export const PAYMENT_PROBLEMS: Record<PaymentErrorCode, ProblemRow> = {
  custody_account_not_found: { status: 404, zh: '没有这个代管账户', en: 'There is no such custody account' },
  custody_account_not_active: {
    status: 409,
    zh: '代管账户现在不收款',
    en: 'The custody account takes no money now',
  },
  custody_signatory_unknown: {
    status: 422,
    zh: '这位不能做账户签字人',
    en: 'A signatory cannot sign for this account',
  },
  custody_account_invalid: { status: 422, zh: '代管账户信息有误', en: 'The custody account is not right' },
  custody_account_in_use: {
    status: 409,
    zh: '还有没结束的事用着这个账户',
    en: 'Campaigns that are not decided use this account',
  },
  channel_not_found: { status: 404, zh: '没有这个收款渠道', en: 'There is no such merchant channel' },
  channel_invalid: { status: 422, zh: '收款渠道信息有误', en: 'The merchant channel is not right' },
  channel_keys_invalid: { status: 422, zh: '商户密钥信息有误', en: 'The keys of the merchant are not right' },
  channel_not_checked: {
    status: 409,
    zh: '请先检查渠道，支付机构认可密钥后才能启用',
    en: 'The gateway has not accepted these keys yet',
  },
  charge_not_found: { status: 404, zh: '没有这笔付款', en: 'There is no such payment' },
  charge_invalid: { status: 422, zh: '付款信息有误', en: 'The payment is not right' },
  charge_too_late: { status: 409, zh: '付款时间快到了', en: 'The time to pay is nearly over' },
  charge_in_flight: { status: 409, zh: '已有一笔付款正在进行', en: 'Another payment is under way' },
  charge_already_paid: { status: 409, zh: '这笔承诺已经付过款', en: 'This pledge is paid already' },
  charge_operation_reused: {
    status: 422,
    zh: '同一个 Idempotency-Key 不能用于不同付款',
    en: 'This Idempotency-Key belongs to another payment',
  },
  refund_not_found: { status: 404, zh: '没有这笔退款', en: 'There is no such refund' },
  refund_exceeds_charge: { status: 409, zh: '退款超过了付款', en: 'More would go back than was paid' },
  refund_fact_reused: { status: 409, zh: '这件事已经退过款', en: 'Another refund answers this already' },
  refund_not_by_hand: { status: 409, zh: '这笔退款不能这样处理', en: 'This refund cannot be done this way' },
  receipt_not_found: { status: 404, zh: '没有这张收据', en: 'There is no such receipt' },
  receipt_invalid: { status: 422, zh: '收据信息有误', en: 'The receipt is not right' },
  receipt_number_used: {
    status: 409,
    zh: '这个收据号已经录入',
    en: 'This receipt number was entered before',
  },
  receipt_operation_reused: {
    status: 422,
    zh: '同一个 Idempotency-Key 不能用于不同收据',
    en: 'This Idempotency-Key belongs to another receipt',
  },
  receipt_photo_required: {
    status: 422,
    zh: '现金收款须附收据照片',
    en: 'Cash needs a photo of its slip',
  },
  bank_statement_refused: {
    status: 422,
    zh: '银行流水有误，没有导入',
    en: 'The bank statement has errors; nothing was stored',
  },
  bank_statement_too_large: { status: 413, zh: '银行流水文件过大', en: 'The bank statement is too large' },
  bank_line_not_found: { status: 404, zh: '没有这条流水', en: 'There is no such line' },
  bank_line_pledge_unfit: {
    status: 422,
    zh: '这笔承诺不付到这个账户',
    en: 'This pledge is not paid into this account',
  },
  bank_line_pledge_taken: {
    status: 409,
    zh: '这笔承诺已有收据',
    en: 'This pledge has a receipt already',
  },
  bank_line_changed: {
    status: 409,
    zh: '这条流水刚被处理过，请重新查看',
    en: 'This line was decided meanwhile; read it again',
  },
  bank_line_not_dismissed: {
    status: 409,
    zh: '只有已排除的流水可以重新打开',
    en: 'Only a dismissed line can be reopened',
  },
  same_person: { status: 403, zh: '须由另一个人来办理', en: 'Another person must do this' },
  payment_forbidden: { status: 403, zh: '您没有这项权限', en: 'You may not do this here' },
  payment_gateway_unknown: { status: 404, zh: '没有开通这种支付方式', en: 'This gateway is not set up here' },
  payment_changed_meanwhile: {
    status: 409,
    zh: '别人刚刚修改过，请再试一次',
    en: 'Others changed this meanwhile; try again',
  },
  callback_refused: { status: 401, zh: '回调签名无效', en: 'The signature of the callback is wrong' },
  callback_malformed: { status: 400, zh: '回调内容无法读取', en: 'The callback cannot be read' },
  callback_too_large: { status: 413, zh: '回调内容过大', en: 'The callback is too large' },
  ...PAYOUT_PROBLEMS,
};
