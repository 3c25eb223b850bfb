export { csvLine, IMPORT_KINDS, importBytesMax, type CsvError, type ImportKind } from './domain/csv.js';
export { CommunityError, type CommunityErrorCode } from './domain/errors.js';
export type { CommunityView, VerifiedMember } from './domain/member.js';
export {
  MEMBERSHIP_STATES,
  type MembershipBasis,
  type MembershipEvent,
  type MembershipState,
} from './domain/membership.machine.js';
export { DEFAULT_POLICY, type CommunityPolicy, type PolicyContent } from './domain/policy.js';
export * as chengdu from './demo/chengdu.js';
export type { Estate, Grid } from './store/ground.store.js';
export type { Household } from './store/household.store.js';
export { COMMUNITY_INVARIANTS } from './store/invariants.js';
export type { PolicyVersion } from './store/policy.store.js';
export type { Region, RegionKind } from './store/region.store.js';
export { COMMUNITY_ROWS } from './store/rows.js';
export type { TrustGrant } from './store/trusted.store.js';
export { ChangePolicy, CommunityPolicies } from './use-cases/community-policies.js';
export { doorCodesMax, IssueDoorCodes, type PrintedDoorCode } from './use-cases/door-codes.js';
export { ExportCsv } from './use-cases/export-csv.js';
export { GuardMinor } from './use-cases/guard-minor.js';
export { ImportRegions, type ImportResult } from './use-cases/import-regions.js';
export { JoinCommunity, type Joined } from './use-cases/join-community.js';
export { Memberships, Trusted } from './use-cases/memberships.js';
export { ReadCommunity, ReadGround } from './use-cases/read-community.js';
export { ReadMemberships, type MembershipView } from './use-cases/read-memberships.js';
export { RegisterResident } from './use-cases/register-resident.js';
export { ResidentRecords, type RevealedResident } from './use-cases/resident-records.js';
export { ReviewMembership } from './use-cases/review-membership.js';
export { trustDaysMax, TrustNeighbours } from './use-cases/trust.js';
export { CommunityModule } from './community.module.js';
