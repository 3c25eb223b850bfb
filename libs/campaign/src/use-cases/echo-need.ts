import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { Outbox, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { CampaignError } from '../domain/errors.js';
import type { Need } from '../domain/need.js';
import { NeedStore } from '../store/need.store.js';
import { Neighbourhood } from './neighbourhood.js';

/** "Me too": one voice a verified household, given and taken back as long as the need is open. */
@Injectable()
export class EchoNeed {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly needs: NeedStore,
    private readonly neighbourhood: Neighbourhood,
    private readonly outbox: Outbox,
  ) {}

  /** Saying it again changes nothing. */
  async execute(input: { readonly actor: Actor; readonly needId: Id<'ned'> }): Promise<Need> {
    return this.speak(input.needId, async (tx, need) => {
      const { personId } = input.actor;
      const { householdId } = await this.neighbourhood.speaker(tx, need.communityId, personId);
      return this.needs.addEcho(tx, need.id, householdId, personId);
    });
  }

  /** Only whoever spoke for the household takes it back. */
  async withdraw(input: { readonly actor: Actor; readonly needId: Id<'ned'> }): Promise<Need> {
    return this.speak(input.needId, async (tx, need) => {
      const removed = await this.needs.removeEcho(tx, need.id, input.actor.personId);
      if (!removed) throw new CampaignError('echo_not_found', 'you have not said "me too" here');
      return removed;
    });
  }

  private async speak(needId: Id<'ned'>, act: (tx: Tx, need: Need) => Promise<boolean>): Promise<Need> {
    await this.uow.run(async (tx) => {
      const need = await this.needs.findForUpdate(tx, needId);
      if (need.state !== 'open') throw needClosed(need);
      if (await act(tx, need)) await this.outbox.add(tx, [{ topic: 'need.changed', ref: needId }]);
    });
    return this.needs.find(needId);
  }
}

export function needClosed(need: Need): CampaignError {
  const message = need.campaignId
    ? 'this need has grown into a campaign; join that'
    : 'this need is closed; raise it again if it is still there';
  return new CampaignError('need_closed', message, { needId: need.id, campaignId: need.campaignId });
}
