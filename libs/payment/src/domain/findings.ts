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
