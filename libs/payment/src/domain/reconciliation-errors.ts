import { DomainError } from '@hehuo/kernel';

export type ReconciliationErrorCode =
  | 'bill_day_not_found'
  | 'bill_day_invalid'
  | 'bill_day_not_overdue'
  | 'bill_day_not_proposed'
  | 'bill_day_changed'
  | 'difference_not_found'
  | 'difference_not_open'
  | 'difference_invalid'
  | 'difference_changed';

/** Suggested statuses: `*_not_found` 404, `*_invalid` 422, the rest 409. */
export class ReconciliationError extends DomainError<ReconciliationErrorCode> {}
