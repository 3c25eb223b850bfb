import { Module } from '@nestjs/common';
import { IdentityModule, PersonalDataSources } from '@hehuo/identity';
import { CommunityStore } from './store/community.store.js';
import { DoorCodeStore } from './store/door-code.store.js';
import { GroundStore } from './store/ground.store.js';
import { HouseholdStore } from './store/household.store.js';
import { MembershipStore } from './store/membership.store.js';
import { PolicyStore } from './store/policy.store.js';
import { RegionStore } from './store/region.store.js';
import { TrustedStore } from './store/trusted.store.js';
import { CommunityData } from './use-cases/community-data.js';
import { ChangePolicy, CommunityPolicies } from './use-cases/community-policies.js';
import { IssueDoorCodes } from './use-cases/door-codes.js';
import { ExportCsv } from './use-cases/export-csv.js';
import { GuardMinor } from './use-cases/guard-minor.js';
import { ImportRegions } from './use-cases/import-regions.js';
import { EstateImporter, GridImporter, HouseholdImporter } from './use-cases/imports/import-community.js';
import { CommunityImporter, RegionImporter } from './use-cases/imports/import-ground.js';
import { Importers } from './use-cases/imports/importers.js';
import { JoinCommunity, JoinPlaces, MembershipBook } from './use-cases/join-community.js';
import { Joiners } from './use-cases/join.js';
import { Memberships, StoredMemberships, StoredTrusted, Trusted } from './use-cases/memberships.js';
import { ReadCommunity, ReadGround } from './use-cases/read-community.js';
import { ReadMemberships } from './use-cases/read-memberships.js';
import { RegisterResident, ResidentDesk } from './use-cases/register-resident.js';
import { ResidentRecords } from './use-cases/resident-records.js';
import { MembershipSteps, ReviewMembership } from './use-cases/review-membership.js';
import { TrustNeighbours } from './use-cases/trust.js';

const stores = [
  CommunityStore,
  DoorCodeStore,
  GroundStore,
  HouseholdStore,
  MembershipStore,
  PolicyStore,
  RegionStore,
  TrustedStore,
];

const inside = [
  CommunityData,
  CommunityImporter,
  EstateImporter,
  GridImporter,
  HouseholdImporter,
  Importers,
  Joiners,
  JoinPlaces,
  MembershipBook,
  MembershipSteps,
  RegionImporter,
  ResidentDesk,
];

const useCases = [
  ChangePolicy,
  CommunityPolicies,
  ExportCsv,
  GuardMinor,
  ImportRegions,
  IssueDoorCodes,
  JoinCommunity,
  ReadCommunity,
  ReadGround,
  ReadMemberships,
  RegisterResident,
  ResidentRecords,
  ReviewMembership,
  TrustNeighbours,
];

const ports = [
  { provide: Memberships, useClass: StoredMemberships },
  { provide: Trusted, useClass: StoredTrusted },
];

@Module({
  imports: [IdentityModule],
  providers: [...stores, ...inside, ...useCases, ...ports],
  exports: [...useCases, Memberships, Trusted],
})
export class CommunityModule {
  constructor(sources: PersonalDataSources, data: CommunityData) {
    sources.register(data);
  }
}
