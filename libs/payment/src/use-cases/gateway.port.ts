import type { OrderFinding, RefundFinding } from '../domain/findings.js';
import type { GatewayName } from '../domain/charge.js';
import { PaymentError } from '../domain/errors.js';

/** What a gateway can do, in days and calls; decides what a campaign may offer. */
export interface GatewayCapabilities {
  /** Longest time between the first payment and its refund that `pay_now` may count on. */
  readonly payNowDaysMax: number;
  /** Longest life of an unpaid order. */
  readonly orderDaysMax: number;
  /** Refunds of older payments must be paid by hand. */
  readonly refundDaysMax: number;
  /** Refund calls a second and merchant. */
  readonly refundsPerSecond: number;
}

export interface OrderRequest {
  readonly number: string;
  readonly merchantRef: string;
  readonly amount: bigint;
  readonly description: string;
  readonly expiresAt: Date;
  readonly notifyUrl: string | null;
  readonly returnUrl: string | null;
}

export interface OrderRef {
  readonly number: string;
  readonly merchantRef: string;
}

export interface RefundRequest {
  readonly number: string;
  readonly orderNumber: string;
  readonly merchantRef: string;
  readonly amount: bigint;
  readonly notifyUrl: string | null;
}

export interface RefundRef {
  readonly number: string;
  readonly orderNumber: string;
  readonly merchantRef: string;
}

export interface RawCallback {
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes as they came: signatures cover them, not what a parser makes of them. */
  readonly body: Uint8Array;
}

/** A callback whose signature holds. Still a claim: nothing is booked by it, the gateway is asked. */
export interface VerifiedEvent {
  readonly key: string;
  readonly kind: 'charge.paid' | 'charge.closed' | 'refund.done' | 'refund.failed';
  readonly orderNumber: string;
  readonly refundNumber: string | null;
  readonly amount: bigint | null;
  readonly merchantRef: string;
  readonly occurredAt: Date;
}

/**
 * One payment gateway. Calls throw for nothing but mistakes of ours: whatever happens on the line is a finding, and what
 * is neither provably done nor provably refused is `unknown`. No call may be made inside an open transaction. Repeating
 * `createOrder` or `refund` under the same number must be safe: that is how a lost answer is healed.
 */
export abstract class Gateway {
  abstract readonly name: GatewayName;
  abstract readonly capabilities: GatewayCapabilities;
  abstract createOrder(order: OrderRequest): Promise<OrderFinding>;
  abstract queryOrder(order: OrderRef): Promise<OrderFinding>;
  abstract closeOrder(order: OrderRef): Promise<OrderFinding>;
  abstract refund(refund: RefundRequest): Promise<RefundFinding>;
  abstract queryRefund(refund: RefundRef): Promise<RefundFinding>;
  /** Throws `callback_refused` for a wrong, missing or stale signature, `callback_malformed` for wrong content. */
  abstract verifyCallback(callback: RawCallback, now: Date): VerifiedEvent;
  /** Ends the connections. */
  abstract close(): Promise<void>;
}

/** The gateways that this installation speaks to. */
export class Gateways {
  private readonly byName: ReadonlyMap<string, Gateway>;

  constructor(
    gateways: readonly Gateway[],
    /** Where a gateway's callbacks go, by its name; stored with each charge before it is sent. */
    readonly callbackUrl: (gateway: string) => string | null,
    /** The start of the addresses that payers come back to; a return page changes no state. */
    readonly publicUrl: string | null,
  ) {
    this.byName = new Map(gateways.map((gateway) => [gateway.name, gateway]));
  }

  get(name: string): Gateway {
    const gateway = this.byName.get(name);
    if (!gateway) {
      throw new PaymentError('payment_gateway_unknown', `no gateway ${name} is configured here`, {
        gateway: name,
      });
    }
    return gateway;
  }

  find(name: string): Gateway | null {
    return this.byName.get(name) ?? null;
  }

  all(): readonly Gateway[] {
    return [...this.byName.values()];
  }
}
