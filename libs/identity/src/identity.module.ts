import { Module } from '@nestjs/common';
import { AttemptStore } from './store/attempt.store.js';
import { CodeStore } from './store/code.store.js';
import { ConsentStore } from './store/consent.store.js';
import { PartnerStore } from './store/partner.store.js';
import { PersonStore } from './store/person.store.js';
import { RoleStore } from './store/role.store.js';
import { SessionStore } from './store/session.store.js';
import { SmsStore } from './store/sms.store.js';
import { StaffStore } from './store/staff.store.js';
import { ApplyPartner } from './use-cases/apply-partner.js';
import { Attempts } from './use-cases/attempts.js';
import { Consents, GiveConsent, ListConsents, WithdrawConsent } from './use-cases/consents.js';
import { CheckKeys } from './use-cases/check-keys.js';
import { FileData } from './use-cases/file-data.js';
import { MakeFirstAdmin } from './use-cases/first-admin.js';
import { ForgetOld } from './use-cases/forget-old.js';
import { IdentityData } from './use-cases/identity-data.js';
import { ChangeMe, ReadMe } from './use-cases/me.js';
import { DeleteMyAccount, ExportMyData } from './use-cases/my-data.js';
import { PartnerMembers } from './use-cases/partner-members.js';
import { PartnerPeople } from './use-cases/partner-people.js';
import { PersonalDataSources } from './use-cases/personal-data.port.js';
import { PhoneProof } from './use-cases/phone-proof.js';
import { ProveSecondFactor } from './use-cases/prove-second-factor.js';
import { ReadCodes } from './use-cases/read-codes.js';
import { ReadPartners } from './use-cases/read-partners.js';
import { ReadPeople } from './use-cases/read-people.js';
import { RegisterPerson } from './use-cases/register-person.js';
import { RequestCode } from './use-cases/request-code.js';
import { ResolveSession } from './use-cases/resolve-session.js';
import { ReviewPartner } from './use-cases/review-partner.js';
import { ChangeRole, GrantRole, ListRoles } from './use-cases/roles.js';
import { SessionCache } from './use-cases/session-cache.js';
import { ListSessions, RevokeSessions } from './use-cases/sessions.js';
import { SignInStaff } from './use-cases/sign-in-staff.js';
import { SignInTraces } from './use-cases/sign-in-traces.js';
import { SignIn } from './use-cases/sign-in.js';
import { ChangePassword, EnrolStaff } from './use-cases/staff.js';
import { StaffProof } from './use-cases/staff-proof.js';

const stores = [
  AttemptStore,
  CodeStore,
  ConsentStore,
  PartnerStore,
  PersonStore,
  RoleStore,
  SessionStore,
  SmsStore,
  StaffStore,
];

const inside = [SessionCache, PhoneProof, StaffProof, SignInTraces, IdentityData, FileData];

const useCases = [
  ApplyPartner,
  Attempts,
  ChangeMe,
  ChangePassword,
  ChangeRole,
  Consents,
  DeleteMyAccount,
  EnrolStaff,
  ExportMyData,
  CheckKeys,
  ForgetOld,
  MakeFirstAdmin,
  GiveConsent,
  GrantRole,
  ListConsents,
  ListRoles,
  ListSessions,
  PartnerMembers,
  PartnerPeople,
  PersonalDataSources,
  ProveSecondFactor,
  ReadCodes,
  ReadMe,
  ReadPartners,
  ReadPeople,
  RegisterPerson,
  RequestCode,
  ResolveSession,
  ReviewPartner,
  RevokeSessions,
  SignIn,
  SignInStaff,
  WithdrawConsent,
];

@Module({ providers: [...stores, ...inside, ...useCases], exports: [...useCases, SmsStore] })
export class IdentityModule {
  constructor(sources: PersonalDataSources, account: IdentityData, files: FileData) {
    sources.register(account);
    sources.register(files);
  }
}
