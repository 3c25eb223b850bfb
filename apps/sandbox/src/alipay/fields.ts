import type { OrderRecord } from '../books/books.js';
import type { Answer } from '../gateway/answers.js';
import { beijing, yuan } from './text.js';

/** The content of an answer, in the order in which it is written and signed. */
export type Fields = Readonly<Record<string, string>>;

export const success = { code: '10000', msg: 'Success' };

export function businessFailed(reason: string): Fields {
  return { code: '40004', msg: 'Business Failed', sub_code: reason, sub_msg: reason };
}

export function invalid(reason: string, code = '40002'): Fields {
  return {
    code,
    msg: code === '40001' ? 'Missing Required Arguments' : 'Invalid Arguments',
    sub_code: reason,
  };
}

/** The refusals of the desk in Alipay's words; what breaks or is too much has one word whatever was asked. */
const COMMON: Readonly<Record<string, Fields>> = {
  internal_error: { code: '20000', msg: 'Service Currently Unavailable', sub_code: 'isp.unknow-error' },
  rate_limited: { code: '40005', msg: 'Call Limited', sub_code: 'isv.app-call-limited' },
  order_not_found: businessFailed('ACQ.TRADE_NOT_EXIST'),
  invalid_request: businessFailed('ACQ.INVALID_PARAMETER'),
  rejected: businessFailed('ACQ.INVALID_PARAMETER'),
  order_mismatch: businessFailed('ACQ.CONTEXT_INCONSISTENT'),
  order_paid: businessFailed('ACQ.TRADE_HAS_SUCCESS'),
  order_closed: businessFailed('ACQ.TRADE_HAS_CLOSE'),
};
const REFUND: Readonly<Record<string, Fields>> = {
  rejected: businessFailed('ACQ.TRADE_NOT_ALLOW_REFUND'),
  refund_mismatch: businessFailed('ACQ.DISCORDANT_REPEAT_REQUEST'),
  refund_exceeds: businessFailed('ACQ.REASON_TRADE_REFUND_FEE_ERR'),
  refund_too_many: businessFailed('ACQ.TRADE_NOT_ALLOW_REFUND'),
  order_not_paid: businessFailed('ACQ.TRADE_STATUS_ERROR'),
  not_enough: businessFailed('ACQ.SELLER_BALANCE_NOT_ENOUGH'),
};

export function refusalOf({ body }: Answer, operation: 'order' | 'refund' | 'close'): Fields {
  const code = String(body['code']);
  if (operation === 'refund' && REFUND[code]) return REFUND[code];
  if (operation === 'close' && code === 'order_paid') return businessFailed('ACQ.TRADE_STATUS_ERROR');
  return COMMON[code] ?? COMMON['internal_error'] ?? {};
}

/** A closed order that was paid is one that was given back whole: the payment date stays and tells them apart. */
export function orderFields(order: OrderRecord): Fields {
  const { orderNo, transactionNo, amountFen, refundedFen, paidAtMs, state } = order;
  const isOver = state === 'closed' || (state === 'paid' && refundedFen >= amountFen);
  return {
    ...success,
    buyer_logon_id: '138****0000',
    ...{ out_trade_no: orderNo, trade_no: transactionNo, total_amount: yuan(amountFen) },
    trade_status: isOver ? 'TRADE_CLOSED' : state === 'paid' ? 'TRADE_SUCCESS' : 'WAIT_BUYER_PAY',
    ...(paidAtMs === null ? {} : { send_pay_date: beijing(paidAtMs) }),
  };
}

/** `fund_change` tells whether this very call moved money; `refund_fee` is the sum of all refunds of the order. */
export function refundFields(order: OrderRecord, isNew: boolean): Fields {
  return {
    ...success,
    ...{ out_trade_no: order.orderNo, trade_no: order.transactionNo, buyer_logon_id: '138****0000' },
    fund_change: isNew ? 'Y' : 'N',
    refund_fee: yuan(order.refundedFen + order.refundingFen),
  };
}

/** A refund that is not done is one that is not there: no status is shown. */
export function refundQueryFields(order: OrderRecord, refundNo: string, isDated: boolean): Fields {
  const base = { ...success, out_trade_no: order.orderNo, trade_no: order.transactionNo };
  const refund = order.refunds.find((one) => one.refundNo === refundNo);
  if (refund?.state !== 'done') return base;
  return {
    ...base,
    ...{
      out_request_no: refundNo,
      total_amount: yuan(order.amountFen),
      refund_amount: yuan(refund.amountFen),
    },
    refund_status: 'REFUND_SUCCESS',
    ...(isDated && refund.doneAtMs !== null ? { gmt_refund_pay: beijing(refund.doneAtMs) } : {}),
  };
}
