import { DomainError } from '@hehuo/kernel';

export type MatchErrorCode =
  | 'match_pool_not_found'
  | 'match_pool_invalid'
  | 'match_pool_not_active'
  | 'match_pool_unfit'
  | 'match_forbidden'
  | 'match_same_person'
  | 'match_too_late'
  | 'match_not_bound'
  | 'match_receipt_invalid';

/** Refusals around match funds. Nobody who pledges ever meets one: a pledge that is not matched is told why in its line. */
export class MatchError extends DomainError<MatchErrorCode> {}
