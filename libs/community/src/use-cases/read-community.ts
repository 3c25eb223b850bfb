import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import { type Actor } from '@hehuo/identity';
import type { CommunityView } from '../domain/member.js';
import { CommunityStore } from '../store/community.store.js';
import { GroundStore, type Estate, type Grid } from '../store/ground.store.js';
import { HouseholdStore, type Household } from '../store/household.store.js';
import { RegionStore, type Region } from '../store/region.store.js';
import { assertStaffOf } from './staff-of.js';

/** Anybody may read any community. */
@Injectable()
export class ReadCommunity {
  constructor(private readonly communities: CommunityStore) {}

  byId(id: Id<'com'>): Promise<CommunityView | null> {
    return this.communities.byId(id);
  }

  /** Names of communities, by id; one statement for all of them. */
  names(ids: readonly Id<'com'>[]): Promise<Map<Id<'com'>, string>> {
    return this.communities.names(ids);
  }

  /** Ids of communities in one street, at most `limit`. */
  inStreet(streetId: Id<'reg'>, limit: number): Promise<Id<'com'>[]> {
    return this.communities.inStreet(streetId, limit);
  }

  /** By a part of the name or by street, in keyset order of the ids. */
  search(filter: {
    name: string | null;
    streetId: Id<'reg'> | null;
    after: string;
    limit: number;
  }): Promise<CommunityView[]> {
    return this.communities.search(filter);
  }
}

/** City, districts and streets, estates and grids: public. Households: for the community's staff. */
@Injectable()
export class ReadGround {
  constructor(
    private readonly regions: RegionStore,
    private readonly ground: GroundStore,
    private readonly households: HouseholdStore,
  ) {}

  /** The regions right below one; the cities when `parentId` is null. */
  regionsBelow(parentId: Id<'reg'> | null, after: string, limit: number): Promise<Region[]> {
    return this.regions.children(parentId, after, limit);
  }

  estates(communityId: Id<'com'>, after: string, limit: number): Promise<Estate[]> {
    return this.ground.estatesOf(communityId, after, limit);
  }

  grids(communityId: Id<'com'>, after: string, limit: number): Promise<Grid[]> {
    return this.ground.gridsOf(communityId, after, limit);
  }

  /** Those of the ids that are a household. */
  async knownHouseholds(ids: readonly Id<'hhd'>[]): Promise<Set<Id<'hhd'>>> {
    return new Set((await this.households.byIds(ids)).keys());
  }

  /** Throws `community_forbidden`. */
  async householdsOf(input: {
    actor: Actor;
    communityId: Id<'com'>;
    estateId: Id<'est'> | null;
    after: string;
    limit: number;
  }): Promise<Household[]> {
    const { actor, communityId, estateId, after, limit } = input;
    assertStaffOf(actor, communityId);
    return this.households.ofCommunity(communityId, estateId, after, limit);
  }
}
