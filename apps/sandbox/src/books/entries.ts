/**
 * What the journal holds. One line is one group of entries that became true together; a line is either whole on disk
 * or it never happened. Sums are decimal strings of fen, instants are milliseconds since 1970 UTC.
 */
export const journalVersion = 1;

export type DialectName = 'alipay' | 'wechat';
export type OrderState = 'open' | 'paid' | 'closed';
export type RefundState = 'processing' | 'done' | 'failed';

export interface CreateOrder {
  readonly operation: 'create-order';
  readonly orderNo: string;
  readonly amountFen: string;
  readonly description: string;
  readonly payeeAccount: string;
  readonly expiresAt: string;
  readonly notifyUrl?: string;
  readonly returnUrl?: string;
  /** The wire format in which this order's merchant is told of events; absent for the sandbox's own. */
  readonly dialect?: DialectName;
}

export interface CloseOrder {
  readonly operation: 'close-order';
  readonly orderNo: string;
}

export interface PayOrder {
  readonly operation: 'pay';
  readonly orderNo: string;
  /** True when the late-success switch already decided that this payment may come after the closing. */
  readonly late?: boolean;
}

export interface Refund {
  readonly operation: 'refund';
  readonly refundNo: string;
  readonly orderNo: string;
  readonly amountFen: string;
  readonly notifyUrl?: string;
}

/** Everything that may change the books. Kept as data because a faulty gateway may carry it out much later. */
export type Command = CreateOrder | CloseOrder | PayOrder | Refund;

export interface Wire {
  readonly headers: Readonly<Record<string, string>>;
  /** The exact text of the answer besides a 2xx; undefined where a 2xx is enough. */
  readonly takenBy?: string;
}

/** One message to send until somebody answers 2xx. `body` is the exact text that goes over the wire. */
export interface Delivery {
  readonly id: string;
  readonly eventId: string;
  readonly orderNo: string;
  readonly url: string;
  readonly body: string;
  readonly signing: 'valid' | 'forged' | 'absent' | 'yesterday' | 'weak' | 'probe';
  /** Set by a dialect, whose body is signed already: its headers, and the answer that counts as taken. */
  readonly wire?: Wire;
  /** Set by a dialect that signs every try anew, with the merchant that it signs for. */
  readonly dialect?: DialectName;
  readonly merchant?: string;
  /** False for the wrong, forged and replayed ones: they come once. */
  readonly retried: boolean;
  /** True while an out-of-order callback waits for a later event of its order to overtake it. */
  readonly overtakable: boolean;
  readonly firstAtMs: number;
}

export type Entry =
  | { readonly kind: 'books.opened'; readonly version: number; readonly booksId: string }
  | {
      readonly kind: 'order.created';
      readonly orderNo: string;
      readonly amountFen: string;
      readonly description: string;
      readonly payeeAccount: string;
      readonly expiresAtMs: number;
      readonly notifyUrl: string | null;
      readonly returnUrl: string | null;
      readonly payToken: string;
      readonly transactionNo: string;
      readonly dialect?: DialectName;
    }
  | { readonly kind: 'order.paid'; readonly orderNo: string }
  | { readonly kind: 'order.closed'; readonly orderNo: string; readonly reason: 'asked' | 'expired' }
  | {
      readonly kind: 'refund.accepted';
      readonly refundNo: string;
      readonly orderNo: string;
      readonly amountFen: string;
      readonly notifyUrl: string | null;
      readonly transactionNo: string;
      readonly settleAtMs: number;
      readonly outcome: 'done' | 'failed';
    }
  | { readonly kind: 'refund.settled'; readonly refundNo: string }
  | {
      readonly kind: 'command.deferred';
      readonly id: string;
      readonly dueAtMs: number;
      readonly command: Command;
    }
  | { readonly kind: 'command.carried-out'; readonly id: string }
  | { readonly kind: 'callback.queued'; readonly delivery: Delivery }
  | {
      readonly kind: 'callback.missed';
      readonly id: string;
      readonly attempts: number;
      readonly nextAtMs: number;
    }
  | { readonly kind: 'callback.ended'; readonly id: string; readonly outcome: 'delivered' | 'given-up' };

/** A journal line: `n` counts from 1 without a gap, so that a lost line cannot go unseen. */
export interface Line {
  readonly n: number;
  readonly at: number;
  readonly entries: readonly Entry[];
}
