/**
 * What an answer of a gateway proves about an order. Whatever proves nothing is `unknown`: a lost answer, a broken one,
 * one whose signature is wrong. Only `paid` and `closed` are facts for good; `absent` may be a copy that lags behind.
 */
export type OrderFinding =
  | { readonly kind: 'open'; readonly payUrl: string | null }
  | { readonly kind: 'paid'; readonly amount: bigint; readonly paidAt: Date; readonly transactionNo: string }
  | { readonly kind: 'closed' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** What an answer of a gateway proves about a refund. `processing` is an acceptance, not a success. */
export type RefundFinding =
  | { readonly kind: 'processing' }
  | { readonly kind: 'done'; readonly amount: bigint; readonly doneAt: Date; readonly transactionNo: string }
  | { readonly kind: 'failed' }
  | { readonly kind: 'not_enough' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** What an answer means for the request that asked: the four classes of every gateway call. */
export type Verdict = 'done' | 'refused' | 'accepted' | 'unknown';

const VERDICTS = {
  open: 'accepted',
  paid: 'done',
  closed: 'done',
  processing: 'accepted',
  done: 'done',
  failed: 'refused',
  not_enough: 'refused',
  refused: 'refused',
  // A query that finds nothing proves neither that nothing was done nor that it never will be.
  absent: 'unknown',
  unknown: 'unknown',
} as const satisfies Record<(OrderFinding | RefundFinding)['kind'], Verdict>;

export function verdictOf(finding: OrderFinding | RefundFinding): Verdict {
  return VERDICTS[finding.kind];
}

export const BILL_LINE_KINDS = ['payment', 'refund', 'fee', 'other'] as const;

/** One line of a gateway's daily bill. */
export interface BillLine {
  readonly kind: (typeof BILL_LINE_KINDS)[number];
  /** Our number of the order or the refund; null for what is none of ours. */
  readonly ourNumber: string | null;
  /** For a refund the number of its order. */
  readonly orderNumber: string | null;
  readonly gatewayNumber: string;
  /** Fen, more than zero. A refund and a fee left the merchant account, a payment came in; `other` says it by `incoming`. */
  readonly amount: bigint;
  readonly incoming: boolean;
  /** Fen that the gateway kept of this line. */
  readonly fee: bigint;
  readonly at: Date;
}

/** What asking for a bill brought. `empty` is a day without business, which gateways answer in their own words. */
export type BillFinding =
  | { readonly kind: 'bill'; readonly lines: readonly BillLine[]; readonly raw: Uint8Array }
  | { readonly kind: 'empty' }
  | { readonly kind: 'not_ready' }
  | { readonly kind: 'unknown'; readonly why: string };

/** Whether a merchant's keys work. `refused` means that the gateway answered and did not accept them. */
export type ProbeFinding =
  | { readonly kind: 'works' }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unknown'; readonly why: string };
