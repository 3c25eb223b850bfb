import { Injectable } from '@nestjs/common';
import { CampaignStore, RaiseTask } from '@hehuo/campaign';
import { Outbox, UnitOfWork, type Id } from '@hehuo/kernel';
import { ChallengeStore } from '../store/challenge.store.js';

/** A challenge that nobody answered in time becomes a task of the community's staff, once each time it is opened. */
@Injectable()
export class RaiseOverdue {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly challenges: ChallengeStore,
    private readonly campaigns: CampaignStore,
    private readonly tasks: RaiseTask,
    private readonly outbox: Outbox,
  ) {}

  due(limit: number): Promise<Id<'chl'>[]> {
    return this.challenges.overdue(limit);
  }

  async execute(challengeId: Id<'chl'>): Promise<void> {
    const challenge = await this.challenges.find(challengeId);
    if (!challenge) return;
    const { campaignId, communityId } = challenge;
    await this.uow.run(async (tx) => {
      if (!(await this.challenges.remind(tx, challengeId))) return;
      await this.outbox.add(tx, [{ topic: 'book.overdue', ref: challengeId }]);
      if (campaignId === null) return;
      // The campaign's row keeps two overdue challenges from raising the same task at once.
      await this.campaigns.findForUpdate(tx, campaignId);
      await this.tasks.execute(tx, { communityId, campaignId, kind: 'answer_challenges' });
    });
  }
}
