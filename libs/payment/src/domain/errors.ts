import { DomainError } from '@hehuo/kernel';

export type PayoutErrorCode =
  | 'payout_campaign_not_found'
  | 'payee_not_found'
  | 'payee_invalid'
  | 'payee_account_mismatch'
  | 'payee_not_confirmed'
  | 'payee_changed'
  | 'payee_on_hold'
  | 'payout_not_found'
  | 'payout_invalid'
  | 'payout_voucher_used'
  | 'payout_exceeds_budget'
  | 'payout_blocked'
  | 'claw_back_not_found'
  | 'claw_back_exceeds_payout'
  | 'claw_back_voucher_used';

export type PaymentErrorCode =
  | 'custody_account_not_found'
  | 'custody_account_not_active'
  | 'custody_account_invalid'
  | 'custody_account_in_use'
  | 'custody_signatory_unknown'
  | 'channel_not_found'
  | 'channel_invalid'
  | 'channel_keys_invalid'
  | 'channel_not_checked'
  | 'charge_not_found'
  | 'charge_invalid'
  | 'charge_too_late'
  | 'charge_in_flight'
  | 'charge_already_paid'
  | 'charge_operation_reused'
  | 'refund_not_found'
  | 'refund_exceeds_charge'
  | 'refund_fact_reused'
  | 'refund_not_by_hand'
  | 'receipt_not_found'
  | 'receipt_invalid'
  | 'receipt_number_used'
  | 'receipt_operation_reused'
  | 'receipt_photo_required'
  | 'bank_statement_refused'
  | 'bank_statement_too_large'
  | 'bank_line_not_found'
  | 'bank_line_pledge_unfit'
  | 'bank_line_pledge_taken'
  | 'bank_line_changed'
  | 'bank_line_not_dismissed'
  | PayoutErrorCode
  | 'same_person'
  | 'payment_forbidden'
  | 'payment_gateway_unknown'
  | 'payment_changed_meanwhile'
  | 'callback_refused'
  | 'callback_malformed'
  | 'callback_too_large';

/**
 * Suggested statuses: `*_not_found` 404, `payment_forbidden` 403, `callback_refused` 401, `callback_malformed` 400,
 * `callback_too_large` 413, `*_reused`, `*_invalid` and `payee_account_mismatch` 422, the rest 409.
 */
export class PaymentError extends DomainError<PaymentErrorCode> {}
