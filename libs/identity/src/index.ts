export {
  hasRole,
  provenLately,
  ROLES,
  secondFactorMinutes,
  type Actor,
  type Holder,
  type Role,
  type RoleGrant,
} from './domain/actor.js';
export { ageClassOn, HOME_ZONE, localDay, normalDate, type AgeClass } from './domain/age.js';
export { CONSENT_KINDS, CONSENT_TERMS, type ConsentKind } from './domain/consent.js';
export { IdentityError, type IdentityErrorCode } from './domain/errors.js';
export type { AttemptRule } from './domain/limits.js';
export { DEPARTED, maskName, NAMELESS } from './domain/name.js';
export {
  EVIDENCE_KINDS,
  LEGAL_STATUSES,
  PARTNER_KINDS,
  type EvidenceKind,
  type LegalStatus,
  type PartnerKind,
  type PartnerState,
} from './domain/partner.js';
export { maskPhone, normalPhone } from './domain/phone.js';
export type { RoleGrantState } from './domain/role-grant.js';
export { totpCode } from './proof/totp.js';
export type { Consent } from './store/consent.store.js';
export { IDENTITY_INVARIANTS } from './store/invariants.js';
export type { Evidence, MemberDuty, PartnerMember } from './store/partner.store.js';
export type { Locale } from './store/person.store.js';
export type { GrantedRole } from './store/role.store.js';
export { IDENTITY_ROWS } from './store/rows.js';
export type { SessionView } from './store/session.store.js';
export { DevelopmentLog, DevelopmentSmsSender } from './adapters/development-sms-sender.js';
export { WebhookSmsSender, type WebhookOptions } from './adapters/webhook-sms-sender.js';
export { ApplyPartner, type EvidenceInput } from './use-cases/apply-partner.js';
export { Attempts } from './use-cases/attempts.js';
export { Consents, GiveConsent, ListConsents, WithdrawConsent } from './use-cases/consents.js';
export { ForgetOld } from './use-cases/forget-old.js';
export { ChangeMe, ReadMe, type MyChanges, type MyProfile } from './use-cases/me.js';
export { DeleteMyAccount, ExportMyData, type MyData } from './use-cases/my-data.js';
export { PartnerMembers } from './use-cases/partner-members.js';
export { PartnerPeople } from './use-cases/partner-people.js';
export {
  PersonalDataSources,
  type Obligation,
  type PersonalDataSource,
  type WithdrawnConsent,
} from './use-cases/personal-data.port.js';
export { ProveSecondFactor } from './use-cases/prove-second-factor.js';
export { ReadCodes, type LiveCode } from './use-cases/read-codes.js';
export { ReadPartners, type PartnerDetail, type PartnerView } from './use-cases/read-partners.js';
export { ReadPeople, type MaskedPerson } from './use-cases/read-people.js';
export { CheckKeys } from './use-cases/check-keys.js';
export { MakeFirstAdmin, type FirstAdminInput } from './use-cases/first-admin.js';
export { RegisterPerson } from './use-cases/register-person.js';
export { RequestCode, type CodeRequested } from './use-cases/request-code.js';
export { ResolveSession } from './use-cases/resolve-session.js';
export { ReviewPartner, type PartnerReviewEvent } from './use-cases/review-partner.js';
export { ChangeRole, GrantRole, ListRoles } from './use-cases/roles.js';
export { SendSms } from './use-cases/send-sms.js';
export { ListSessions, RevokeSessions } from './use-cases/sessions.js';
export { SignInStaff, type StaffSignedIn } from './use-cases/sign-in-staff.js';
export { SignIn, type SignedIn } from './use-cases/sign-in.js';
export { SmsSender, type SmsMessage } from './use-cases/sms-sender.port.js';
export { ChangePassword, EnrolStaff, type StaffEnrolment } from './use-cases/staff.js';
export { IdentityModule } from './identity.module.js';
export { SmsModule } from './sms.module.js';
