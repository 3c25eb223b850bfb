import type { Books, OrderRecord, RefundRecord, Sums } from '../books/books.js';
import { rfc3339, type Clock } from '../clock.js';
import type { FaultSwitches } from '../faults/fault-switches.js';
import { orderNotFound, refundNotFound, type Answer } from './answers.js';
import type { Gateway } from './gateway.js';

export const booksPageDefault = 500;
export const booksPageMax = 1_000;

/** Reading the books: single orders and refunds as a client sees them, and the whole truth for an audit. */
export class Queries {
  constructor(
    private readonly books: Books,
    private readonly gateway: Gateway,
    private readonly faults: FaultSwitches,
    private readonly clock: Clock,
  ) {}

  order(orderNo: string): Answer {
    const order = this.gateway.findOrder(orderNo);
    if (!order || this.isHidden('query-order', order.changedAtMs, { orderNo })) return orderNotFound();
    return { status: 200, body: orderView(order) };
  }

  refund(refundNo: string): Answer {
    const refund = this.books.refunds.get(refundNo);
    const orderNo = this.orderOfRefund(refundNo);
    if (!refund || this.isHidden('query-refund', refund.changedAtMs, { orderNo, refundNo })) {
      return refundNotFound();
    }
    return { status: 200, body: { ...refundView(refund), orderNo } };
  }

  orderRecord(orderNo: string): OrderRecord | undefined {
    return this.gateway.findOrder(orderNo);
  }

  isLatePaymentOn(orderNo: string): boolean {
    return this.faults.isOn('pay', 'late-success', { orderNo });
  }

  /** Lets a rule about an order also match the queries of its refunds. */
  orderOfRefund(refundNo: string): string | undefined {
    return this.books.refunds.get(refundNo)?.order.orderNo;
  }

  /** One page of orders in the order of their creation, after the given place; accounts and totals on every page. */
  page(after: number, limit: number): Answer {
    // Places are 1, 2, 3 …, so the place of an order is also its index plus one.
    const list = this.books.orderList.slice(after, after + limit);
    const last = list.at(-1)?.place ?? after;
    const accounts = [...this.books.accounts].map(([payeeAccount, sums]) => ({
      payeeAccount,
      ...sumsView(sums),
    }));
    const body = {
      orders: list.map((order) => ({
        ...orderView(order),
        payeeAccount: order.payeeAccount,
        paidFen: order.paidAtMs === null ? '0' : String(order.amountFen),
        refundingFen: String(order.refundingFen),
        refunds: order.refunds.map(refundView),
      })),
      accounts,
      totals: sumsView(this.books.totals),
      callbacksPending: this.books.deliveries.size,
      asOfEntry: this.books.entryCount,
      next: last < this.books.orderList.length ? String(last) : null,
    };
    return { status: 200, body };
  }

  totals(): Answer {
    return { status: 200, body: sumsView(this.books.totals) };
  }

  /** The not-found-for switch hides what changed only a moment ago, as a gateway with slow copies does. */
  private isHidden(
    operation: 'query-order' | 'query-refund',
    changedAtMs: number,
    subject: { orderNo?: string | undefined; refundNo?: string },
  ): boolean {
    const ageMs = this.clock.nowMs() - changedAtMs;
    return (
      this.faults.take(operation, ['not-found-for'], subject, ({ delayMs }) => ageMs < delayMs) !== undefined
    );
  }
}

function orderView(order: OrderRecord) {
  const { orderNo, state, amountFen, paidAtMs, transactionNo, refundedFen } = order;
  return {
    ...{ orderNo, state, amountFen: String(amountFen) },
    ...(paidAtMs === null ? {} : { paidAt: rfc3339(paidAtMs), transactionNo }),
    refundedFen: String(refundedFen),
  };
}

function refundView({ refundNo, amountFen, state, doneAtMs, transactionNo }: RefundRecord) {
  return {
    ...{ refundNo, amountFen: String(amountFen), state, transactionNo },
    ...(doneAtMs === null ? {} : { doneAt: rfc3339(doneAtMs) }),
  };
}

function sumsView({ paidFen, refundedFen }: Sums) {
  return {
    paidFen: String(paidFen),
    refundedFen: String(refundedFen),
    balanceFen: String(paidFen - refundedFen),
  };
}
