import { Injectable } from '@nestjs/common';
import { hasRole, type Actor } from '@hehuo/identity';
import { Outbox, UnitOfWork, type Id } from '@hehuo/kernel';
import { CampaignError } from '../domain/errors.js';
import type { Need } from '../domain/need.js';
import { checkReason } from '../domain/reason.js';
import { NeedStore } from '../store/need.store.js';
import { needClosed } from './echo-need.js';

/** Closes a need that is met or was a mistake: whoever raised it, or staff, with the reason in the log. */
@Injectable()
export class CloseNeed {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly needs: NeedStore,
    private readonly outbox: Outbox,
  ) {}

  async execute(input: {
    readonly actor: Actor;
    readonly needId: Id<'ned'>;
    readonly reason: string;
  }): Promise<Need> {
    checkReason(input.reason);
    await this.uow.run(async (tx) => {
      const need = await this.needs.findForUpdate(tx, input.needId);
      const may =
        need.raisedBy === input.actor.personId || hasRole(input.actor, 'community_staff', need.communityId);
      if (!may)
        throw new CampaignError('campaign_forbidden', 'only who raised the need, or staff, can close it');
      if (need.state !== 'open') throw needClosed(need);
      await this.needs.changeState(tx, need, 'close', null, input.reason);
      await this.outbox.add(tx, [{ topic: 'need.changed', ref: need.id }]);
    });
    return this.needs.find(input.needId);
  }
}
