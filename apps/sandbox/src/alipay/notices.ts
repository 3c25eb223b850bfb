import type { OrderRecord } from '../books/books.js';
import type { Delivery } from '../books/entries.js';
import type { Dialect, Telling } from '../callbacks/dialect.js';
import type { GatewayEvent } from '../callbacks/expansion.js';
import type { Merchants } from './merchants.js';
import { beijing, rsaSign, signedText, spoiled, yuan } from './text.js';

/** How far a replayed notice is dated back: beyond the day in which Alipay itself repeats one. */
const replayedMs = 3 * 86_400_000;
const wire = {
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  takenBy: 'success',
};

/** Tells events as asynchronous notices: a form under RSA2, repeated until the body of the answer is `success`. */
export class Notices implements Dialect {
  constructor(private readonly merchants: Merchants) {}

  tellerOf(order: OrderRecord) {
    return (told: GatewayEvent, signing: Delivery['signing']): Telling | null => {
      // Alipay says nothing about a refund that does not go through: the query shows that it is not there.
      if (told.event === 'refund.failed') return null;
      const sentAtMs = told.occurredAtMs - (signing === 'yesterday' ? replayedMs : 0);
      const fields = new Map(Object.entries(this.fieldsOf(told, order, sentAtMs)));
      return { body: this.formOf(fields, signing), wire };
    };
  }

  private fieldsOf(told: GatewayEvent, order: OrderRecord, sentAtMs: number): Record<string, string> {
    const appId = this.merchants.ofSeller(order.payeeAccount)?.appId ?? '';
    const isRefund = told.event === 'refund.done';
    return {
      ...{
        app_id: appId,
        auth_app_id: appId,
        charset: 'utf-8',
        version: '1.0',
        notify_type: 'trade_status_sync',
      },
      ...{ notify_id: `${beijing(told.occurredAtMs).slice(0, 10).replaceAll('-', '')}${told.eventId}` },
      ...{ notify_time: beijing(sentAtMs), out_trade_no: told.orderNo, trade_no: order.transactionNo },
      seller_id: sellerOf(told.merchant),
      subject: order.description,
      total_amount: yuan(isRefund ? order.amountFen : told.amountFen),
      trade_status: statusOf(told, order),
      ...(order.paidAtMs === null ? {} : { gmt_payment: beijing(order.paidAtMs) }),
      ...(told.event === 'charge.closed' ? { gmt_close: beijing(told.occurredAtMs) } : {}),
      ...(isRefund ? refundFields(told, order) : {}),
    };
  }

  private formOf(fields: Map<string, string>, signing: Delivery['signing']): string {
    if (signing === 'weak') return this.sealed(fields, 'RSA', 'SHA1');
    if (signing !== 'absent') return this.sealed(fields, 'RSA2', 'SHA256', signing === 'forged');
    return new URLSearchParams([...fields]).toString();
  }

  private sealed(
    fields: Map<string, string>,
    type: string,
    digest: 'SHA256' | 'SHA1',
    isForged = false,
  ): string {
    const signature = rsaSign(this.merchants.ownKey, signedText(fields, ['sign', 'sign_type']), digest);
    const form = new URLSearchParams([...fields, ['sign_type', type]]);
    form.append('sign', isForged ? spoiled(signature) : signature);
    return form.toString();
  }
}

function statusOf({ event }: GatewayEvent, { refundedFen, amountFen }: OrderRecord): string {
  const isOver = event === 'charge.closed' || (event === 'refund.done' && refundedFen >= amountFen);
  return isOver ? 'TRADE_CLOSED' : 'TRADE_SUCCESS';
}

/** The refunded sum is that of all refunds so far, as Alipay has it; a switch that lies by a fen lies here too. */
function refundFields(told: GatewayEvent, order: OrderRecord): Record<string, string> {
  const own = order.refunds.find(({ refundNo }) => refundNo === told.refundNo)?.amountFen ?? told.amountFen;
  return {
    out_biz_no: told.refundNo ?? '',
    refund_fee: yuan(order.refundedFen - own + told.amountFen),
    gmt_refund: `${beijing(told.occurredAtMs)}.${String(told.occurredAtMs % 1_000).padStart(3, '0')}`,
  };
}

/** The switch of another merchant adds a word to the name; here a seller is a number. */
function sellerOf(merchant: string): string {
  return merchant.replace(/^(2088\d{11})(\d)-other$/, (_, front: string, last: string) => {
    return `${front}${(Number(last) + 1) % 10}`;
  });
}
