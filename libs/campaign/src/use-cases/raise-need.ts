import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { Clock, newId, Outbox, UnitOfWork, type Id } from '@hehuo/kernel';
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

/** Says what is missing here. The raiser's household is the first that says "me too". */
@Injectable()
export class RaiseNeed {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly needs: NeedStore,
    private readonly neighbourhood: Neighbourhood,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async execute(input: RaiseNeedInput): Promise<Need> {
    const { communityId, title, text, placeText } = input;
    checkNeed(input);
    const id = newId('ned', this.clock.now().getTime());
    const raisedBy = input.actor.personId;
    await this.uow.run(async (tx) => {
      const { householdId } = await this.neighbourhood.speaker(tx, communityId, raisedBy);
      await this.needs.insert(tx, { id, communityId, raisedBy, title, text, placeText });
      await this.needs.addEcho(tx, id, householdId, raisedBy);
      await this.outbox.add(tx, [{ topic: 'need.changed', ref: id }]);
    });
    return this.needs.find(id);
  }
}
