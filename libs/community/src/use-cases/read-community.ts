import { Injectable } from '@nestjs/common';
import type { Id } from '@hehuo/kernel';
import type { CommunityView } from '../domain/member.js';
import { CommunityStore } from '../store/community.store.js';

/** Anybody may read any community. */
@Injectable()
export class ReadCommunity {
  constructor(private readonly communities: CommunityStore) {}

  byId(id: Id<'com'>): Promise<CommunityView | null> {
    return this.communities.byId(id);
  }

  /** Ids of communities in one street, at most `limit`. */
  inStreet(streetId: Id<'reg'>, limit: number): Promise<Id<'com'>[]> {
    return this.communities.inStreet(streetId, limit);
  }
}
