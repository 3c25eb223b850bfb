import type { FastifyReply } from 'fastify';
import type { OrderRecord } from '../books/books.js';
import type { CreateOrder } from '../books/entries.js';
import { orderClosed, orderNotFound, refuse, type Answer } from '../gateway/answers.js';
import type { Render } from '../http/perform.js';
import type { ServerParts } from '../http/server-parts.js';
import { billOf } from './bill.js';
import {
  businessFailed,
  invalid,
  orderFields,
  refundFields,
  refundQueryFields,
  refusalOf,
  success,
  type Fields,
} from './fields.js';
import { numberOf, orderWish, type AlipayRequest } from './requests.js';
import { fenText } from './text.js';

export type Respond = (reply: FastifyReply, fields: Fields, isSigned?: boolean) => FastifyReply;

export interface Addresses {
  /** The text of the code that stands for this order until somebody scans it. */
  readonly codeOf: (order: CreateOrder) => string;
  readonly billAddressOf: (sellerId: string, day: string) => string;
}

type Performed = FastifyReply | Promise<FastifyReply>;
const badParameter = businessFailed('ACQ.INVALID_PARAMETER');

/** The methods of the open API over the desk and its switches. An order of another merchant is not there. */
export class AlipayMethods {
  constructor(
    private readonly parts: ServerParts,
    private readonly addresses: Addresses,
  ) {}

  /** The order behind a payment page; undefined for another method or for what is not as agreed. */
  pageOrder(request: AlipayRequest): CreateOrder | undefined {
    const product = request.content['product_code'];
    const isPage = request.method === 'alipay.trade.page.pay' && product === 'FAST_INSTANT_TRADE_PAY';
    const isPhone = request.method === 'alipay.trade.wap.pay' && product === 'QUICK_WAP_WAY';
    return isPage || isPhone ? orderWish(request, this.parts.clock.nowMs()) : undefined;
  }

  perform(reply: FastifyReply, request: AlipayRequest, respond: Respond): Performed {
    switch (request.method) {
      case 'alipay.trade.precreate':
        return this.precreate(reply, request, respond);
      case 'alipay.trade.query':
        return this.query(reply, request, respond);
      case 'alipay.trade.close':
        return this.close(reply, request, respond);
      case 'alipay.trade.refund':
        return this.refund(reply, request, respond);
      case 'alipay.trade.fastpay.refund.query':
        return this.queryRefund(reply, request, respond);
      case 'alipay.data.dataservice.bill.downloadurl.query':
        return this.bill(reply, request, respond);
      default:
        return respond(reply, invalid('isv.invalid-method'));
    }
  }

  private precreate(reply: FastifyReply, request: AlipayRequest, respond: Respond): Performed {
    const { performer, queries, clock } = this.parts;
    const wish = orderWish(request, clock.nowMs());
    if (!wish) return respond(reply, badParameter);
    const { orderNo } = wish;
    const decide = (): Answer => {
      const order = queries.orderRecord(orderNo);
      if (order?.state === 'closed') return orderClosed();
      if (order?.state === 'paid') return refuse(409, 'order_paid', 'The order is already paid.');
      return { status: 200, body: {} };
    };
    const told = { ...success, out_trade_no: orderNo, qr_code: this.addresses.codeOf(wish) };
    return performer.query(
      reply,
      'create-order',
      { orderNo },
      decide,
      as(respond, 'order', () => told),
    );
  }

  private query(reply: FastifyReply, request: AlipayRequest, respond: Respond): Performed {
    const { performer, queries } = this.parts;
    const orderNo = numberOf(request.content['out_trade_no']);
    if (orderNo === undefined) return respond(reply, badParameter);
    const read = (): Answer => (this.find(request) ? queries.order(orderNo) : orderNotFound());
    const told = (): Fields => orderFields(this.known(request));
    return performer.query(reply, 'query-order', { orderNo }, read, as(respond, 'order', told));
  }

  private close(reply: FastifyReply, request: AlipayRequest, respond: Respond): Performed {
    const order = this.find(request);
    if (!order) return respond(reply, businessFailed('ACQ.TRADE_NOT_EXIST'));
    // Only what waits for its payer can be closed; a closed order says the same as a paid one.
    if (order.state === 'closed') return respond(reply, businessFailed('ACQ.TRADE_STATUS_ERROR'));
    const { orderNo, transactionNo } = order;
    const told = (): Fields => ({ ...success, out_trade_no: orderNo, trade_no: transactionNo });
    const command = { operation: 'close-order', orderNo } as const;
    return this.parts.performer.command(reply, command, as(respond, 'close', told));
  }

  private refund(reply: FastifyReply, request: AlipayRequest, respond: Respond): Performed {
    const amountFen = fenText(request.content['refund_amount']);
    const refundNo = numberOf(request.content['out_request_no']);
    const order = this.find(request);
    if (amountFen === undefined || refundNo === undefined) return respond(reply, badParameter);
    if (!order) return respond(reply, businessFailed('ACQ.TRADE_NOT_EXIST'));
    const isNew = !order.refunds.some((refund) => refund.refundNo === refundNo);
    const command = { operation: 'refund', refundNo, orderNo: order.orderNo, amountFen } as const;
    const told = (): Fields => refundFields(order, isNew);
    return this.parts.performer.command(reply, command, as(respond, 'refund', told));
  }

  private queryRefund(reply: FastifyReply, request: AlipayRequest, respond: Respond): Performed {
    const { performer, queries } = this.parts;
    const refundNo = numberOf(request.content['out_request_no']);
    const order = this.find(request);
    if (refundNo === undefined) return respond(reply, badParameter);
    if (!order) return respond(reply, businessFailed('ACQ.TRADE_NOT_EXIST'));
    const options = request.content['query_options'];
    const isDated = Array.isArray(options) && options.includes('gmt_refund_pay');
    const subject = { orderNo: order.orderNo, refundNo };
    const render: Render = (to, answer) => {
      // Nothing found is a success without data.
      const isHidden = answer.body['code'] === 'refund_not_found';
      if (isHidden)
        return respond(to, { ...success, out_trade_no: order.orderNo, trade_no: order.transactionNo });
      if (answer.status !== 200) return respond(to, refusalOf(answer, 'order'));
      return respond(to, refundQueryFields(order, refundNo, isDated));
    };
    return performer.query(reply, 'query-refund', subject, () => queries.refund(refundNo), render);
  }

  /** The day of today has a bill as well, unlike Alipay's, so that a test need not wait until tomorrow. */
  private bill(reply: FastifyReply, { merchant, content }: AlipayRequest, respond: Respond): Performed {
    const day = content['bill_date'];
    const isDay = typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day);
    if (!isDay || content['bill_type'] !== 'trade') return respond(reply, invalid('isv.invalid-arguments'));
    const zip = billOf(this.parts.keeper.books, merchant.sellerId, day);
    if (!zip) return respond(reply, businessFailed('isp.bill_not_exist'));
    const bill_download_url = this.addresses.billAddressOf(merchant.sellerId, day);
    return respond(reply, { ...success, bill_download_url });
  }

  private find({ merchant, content }: AlipayRequest): OrderRecord | undefined {
    const order = this.parts.queries.orderRecord(numberOf(content['out_trade_no']) ?? '');
    return order?.dialect === 'alipay' && order.payeeAccount === merchant.sellerId ? order : undefined;
  }

  private known(request: AlipayRequest): OrderRecord {
    const order = this.find(request);
    if (!order) throw new Error('An order that was just read is not in the books.');
    return order;
  }
}

/** Whatever the desk says, in Alipay's words: always 200, the outcome in the fields. */
function as(respond: Respond, operation: 'order' | 'refund' | 'close', told: () => Fields): Render {
  return (reply, answer) => respond(reply, answer.status < 300 ? told() : refusalOf(answer, operation));
}
