import { Injectable } from '@nestjs/common';
import { hasRole, type Actor } from '@hehuo/identity';
import type { Id } from '@hehuo/kernel';
import { Memberships } from '@hehuo/community';
import { UnitOfWork } from '@hehuo/kernel';
import type { Need, NeedState } from '../domain/need.js';
import { NeedStore } from '../store/need.store.js';

export interface NeedView extends Need {
  /** Whether the reader's household has said "me too"; null for a reader who does not belong to the community. */
  readonly echoed: boolean | null;
  readonly mayClose: boolean;
}

@Injectable()
export class ReadNeeds {
  constructor(
    private readonly needs: NeedStore,
    private readonly memberships: Memberships,
    private readonly uow: UnitOfWork,
  ) {}

  /** Newest first. `before` is the last id of the page before. */
  async list(filter: {
    readonly communityId: Id<'com'>;
    readonly state: NeedState | null;
    readonly before: Id<'ned'> | null;
    readonly limit: number;
  }): Promise<Need[]> {
    return this.needs.list(filter);
  }

  async one(needId: Id<'ned'>, actor: Actor | null): Promise<NeedView> {
    const need = await this.needs.find(needId);
    const member = actor
      ? await this.uow.run(async (tx) =>
          (await this.memberships.verified(tx, need.communityId, [actor.personId])).get(actor.personId),
        )
      : undefined;
    const mayClose =
      actor !== null &&
      (actor.personId === need.raisedBy || hasRole(actor, 'community_staff', need.communityId));
    return {
      ...need,
      echoed: member ? await this.needs.echoOf(need.id, member.householdId) : null,
      mayClose,
    };
  }
}
