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
  | 'pledge_moved'
  | 'milestone_not_found'
  | 'milestone_decision_not_found'
  | 'milestone_decision_invalid'
  | 'milestone_decision_waits'
  | 'milestone_same_person'
  | 'surplus_not_yet';

export class SettlementError extends DomainError<SettlementErrorCode> {}
