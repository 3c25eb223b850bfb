import type { OrderRecord, RefundRecord } from '../books/books.js';
import type { Answer } from '../gateway/answers.js';
import type { WechatMerchant } from './merchants.js';
import { integerOf, shanghaiTime } from './text.js';

export function errorOf(code: string, message: string): Readonly<Record<string, unknown>> {
  return { code, message };
}

/** What the desk refuses, in WeChat Pay's words. */
const REFUSALS: Readonly<Record<string, readonly [status: number, code: string, message: string]>> = {
  rejected: [400, 'INVALID_REQUEST', '无效请求'],
  rate_limited: [429, 'FREQUENCY_LIMITED', '频率超限'],
  internal_error: [500, 'SYSTEM_ERROR', '系统异常,请用相同参数重新调用'],
  invalid_request: [400, 'PARAM_ERROR', '参数错误'],
  order_mismatch: [403, 'OUT_TRADE_NO_USED', '商户订单号重复'],
  order_not_found: [404, 'ORDER_NOT_EXIST', '订单不存在'],
  order_paid: [400, 'ORDERPAID', '订单已支付'],
  order_closed: [400, 'ORDER_CLOSED', '订单已关闭'],
  order_not_paid: [404, 'RESOURCE_NOT_EXISTS', '订单不存在或未支付'],
  refund_not_found: [404, 'RESOURCE_NOT_EXISTS', '退款单不存在'],
  refund_mismatch: [400, 'PARAM_ERROR', '订单金额或退款金额与之前请求不一致'],
  refund_exceeds: [400, 'INVALID_REQUEST', '申请退款金额大于订单可退金额'],
  refund_too_many: [400, 'INVALID_REQUEST', '订单退款次数超过限制'],
  not_enough: [403, 'NOT_ENOUGH', '基本账户余额不足，请充值后重新发起'],
};

/** A refusal of the desk as WeChat Pay says it; null for an answer that is none. */
export function refusalOf({ status, body }: Answer): Answer | null {
  if (status < 400) return null;
  const known = REFUSALS[String(body['code'])] ?? [500, 'SYSTEM_ERROR', '系统异常'];
  return { status: known[0], body: errorOf(known[1], known[2]) };
}

const STATES = { open: 'NOTPAY', closed: 'CLOSED', paid: 'SUCCESS' } as const;
const WORDS = { NOTPAY: '订单未支付', CLOSED: '订单已关闭', SUCCESS: '支付成功', REFUND: '订单发生过退款' };

/** The order as a question about it shows it. */
export function transactionOf(order: OrderRecord, { mchid, appid }: WechatMerchant) {
  const state =
    order.state === 'paid' && order.refundedFen + order.refundingFen > 0n ? 'REFUND' : STATES[order.state];
  const total = integerOf(order.amountFen);
  return {
    ...{ appid, mchid, out_trade_no: order.orderNo, trade_state: state, trade_state_desc: WORDS[state] },
    ...(order.paidAtMs === null
      ? { amount: { total, currency: 'CNY' } }
      : {
          ...{ transaction_id: order.transactionNo, bank_type: 'OTHERS', attach: '' },
          ...{ success_time: shanghaiTime(order.paidAtMs), payer: { openid: 'oSandboxPayer' } },
          amount: { total, payer_total: total, currency: 'CNY', payer_currency: 'CNY' },
        }),
  };
}

const REFUND_STATES = { processing: 'PROCESSING', done: 'SUCCESS', failed: 'CLOSED' } as const;

/** The refund as its acceptance and questions about it show it. */
export function refundOf(refund: RefundRecord) {
  const { order } = refund;
  const [total, part] = [integerOf(order.amountFen), integerOf(refund.amountFen)];
  return {
    ...{ refund_id: refund.transactionNo, out_refund_no: refund.refundNo },
    ...{ transaction_id: order.transactionNo, out_trade_no: order.orderNo, channel: 'ORIGINAL' },
    ...{ user_received_account: '支付用户零钱', create_time: shanghaiTime(refund.changedAtMs) },
    ...(refund.doneAtMs === null ? {} : { success_time: shanghaiTime(refund.doneAtMs) }),
    ...{ status: REFUND_STATES[refund.state], funds_account: 'AVAILABLE' },
    amount: {
      ...{ total, refund: part, payer_total: total, payer_refund: part, currency: 'CNY' },
      ...{ settlement_refund: part, settlement_total: total, discount_refund: 0, refund_fee: 0 },
    },
  };
}
