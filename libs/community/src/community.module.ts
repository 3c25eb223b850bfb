import { Module } from '@nestjs/common';
import { IdentityModule } from '@hehuo/identity';
import { CommunityStore } from './store/community.store.js';
import { MembershipStore } from './store/membership.store.js';
import { PolicyStore } from './store/policy.store.js';
import { TrustedStore } from './store/trusted.store.js';
import { CommunityPolicies } from './use-cases/community-policies.js';
import { Memberships, StoredMemberships, StoredTrusted, Trusted } from './use-cases/memberships.js';
import { ReadCommunity } from './use-cases/read-community.js';

const stores = [CommunityStore, MembershipStore, PolicyStore, TrustedStore];
const useCases = [
  CommunityPolicies,
  ReadCommunity,
  { provide: Memberships, useClass: StoredMemberships },
  { provide: Trusted, useClass: StoredTrusted },
];
const exported = [CommunityPolicies, ReadCommunity, Memberships, Trusted];

@Module({ imports: [IdentityModule], providers: [...stores, ...useCases], exports: exported })
export class CommunityModule {}
