import { Injectable } from '@nestjs/common';
import { Attempts, type Actor, type AttemptRule } from '@hehuo/identity';
import { Clock, newId, Outbox, UnitOfWork, type Id } from '@hehuo/kernel';
import { CampaignError } from '../domain/errors.js';
import { needsADayMax } from '../domain/limits.js';
import { checkNeed } from '../domain/need.js';
import type { Need } from '../domain/need.js';
import { NeedStore } from '../store/need.store.js';
import { Neighbourhood } from './neighbourhood.js';

export interface RaiseNeedInput {
  readonly actor: Actor;
  readonly communityId: Id<'com'>;
  readonly title: string;
  readonly text: string;
  readonly placeText: string;
}

const RULE: AttemptRule = { scope: 'needs_person_day', max: needsADayMax, windowSeconds: 86_400 };

/** Says what is missing here. The raiser's household is the first that says "me too". */
@Injectable()
export class RaiseNeed {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly needs: NeedStore,
    private readonly neighbourhood: Neighbourhood,
    private readonly attempts: Attempts,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Throws `too_many_needs` with `retryAfterSeconds`, `campaign_field_invalid`, `not_a_member` and `adults_only`. */
  async execute(input: RaiseNeedInput): Promise<Need> {
    const { communityId, title, text, placeText } = input;
    checkNeed(input);
    const id = newId('ned', this.clock.now().getTime());
    const raisedBy = input.actor.personId;
    await this.uow.run(async (tx) => {
      const { householdId } = await this.neighbourhood.speaker(tx, communityId, raisedBy);
      // The counter is a row that stays locked: of two at once only one takes the last of the day.
      const { allowed, retryAfterSeconds } = await this.attempts.take(tx, RULE, raisedBy);
      if (!allowed) {
        throw new CampaignError('too_many_needs', `one person raises ${needsADayMax} needs a day; wait`, {
          retryAfterSeconds,
          limit: needsADayMax,
        });
      }
      await this.needs.insert(tx, { id, communityId, raisedBy, title, text, placeText });
      await this.needs.addEcho(tx, id, householdId, raisedBy);
      await this.outbox.add(tx, [{ topic: 'need.changed', ref: id }]);
    });
    return this.needs.find(id);
  }
}
