import { DomainError } from '@hehuo/kernel';

/** Every refusal of this context. The api maps each code to one status; the message says what to do. */
export type CommunityErrorCode =
  | 'community_not_found'
  | 'household_not_found'
  | 'membership_not_found'
  | 'membership_exists'
  | 'membership_own_review'
  | 'birth_date_required'
  | 'privacy_consent_required'
  | 'guardian_required'
  | 'guardian_unfit'
  | 'guardian_consent_required'
  | 'door_code_refused'
  | 'door_code_locked'
  | 'import_refused'
  | 'import_too_large'
  | 'policy_invalid'
  | 'policy_changed'
  | 'trusted_unfit'
  | 'trusted_exists'
  | 'trusted_not_found'
  | 'community_forbidden';

export class CommunityError extends DomainError<CommunityErrorCode> {}
