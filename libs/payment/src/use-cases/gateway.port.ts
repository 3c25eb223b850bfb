import type { GatewayName, PayScene } from '../domain/charge.js';
import type { BillFinding, OrderFinding, ProbeFinding, RefundFinding } from '../domain/findings.js';
import { PaymentError } from '../domain/errors.js';

/** What a gateway can do, in days and calls; decides what a campaign may offer. */
export interface GatewayCapabilities {
  /** The ways in which a payer can pay here. The first is taken where nothing is said. */
  readonly scenes: readonly [PayScene, ...PayScene[]];
  /** Longest time between the first payment and its refund that `pay_now` may count on. */
  readonly payNowDaysMax: number;
  /** Longest life of an unpaid order. */
  readonly orderDaysMax: number;
  /** Refunds of older payments must be paid by hand. */
  readonly refundDaysMax: number;
  /** Refund calls a second and merchant. */
  readonly refundsPerSecond: number;
  /** Partial refunds that one order may have. */
  readonly refundsPerOrderMax: number;
  /** Seconds that must lie between two refunds of one order. */
  readonly refundGapSeconds: number;
  /** Daily bills are for calendar days of this zone and can be fetched from this hour of the next day on. */
  readonly bill: { readonly timeZone: string; readonly readyAtHour: number };
  /** Whether a merchant's keys must be stored before anything can be asked. */
  readonly needsKeys: boolean;
}

/** What one gateway needs to know of a payer in some scenes; personal data, stored encrypted and never logged. */
export interface PayerHint {
  /** The payer's name for the merchant's app, needed inside WeChat. */
  readonly openId?: string;
  /** The payer's network address, needed for a phone's browser. */
  readonly ip?: string;
}

export interface OrderRequest {
  readonly number: string;
  readonly merchantRef: string;
  readonly amount: bigint;
  readonly description: string;
  readonly expiresAt: Date;
  readonly notifyUrl: string | null;
  readonly returnUrl: string | null;
  readonly scene: PayScene;
  readonly payerHint: PayerHint | null;
}

export interface OrderRef {
  readonly number: string;
  readonly merchantRef: string;
}

/** An open order whose payer is to be shown how to pay. `payUrl` is what the gateway gave when it took the order. */
export interface OpenOrder extends OrderRef {
  readonly scene: PayScene;
  readonly payUrl: string;
}

/** What the payer's screen does: follow an address, show a code to scan, or hand parameters to WeChat's browser. */
export type PayInstruction =
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'jsapi'; readonly parameters: Readonly<Record<string, string>> };

export interface RefundRequest {
  readonly number: string;
  readonly orderNumber: string;
  /** Fen that the order brought. */
  readonly orderAmount: bigint;
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
  /** The merchant that the address was made for; null where a gateway has one address for all. */
  readonly merchantRef: string | null;
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

/** What a gateway reads as "taken"; anything else makes it come again. */
export interface Acknowledgement {
  readonly contentType: string;
  readonly body: string;
}

/** One merchant's keys at a gateway, by the names that its adapter gives them. Secrets: never logged, never shown. */
export type MerchantKeySet = Readonly<Record<string, string>>;

/** One name of {@link MerchantKeySet}. `secret` ones are never shown again, not even to who entered them. */
export interface KeyField {
  readonly name: string;
  readonly secret: boolean;
  readonly required: boolean;
  readonly text: string;
}

/** Where adapters find the keys of a merchant. */
export abstract class MerchantKeys {
  /** The newest set first; former sets follow while callbacks made under them may still arrive. Empty where none is stored. */
  abstract find(gateway: GatewayName, merchantRef: string): Promise<readonly MerchantKeySet[]>;
}

/**
 * One payment gateway. Calls throw for nothing but mistakes of ours: whatever happens on the line is a finding, and what
 * is neither provably done nor provably refused is `unknown`. No call may be made inside an open transaction. Repeating
 * `createOrder` or `refund` under the same number must be safe: that is how a lost answer is healed.
 */
export abstract class Gateway {
  abstract readonly name: GatewayName;
  abstract readonly capabilities: GatewayCapabilities;
  abstract readonly keyFields: readonly KeyField[];
  abstract readonly acknowledgement: Acknowledgement;
  /** What is wrong with a merchant's keys, in words for who enters them; nothing where they can be used. Calls nobody. */
  abstract complaints(keys: MerchantKeySet): readonly string[];
  /** A question that changes nothing, to see whether the merchant's keys work in both directions. */
  abstract probe(merchantRef: string, keys: MerchantKeySet): Promise<ProbeFinding>;
  abstract createOrder(order: OrderRequest): Promise<OrderFinding>;
  abstract queryOrder(order: OrderRef): Promise<OrderFinding>;
  abstract closeOrder(order: OrderRef): Promise<OrderFinding>;
  abstract refund(refund: RefundRequest): Promise<RefundFinding>;
  abstract queryRefund(refund: RefundRef): Promise<RefundFinding>;
  /** What the payer's screen does with an open order. */
  abstract present(order: OpenOrder): Promise<PayInstruction>;
  /** The merchant's bill of one day, `YYYY-MM-DD` in the zone of {@link GatewayCapabilities.bill}. */
  abstract bill(merchantRef: string, day: string): Promise<BillFinding>;
  /** Throws `callback_refused` for a wrong, missing or stale signature, `callback_malformed` for wrong content. */
  abstract verifyCallback(callback: RawCallback, now: Date): Promise<VerifiedEvent>;
  /** Ends the connections. */
  abstract close(): Promise<void>;
}

/** The gateways that this installation speaks to. */
export class Gateways {
  private readonly byName: ReadonlyMap<string, Gateway>;

  constructor(
    gateways: readonly Gateway[],
    /** Where a gateway's callbacks for a merchant go; stored with each charge before it is sent. */
    readonly callbackUrl: (gateway: string, merchantRef: string) => string | null,
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
