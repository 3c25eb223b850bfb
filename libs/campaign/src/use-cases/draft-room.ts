import { Injectable } from '@nestjs/common';
import { Attempts, type AttemptRule } from '@hehuo/identity';
import { Clock, newId, type Id, type Tx } from '@hehuo/kernel';
import { CampaignError } from '../domain/errors.js';
import { draftsADayMax, draftsAtOnceMax } from '../domain/limits.js';
import { DraftStore } from '../store/draft.store.js';

const RULE: AttemptRule = { scope: 'drafts_person_day', max: draftsADayMax, windowSeconds: 86_400 };

/** Whether somebody may start one more campaign. */
@Injectable()
export class DraftRoom {
  constructor(
    private readonly attempts: Attempts,
    private readonly drafts: DraftStore,
    private readonly clock: Clock,
  ) {}

  /**
   * The id of one more campaign. Throws `too_many_drafts` and `too_many_drafts_today`. The counter of the day is a row that stays locked, so that two at
   * once are counted one after the other.
   */
  async take(tx: Tx, organiserId: Id<'per'>): Promise<Id<'cmp'>> {
    const { allowed, retryAfterSeconds } = await this.attempts.take(tx, RULE, organiserId);
    if (!allowed) {
      throw new CampaignError(
        'too_many_drafts_today',
        `one person starts ${draftsADayMax} drafts a day; wait`,
        {
          retryAfterSeconds,
          limit: draftsADayMax,
        },
      );
    }
    if ((await this.drafts.unfinishedOf(tx, organiserId)) < draftsAtOnceMax) {
      return newId('cmp', this.clock.now().getTime());
    }
    throw new CampaignError(
      'too_many_drafts',
      `you have ${draftsAtOnceMax} campaigns that the neighbours have not seen yet; finish or cancel one first`,
      { limit: draftsAtOnceMax },
    );
  }
}
