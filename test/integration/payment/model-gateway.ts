import {
  Gateway,
  PaymentError,
  type BillFinding,
  type GatewayCapabilities,
  type OpenOrder,
  type OrderFinding,
  type OrderRef,
  type OrderRequest,
  type PayInstruction,
  type ProbeFinding,
  type RawCallback,
  type RefundFinding,
  type RefundRef,
  type RefundRequest,
  type VerifiedEvent,
} from '@hehuo/payment';

/** What goes wrong with the next calls: one word a call, then everything is well. */
export type Trouble =
  | 'fine'
  | 'lost-before'
  | 'lost-after'
  | 'later'
  | 'refused'
  | 'process-dies-before'
  | 'process-dies-after'
  | 'not-shown';

/** Our process was killed at this call: nothing after it runs. */
export class Killed extends Error {}

interface Order {
  readonly request: OrderRequest;
  state: 'open' | 'paid' | 'closed';
  readonly cameLate: boolean;
}

interface RefundTruth {
  readonly request: RefundRequest;
  state: 'processing' | 'done' | 'failed';
}

const LOST = { kind: 'unknown', why: 'lost' } as const;
const at = new Date('2026-11-23T08:00:00Z');

/** A gateway in memory whose truth a test can read, and whose line is as bad as the test wants. */
export class ModelGateway extends Gateway {
  readonly name = 'sandbox' as const;
  readonly capabilities: GatewayCapabilities = {
    ...{ payNowDaysMax: 365, orderDaysMax: 90, refundDaysMax: 365, refundsPerSecond: 100_000 },
    ...{ scenes: ['page'], refundsPerOrderMax: 50, refundGapSeconds: 0, needsKeys: false },
    bill: { timeZone: 'UTC', readyAtHour: 0 },
  };
  readonly keyFields = [];
  readonly acknowledgement = { contentType: 'text/plain', body: '' };
  readonly orders = new Map<string, Order>();
  readonly refunds = new Map<string, RefundTruth>();
  /** Events that happened, as the gateway tells them; the test decides when, how often and whether they arrive. */
  readonly told: VerifiedEvent[] = [];
  /** Those of them that a gateway's own retries must bring: nobody asks about such an order for ever. */
  readonly surelyTold: number[] = [];
  readonly troubles: Trouble[] = [];
  readonly met = new Map<string, number>();
  /** Commands that arrive later than their caller waited. */
  readonly late: (() => void)[] = [];
  failsRefunds = false;
  private isLate = false;
  private events = 0;

  async createOrder(order: OrderRequest): Promise<OrderFinding> {
    return this.perform(
      () => {
        if (!this.orders.has(order.number))
          this.orders.set(order.number, { request: order, state: 'open', cameLate: this.isLate });
      },
      () => ({ kind: 'open', payUrl: `http://pay/${order.number}` }),
    );
  }

  async queryOrder({ number }: OrderRef): Promise<OrderFinding> {
    return this.perform(
      () => undefined,
      () => this.orderTruth(number),
      { kind: 'absent' },
    );
  }

  async closeOrder({ number }: OrderRef): Promise<OrderFinding> {
    return this.perform(
      () => {
        const order = this.orders.get(number);
        if (order?.state !== 'open') return;
        order.state = 'closed';
        this.tell('charge.closed', number, null, order.request.amount);
      },
      () => {
        const order = this.orders.get(number);
        if (!order) return { kind: 'absent' };
        return order.state === 'closed' ? { kind: 'closed' } : { kind: 'unknown', why: 'order_paid' };
      },
    );
  }

  async refund(request: RefundRequest): Promise<RefundFinding> {
    return this.perform<RefundFinding>(
      () => {
        if (this.refunds.has(request.number)) return;
        if (request.amount > this.refundable(request.orderNumber))
          throw new Error('more would go back than came');
        this.refunds.set(request.number, { request, state: 'processing' });
      },
      () => ({ kind: 'processing' }),
    );
  }

  async queryRefund({ number }: RefundRef): Promise<RefundFinding> {
    return this.perform<RefundFinding>(
      () => undefined,
      () => {
        const truth = this.refunds.get(number);
        if (!truth) return { kind: 'absent' };
        if (truth.state !== 'done') return { kind: truth.state };
        return { kind: 'done', amount: truth.request.amount, doneAt: at, transactionNo: `TR-${number}` };
      },
      { kind: 'absent' },
    );
  }

  complaints(): readonly string[] {
    return [];
  }

  async probe(): Promise<ProbeFinding> {
    return Promise.resolve({ kind: 'works' });
  }

  async present({ payUrl }: OpenOrder): Promise<PayInstruction> {
    return Promise.resolve({ kind: 'link', url: payUrl });
  }

  async bill(): Promise<BillFinding> {
    return Promise.resolve({ kind: 'empty' });
  }

  async verifyCallback({ headers }: RawCallback): Promise<VerifiedEvent> {
    const event = this.told[Number(headers['event'])];
    if (!event) throw new PaymentError('callback_refused', 'no such event');
    return Promise.resolve(event);
  }

  async close(): Promise<void> {
    await Promise.resolve();
  }

  /** The payer pays what is on the page. A closed order may be paid when the page was open already. */
  pay(number: string, evenIfClosed: boolean): void {
    const order = this.orders.get(number);
    if (!order || order.state === 'paid' || (order.state === 'closed' && !evenIfClosed)) return;
    if (order.state === 'closed' || order.cameLate) this.surelyTold.push(this.told.length);
    this.met.set('paid', (this.met.get('paid') ?? 0) + 1);
    order.state = 'paid';
    this.tell('charge.paid', number, null, order.request.amount);
  }

  settleRefunds(): void {
    for (const [number, truth] of this.refunds) {
      if (truth.state !== 'processing') continue;
      truth.state = this.failsRefunds ? 'failed' : 'done';
      this.met.set(truth.state, (this.met.get(truth.state) ?? 0) + 1);
      const kind = truth.state === 'done' ? 'refund.done' : 'refund.failed';
      this.tell(kind, truth.request.orderNumber, number, truth.request.amount);
    }
  }

  arriveLate(): void {
    this.isLate = true;
    for (const command of this.late.splice(0)) command();
    this.isLate = false;
  }

  /** What the custodian has at the gateway: paid less done. */
  balance(): bigint {
    let sum = 0n;
    for (const { state, request } of this.orders.values()) if (state === 'paid') sum += request.amount;
    for (const { state, request } of this.refunds.values()) if (state === 'done') sum -= request.amount;
    return sum;
  }

  private perform<F extends OrderFinding | RefundFinding>(
    act: () => void,
    answer: () => F,
    absent?: F,
  ): Promise<F | typeof LOST | Extract<F, { kind: 'refused' }>> {
    const trouble = this.troubles.shift() ?? 'fine';
    this.met.set(trouble, (this.met.get(trouble) ?? 0) + 1);
    switch (trouble) {
      case 'lost-before':
        return Promise.resolve(LOST);
      case 'process-dies-before':
        return Promise.reject(new Killed());
      case 'later':
        this.late.push(act);
        return Promise.resolve(LOST);
      case 'refused':
        // Only a command is refused; a question that is refused proves nothing.
        return Promise.resolve(
          absent ? LOST : ({ kind: 'refused', code: 'rejected' } as Extract<F, { kind: 'refused' }>),
        );
      case 'not-shown':
        act();
        return Promise.resolve(absent ?? LOST);
      case 'lost-after':
        act();
        return Promise.resolve(LOST);
      case 'process-dies-after':
        act();
        return Promise.reject(new Killed());
      case 'fine':
        act();
        return Promise.resolve(answer());
    }
  }

  private orderTruth(number: string): OrderFinding {
    const order = this.orders.get(number);
    if (!order) return { kind: 'absent' };
    if (order.state !== 'paid')
      return order.state === 'open' ? { kind: 'open', payUrl: null } : { kind: 'closed' };
    return { kind: 'paid', amount: order.request.amount, paidAt: at, transactionNo: `T-${number}` };
  }

  private refundable(orderNumber: string): bigint {
    let sum =
      this.orders.get(orderNumber)?.state === 'paid' ? this.orders.get(orderNumber)!.request.amount : 0n;
    for (const { state, request } of this.refunds.values()) {
      if (request.orderNumber === orderNumber && state !== 'failed') sum -= request.amount;
    }
    return sum;
  }

  private tell(
    kind: VerifiedEvent['kind'],
    orderNumber: string,
    refundNumber: string | null,
    amount: bigint,
  ): void {
    const merchantRef = 'committee-1';
    this.told.push({
      ...{
        key: `E${(this.events += 1)}`,
        kind,
        orderNumber,
        refundNumber,
        amount,
        merchantRef,
        occurredAt: at,
      },
    });
  }
}
