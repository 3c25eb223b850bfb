import { DomainError } from '@hehuo/kernel';

/** Every refusal of this context. The api maps each code to one status; the message says what to do. */
export type SettlementErrorCode =
  | 'settlement_not_found'
  | 'settlement_not_halted'
  | 'settlement_item_not_found'
  | 'settlement_item_not_stuck'
  | 'settlement_forbidden'
  | 'payable_pledge_not_found'
  | 'pledge_not_payable'
  | 'pledge_moved';

export class SettlementError extends DomainError<SettlementErrorCode> {}
