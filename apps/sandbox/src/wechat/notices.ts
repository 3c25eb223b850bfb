import type { OrderRecord } from '../books/books.js';
import type { Delivery } from '../books/entries.js';
import type { Dialect, Tell } from '../callbacks/dialect.js';
import type { GatewayEvent } from '../callbacks/expansion.js';
import type { WechatMerchant, WechatMerchants } from './merchants.js';
import { integerOf, sealed, shanghaiTime } from './text.js';
import { headersFor } from './wechat-scope.js';

const yesterdaySeconds = 86_400;

/** What WeChat Pay tells of each event; it says nothing about an order that closes. */
const KINDS = {
  'charge.paid': ['TRANSACTION.SUCCESS', '支付成功'],
  'refund.done': ['REFUND.SUCCESS', '退款成功'],
  'refund.failed': ['REFUND.CLOSED', '退款关闭'],
  'charge.closed': null,
} as const;

/** Tells events as sealed callbacks, signed anew for every try. */
export class WechatNotices implements Dialect {
  constructor(private readonly merchants: WechatMerchants) {}

  tellerOf(order: OrderRecord): Tell {
    return (told) => {
      const kind = KINDS[told.event];
      const merchant = this.merchants.find(order.payeeAccount);
      if (!kind || !merchant) return null;
      const content = told.refundNo === undefined ? paid(told, merchant) : refunded(told, order);
      const type = told.refundNo === undefined ? 'transaction' : 'refund';
      const body = {
        ...{ id: `EV-${told.eventId}`, create_time: shanghaiTime(told.occurredAtMs) },
        ...{ resource_type: 'encrypt-resource', event_type: kind[0], summary: kind[1] },
        resource: sealed(JSON.stringify(content), merchant.apiV3Key, type),
      };
      return { body: JSON.stringify(body), dialect: 'wechat', merchant: merchant.mchid };
    };
  }

  headersOf({ body, signing, merchant }: Delivery, nowSeconds: number): Record<string, string> {
    const found = this.merchants.find(merchant ?? '');
    const headers = { 'content-type': 'application/json' };
    if (!found || signing === 'absent') return headers;
    const at = signing === 'yesterday' ? nowSeconds - yesterdaySeconds : nowSeconds;
    const isForged = signing === 'forged' || signing === 'weak';
    const spoil = signing === 'probe' ? 'probe' : isForged ? 'forged' : null;
    return { ...headers, ...headersFor(this.merchants, found, body, at, spoil) };
  }
}

function paid(told: GatewayEvent, { appid }: WechatMerchant) {
  const total = integerOf(told.amountFen);
  return {
    ...{ mchid: told.merchant, appid, out_trade_no: told.orderNo, transaction_id: told.transactionNo },
    ...{ trade_state: 'SUCCESS', trade_state_desc: '支付成功', bank_type: 'OTHERS', attach: '' },
    ...{ success_time: shanghaiTime(told.occurredAtMs), payer: { openid: 'oSandboxPayer' } },
    amount: { total, payer_total: total, currency: 'CNY', payer_currency: 'CNY' },
  };
}

function refunded(told: GatewayEvent, order: OrderRecord) {
  const [total, refund] = [integerOf(order.amountFen), integerOf(told.amountFen)];
  return {
    ...{ mchid: told.merchant, out_trade_no: told.orderNo, transaction_id: order.transactionNo },
    ...{ out_refund_no: told.refundNo, refund_id: told.transactionNo },
    ...(told.event === 'refund.done'
      ? { refund_status: 'SUCCESS', success_time: shanghaiTime(told.occurredAtMs) }
      : { refund_status: 'CLOSED' }),
    user_received_account: '支付用户零钱',
    amount: { total, refund, payer_total: total, payer_refund: refund },
  };
}
