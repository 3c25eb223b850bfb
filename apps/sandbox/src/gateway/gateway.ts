import { randomBytes } from 'node:crypto';
import type { Agenda } from '../agenda.js';
import type { OrderRecord, RefundRecord } from '../books/books.js';
import type { Bookkeeper } from '../books/bookkeeper.js';
import type { CloseOrder, Command, CreateOrder, PayOrder, Refund } from '../books/entries.js';
import type { Dialects } from '../callbacks/dialect.js';
import { expand, type EventName } from '../callbacks/expansion.js';
import { parseInstant, rfc3339, type Clock } from '../clock.js';
import type { FaultSwitches } from '../faults/fault-switches.js';
import { callbackFaults } from '../faults/rules.js';
import { orderClosed, orderNotFound, refuse, type Answer } from './answers.js';

/** A refund is accepted first and settled this much later, as real gateways do. */
export const refundSettleMs = 100;
/** WeChat Pay allows 50 partial refunds of one order; failed ones do not count. */
export const refundsPerOrderMax = 50;

export interface Executed {
  readonly answer: Answer;
  /** Deliveries that the command caused, for whoever must wait for them. */
  readonly deliveries: readonly string[];
}

export interface GatewayParts {
  readonly keeper: Bookkeeper;
  readonly faults: FaultSwitches;
  readonly agenda: Pick<Agenda, 'at'>;
  readonly clock: Clock;
  /** Starts sending a delivery that was just put in the books. */
  readonly dispatch: (deliveryId: string) => void;
  readonly callbackUrl: string | undefined;
  /** The address that payers' browsers see; a function, because a free port is known only after listening. */
  readonly publicUrl: () => string;
  /** Other wire formats in which merchants may be told. */
  readonly dialects?: Dialects;
}

/**
 * The desk: decides every command against the books in one synchronous step, so that no two can interleave, and records
 * what it decided. Whoever passes the answer on must await `keeper.flushed()` first.
 */
export class Gateway {
  private caused: string[] = [];

  constructor(private readonly parts: GatewayParts) {}

  /** Takes up what the books left unfinished: expiries, refunds under way, commands put off. Called once at start. */
  resume(): void {
    const { books } = this.parts.keeper;
    for (const order of books.orderList) if (order.state === 'open') this.planExpiry(order);
    for (const refund of books.refunds.values()) if (refund.state === 'processing') this.planSettling(refund);
    for (const id of books.deferred.keys()) this.planDeferred(id);
  }

  /**
   * Carries out a command. With `atOnce` everything it sets in motion happens in the same step: a new order is paid and
   * a refund settled, which is how a callback can come before the response.
   */
  execute(command: Command, atOnce = false): Executed {
    this.caused = [];
    const answer = this.parts.keeper.together(() => this.decide(command, atOnce));
    return { answer, deliveries: this.caused };
  }

  /** Puts a command off: the books remember it over a restart. */
  defer(command: Command, dueAtMs: number): void {
    const { keeper } = this.parts;
    const id = keeper.nextNumber('D');
    keeper.record({ kind: 'command.deferred', id, dueAtMs, command });
    this.planDeferred(id);
  }

  /** The order with its expiry brought up to date, so that nobody is told "open" about an expired one. */
  findOrder(orderNo: string): OrderRecord | undefined {
    const order = this.parts.keeper.books.orders.get(orderNo);
    if (order) this.expireIfDue(order);
    return order;
  }

  private decide(command: Command, atOnce: boolean): Answer {
    switch (command.operation) {
      case 'create-order':
        return this.createOrder(command, atOnce);
      case 'close-order':
        return this.closeOrder(command);
      case 'pay':
        return this.pay(command);
      case 'refund':
        return this.refund(command, atOnce);
    }
  }

  private createOrder(command: CreateOrder, atOnce: boolean): Answer {
    const { keeper, clock, callbackUrl } = this.parts;
    const { orderNo, amountFen, description, payeeAccount, notifyUrl = null, returnUrl = null } = command;
    const expiresAtMs = parseInstant(command.expiresAt);
    if (expiresAtMs === undefined) return refuse(400, 'invalid_request', 'expiresAt names no instant.');
    const known = keeper.books.orders.get(orderNo);
    if (known) {
      const isSame =
        String(known.amountFen) === amountFen &&
        known.description === description &&
        known.payeeAccount === payeeAccount &&
        known.expiresAtMs === expiresAtMs &&
        known.notifyUrl === notifyUrl &&
        known.returnUrl === returnUrl;
      return isSame
        ? this.opened(known)
        : refuse(409, 'order_mismatch', 'This orderNo belongs to a different order.');
    }
    if (expiresAtMs <= clock.nowMs()) return refuse(400, 'invalid_request', 'expiresAt has already passed.');
    if (!notifyUrl && !callbackUrl) {
      return refuse(400, 'invalid_request', 'Send notifyUrl: this sandbox has no SANDBOX_CALLBACK_URL.');
    }
    const payToken = randomBytes(18).toString('base64url');
    const transactionNo = keeper.nextNumber('T');
    const fields = { orderNo, amountFen, description, payeeAccount, expiresAtMs, notifyUrl, returnUrl };
    const { dialect } = command;
    const told = dialect === undefined ? {} : { dialect };
    keeper.record({ kind: 'order.created', ...fields, payToken, transactionNo, ...told });
    const order = this.orderOf(orderNo);
    this.planExpiry(order);
    if (atOnce) this.markPaid(order);
    return this.opened(order);
  }

  /** A repeated creation gets the very answer of the first one, whatever became of the order since. */
  private opened({ orderNo, payToken }: OrderRecord): Answer {
    const payUrl = `${this.parts.publicUrl()}/pay/${orderNo}?token=${payToken}`;
    return { status: 200, body: { orderNo, state: 'open', payUrl } };
  }

  private closeOrder({ orderNo }: CloseOrder): Answer {
    const order = this.findOrder(orderNo);
    if (!order) return orderNotFound();
    if (order.state === 'paid')
      return refuse(409, 'order_paid', 'The order is already paid and cannot be closed.');
    if (order.state === 'open') this.markClosed(order, 'asked');
    const late = this.parts.faults.take('close-order', ['late-success'], { orderNo });
    if (late) this.defer({ operation: 'pay', orderNo, late: true }, this.parts.clock.nowMs() + late.delayMs);
    return { status: 200, body: { orderNo, state: order.state } };
  }

  private pay({ orderNo, late = false }: PayOrder): Answer {
    const order = this.findOrder(orderNo);
    if (!order) return orderNotFound();
    if (order.state === 'closed' && !late && !this.parts.faults.take('pay', ['late-success'], { orderNo })) {
      return orderClosed();
    }
    if (order.state !== 'paid') this.markPaid(order);
    const { transactionNo, paidAtMs } = order;
    return { status: 200, body: { orderNo, state: 'paid', transactionNo, paidAt: rfc3339(paidAtMs ?? 0) } };
  }

  private refund(command: Refund, atOnce: boolean): Answer {
    const { refundNo, orderNo, amountFen } = command;
    const known = this.parts.keeper.books.refunds.get(refundNo);
    if (known) {
      const isSame = known.order.orderNo === orderNo && String(known.amountFen) === amountFen;
      return isSame
        ? accepted(known)
        : refuse(409, 'refund_mismatch', 'This refundNo belongs to a different refund.');
    }
    const order = this.findOrder(orderNo);
    if (!order) return orderNotFound();
    const refusal = this.refusalOfRefund(order, BigInt(amountFen), refundNo);
    if (refusal) return refusal;
    const refund = this.accept(command, atOnce);
    if (atOnce) this.settle(refund);
    else this.planSettling(refund);
    return accepted(refund);
  }

  private refusalOfRefund(order: OrderRecord, wantedFen: bigint, refundNo: string): Answer | undefined {
    const { faults, keeper } = this.parts;
    const { orderNo, payeeAccount } = order;
    if (order.state !== 'paid') return refuse(409, 'order_not_paid', 'Only a paid order can be refunded.');
    if (wantedFen > order.amountFen - order.refundedFen - order.refundingFen) {
      return refuse(409, 'refund_exceeds', 'The refunds of this order would exceed what was paid.');
    }
    if (order.refunds.filter(({ state }) => state !== 'failed').length >= refundsPerOrderMax) {
      return refuse(409, 'refund_too_many', `An order has at most ${refundsPerOrderMax} refunds.`);
    }
    const account = keeper.books.accounts.get(payeeAccount);
    const balanceFen = account ? account.paidFen - account.refundedFen : 0n;
    // The switch plays a payee who drew the money out; the books themselves go on telling what came in and went back.
    const drawn = faults.take(
      'refund',
      ['not-enough-balance'],
      { orderNo, refundNo },
      ({ balanceFen: left = '0' }) => {
        return wantedFen > BigInt(left);
      },
    );
    if (drawn || wantedFen > balanceFen) {
      return refuse(409, 'not_enough', 'The payee account does not hold enough for this refund.');
    }
    return undefined;
  }

  private accept(command: Refund, atOnce: boolean): RefundRecord {
    const { keeper, faults, clock } = this.parts;
    const { refundNo, orderNo, amountFen } = command;
    const rule = faults.take('refund', ['refund-failed', 'refund-stays-processing'], { orderNo, refundNo });
    const waitMs = rule?.fault === 'refund-stays-processing' ? rule.delayMs : refundSettleMs;
    keeper.record({
      ...{ kind: 'refund.accepted', refundNo, orderNo, amountFen },
      notifyUrl: command.notifyUrl ?? null,
      transactionNo: keeper.nextNumber('R'),
      settleAtMs: clock.nowMs() + (atOnce ? 0 : waitMs),
      outcome: rule?.fault === 'refund-failed' ? 'failed' : 'done',
    });
    return this.refundOf(refundNo);
  }

  private settle(refund: RefundRecord): void {
    if (refund.state !== 'processing') return;
    this.parts.keeper.together(() => {
      this.parts.keeper.record({ kind: 'refund.settled', refundNo: refund.refundNo });
      this.tell(refund.outcome === 'done' ? 'refund.done' : 'refund.failed', refund.order, refund);
    });
  }

  private markPaid(order: OrderRecord): void {
    this.parts.keeper.record({ kind: 'order.paid', orderNo: order.orderNo });
    this.tell('charge.paid', order);
  }

  private markClosed(order: OrderRecord, reason: 'asked' | 'expired'): void {
    this.parts.keeper.record({ kind: 'order.closed', orderNo: order.orderNo, reason });
    this.tell('charge.closed', order);
  }

  private expireIfDue(order: OrderRecord): void {
    if (order.state !== 'open' || order.expiresAtMs > this.parts.clock.nowMs()) return;
    this.parts.keeper.together(() => this.markClosed(order, 'expired'));
  }

  private tell(event: EventName, order: OrderRecord, refund?: RefundRecord): void {
    const { keeper, faults, dispatch, callbackUrl, dialects } = this.parts;
    const dialect = order.dialect && dialects?.[order.dialect];
    const url = refund?.notifyUrl ?? order.notifyUrl ?? callbackUrl;
    if (!url) return;
    const { orderNo } = order;
    const rule = faults.take('callback', callbackFaults, { orderNo, refundNo: refund?.refundNo, event });
    const truth = {
      ...{ event, orderNo, url, eventId: keeper.nextNumber('E'), merchant: order.payeeAccount },
      ...(refund ? { refundNo: refund.refundNo } : {}),
      amountFen: (refund ?? order).amountFen,
      transactionNo: (refund ?? order).transactionNo,
      occurredAtMs: (refund ?? order).changedAtMs,
    };
    for (const delivery of expand(truth, rule, dialect?.tellerOf(order))) {
      keeper.record({ kind: 'callback.queued', delivery });
      this.caused.push(delivery.id);
      dispatch(delivery.id);
    }
  }

  private planExpiry(order: OrderRecord): void {
    this.parts.agenda.at(order.expiresAtMs, () => this.expireIfDue(order));
  }

  private planSettling(refund: RefundRecord): void {
    this.parts.agenda.at(refund.settleAtMs, () => this.settle(refund));
  }

  private planDeferred(id: string): void {
    const { keeper, agenda } = this.parts;
    const item = keeper.books.deferred.get(id);
    if (!item) return;
    agenda.at(item.dueAtMs, () =>
      keeper.together(() => {
        this.execute(item.command);
        keeper.record({ kind: 'command.carried-out', id });
      }),
    );
  }

  private orderOf(orderNo: string): OrderRecord {
    const order = this.parts.keeper.books.orders.get(orderNo);
    if (!order) throw new Error(`Order ${orderNo} was recorded and is not in the books.`);
    return order;
  }

  private refundOf(refundNo: string): RefundRecord {
    const refund = this.parts.keeper.books.refunds.get(refundNo);
    if (!refund) throw new Error(`Refund ${refundNo} was recorded and is not in the books.`);
    return refund;
  }
}

function accepted({ refundNo, state }: RefundRecord): Answer {
  return { status: 202, body: { refundNo, state } };
}
