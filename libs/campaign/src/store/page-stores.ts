import { Injectable } from '@nestjs/common';
import { CampaignListStore } from './campaign-list.store.js';
import { GoalStore } from './goal.store.js';
import { IntakeStore } from './intake.store.js';
import { MatchBindingStore } from './match-binding.store.js';
import { ObjectionStore } from './objection.store.js';
import { TaskStore } from './task.store.js';

/** The stores that the page of a campaign reads, together. */
@Injectable()
export class PageStores {
  constructor(
    readonly list: CampaignListStore,
    readonly goal: GoalStore,
    readonly intake: IntakeStore,
    readonly matches: MatchBindingStore,
    readonly objections: ObjectionStore,
    readonly tasks: TaskStore,
  ) {}
}
