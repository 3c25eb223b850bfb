import { DomainError } from '@hehuo/kernel';

/** Every refusal of this context. The api maps each code to one status; the message says what to do. */
export type IdentityErrorCode =
  | 'phone_invalid'
  | 'code_too_soon'
  | 'too_many_codes'
  | 'sign_in_refused'
  | 'sign_in_locked'
  | 'second_factor_required'
  | 'second_factor_refused'
  | 'session_not_found'
  | 'person_not_found'
  | 'name_invalid'
  | 'birth_date_invalid'
  | 'birth_date_fixed'
  | 'password_weak'
  | 'login_taken'
  | 'login_invalid'
  | 'consent_unknown'
  | 'consent_not_found'
  | 'consent_required'
  | 'privacy_notice_required'
  | 'obligations_open'
  | 'role_grant_not_found'
  | 'role_grant_exists'
  | 'role_grant_refused'
  | 'first_admin_exists'
  | 'partner_not_found'
  | 'partner_invalid'
  | 'partner_evidence_missing'
  | 'partner_own_review'
  | 'partner_member_exists'
  | 'partner_member_not_found'
  | 'partner_forbidden';

export class IdentityError extends DomainError<IdentityErrorCode> {}
