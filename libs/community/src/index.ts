export { CommunityError, type CommunityErrorCode } from './domain/errors.js';
export type { CommunityView, VerifiedMember } from './domain/member.js';
export { DEFAULT_POLICY, type CommunityPolicy } from './domain/policy.js';
export { CommunityPolicies } from './use-cases/community-policies.js';
export { Memberships, Trusted } from './use-cases/memberships.js';
export { ReadCommunity } from './use-cases/read-community.js';
export { CommunityModule } from './community.module.js';
