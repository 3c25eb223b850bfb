import { utcDay } from '../clock.js';
import type { Command, Delivery, Entry, OrderState, RefundState } from './entries.js';

export interface OrderRecord {
  /** Place in the order of creation, from 1: the key that listings page by. */
  readonly place: number;
  readonly orderNo: string;
  readonly amountFen: bigint;
  readonly description: string;
  readonly payeeAccount: string;
  readonly expiresAtMs: number;
  readonly notifyUrl: string | null;
  readonly returnUrl: string | null;
  readonly payToken: string;
  /** The gateway's own number, given at creation; published once there is something to tell about it. */
  readonly transactionNo: string;
  readonly refunds: RefundRecord[];
  state: OrderState;
  paidAtMs: number | null;
  changedAtMs: number;
  refundedFen: bigint;
  /** Accepted but not yet settled; it counts against what may still be refunded. */
  refundingFen: bigint;
}

export interface RefundRecord {
  readonly refundNo: string;
  readonly order: OrderRecord;
  readonly amountFen: bigint;
  readonly notifyUrl: string | null;
  readonly transactionNo: string;
  readonly settleAtMs: number;
  readonly outcome: 'done' | 'failed';
  state: RefundState;
  doneAtMs: number | null;
  changedAtMs: number;
}

export interface PendingDelivery extends Delivery {
  attempts: number;
  nextAtMs: number;
}

export interface Movement {
  readonly type: 'payment' | 'refund';
  readonly ourNumber: string;
  /** For a refund the number of its order. */
  readonly orderNo: string;
  readonly payeeAccount: string;
  readonly transactionNo: string;
  readonly amountFen: bigint;
  readonly atMs: number;
}

export interface Sums {
  paidFen: bigint;
  refundedFen: bigint;
}

/** The books in memory: nothing but the fold of the journal's entries. It decides nothing and reads no clock. */
export class Books {
  booksId = '';
  /** Entries folded so far: the source of the gateway's own numbers. */
  entryCount = 0;
  readonly orderList: OrderRecord[] = [];
  readonly orders = new Map<string, OrderRecord>();
  readonly refunds = new Map<string, RefundRecord>();
  readonly accounts = new Map<string, Sums>();
  readonly deliveries = new Map<string, PendingDelivery>();
  readonly deferred = new Map<string, { readonly dueAtMs: number; readonly command: Command }>();
  readonly totals: Sums = { paidFen: 0n, refundedFen: 0n };
  private readonly movements = new Map<string, Movement[]>();

  movementsOf(day: string): readonly Movement[] {
    return this.movements.get(day) ?? [];
  }

  fold(at: number, entry: Entry): void {
    this.entryCount += 1;
    switch (entry.kind) {
      case 'books.opened':
        this.booksId = entry.booksId;
        return;
      case 'order.created':
        return this.addOrder(at, entry);
      case 'order.paid':
        return this.pay(at, this.orderOf(entry.orderNo));
      case 'order.closed':
        Object.assign(this.orderOf(entry.orderNo), { state: 'closed', changedAtMs: at });
        return;
      case 'refund.accepted':
        return this.addRefund(at, entry);
      case 'refund.settled':
        return this.settle(at, entry.refundNo);
      case 'command.deferred':
        this.deferred.set(entry.id, { dueAtMs: entry.dueAtMs, command: entry.command });
        return;
      case 'command.carried-out':
        this.deferred.delete(entry.id);
        return;
      case 'callback.queued':
        this.deliveries.set(entry.delivery.id, {
          ...entry.delivery,
          attempts: 0,
          nextAtMs: entry.delivery.firstAtMs,
        });
        return;
      case 'callback.missed':
        Object.assign(this.deliveries.get(entry.id) ?? {}, {
          attempts: entry.attempts,
          nextAtMs: entry.nextAtMs,
        });
        return;
      case 'callback.ended':
        this.deliveries.delete(entry.id);
        return;
      default:
        return neverKind(entry);
    }
  }

  private addOrder(at: number, entry: Extract<Entry, { kind: 'order.created' }>): void {
    const { kind: _, amountFen, ...fields } = entry;
    const order: OrderRecord = {
      ...fields,
      place: this.orderList.length + 1,
      amountFen: BigInt(amountFen),
      refunds: [],
      state: 'open',
      paidAtMs: null,
      changedAtMs: at,
      refundedFen: 0n,
      refundingFen: 0n,
    };
    this.orderList.push(order);
    this.orders.set(order.orderNo, order);
  }

  private pay(at: number, order: OrderRecord): void {
    Object.assign(order, { state: 'paid', paidAtMs: at, changedAtMs: at });
    this.totals.paidFen += order.amountFen;
    this.accountOf(order.payeeAccount).paidFen += order.amountFen;
    this.move(at, 'payment', order, order.orderNo, order);
  }

  private addRefund(at: number, entry: Extract<Entry, { kind: 'refund.accepted' }>): void {
    const order = this.orderOf(entry.orderNo);
    const amountFen = BigInt(entry.amountFen);
    const { refundNo, notifyUrl, transactionNo, settleAtMs, outcome } = entry;
    const refund: RefundRecord = {
      ...{ refundNo, order, amountFen, notifyUrl, transactionNo, settleAtMs, outcome },
      ...{ state: 'processing', doneAtMs: null, changedAtMs: at },
    };
    order.refundingFen += amountFen;
    order.refunds.push(refund);
    this.refunds.set(refundNo, refund);
  }

  private settle(at: number, refundNo: string): void {
    const refund = this.refunds.get(refundNo);
    if (!refund) throw new Error(`The journal settles ${refundNo}, which it never accepted.`);
    const { order, amountFen, outcome } = refund;
    Object.assign(refund, { state: outcome, changedAtMs: at });
    order.refundingFen -= amountFen;
    if (outcome === 'failed') return;
    refund.doneAtMs = at;
    order.refundedFen += amountFen;
    this.totals.refundedFen += amountFen;
    this.accountOf(order.payeeAccount).refundedFen += amountFen;
    this.move(at, 'refund', order, refundNo, refund);
  }

  private move(
    atMs: number,
    type: Movement['type'],
    { orderNo, payeeAccount }: OrderRecord,
    ourNumber: string,
    { transactionNo, amountFen }: Pick<Movement, 'transactionNo' | 'amountFen'>,
  ): void {
    const day = utcDay(atMs);
    const list = this.movements.get(day) ?? [];
    list.push({ type, ourNumber, orderNo, payeeAccount, transactionNo, amountFen, atMs });
    this.movements.set(day, list);
  }

  private orderOf(orderNo: string): OrderRecord {
    const order = this.orders.get(orderNo);
    if (!order) throw new Error(`The journal speaks of order ${orderNo}, which it never created.`);
    return order;
  }

  private accountOf(payeeAccount: string): Sums {
    const sums = this.accounts.get(payeeAccount) ?? { paidFen: 0n, refundedFen: 0n };
    this.accounts.set(payeeAccount, sums);
    return sums;
  }
}

function neverKind(entry: never): never {
  throw new Error(`The journal holds an entry that this version does not know: ${JSON.stringify(entry)}`);
}
