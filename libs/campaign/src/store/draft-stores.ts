import { Injectable } from '@nestjs/common';
import { DraftStore } from './draft.store.js';
import { GoalStore } from './goal.store.js';
import { NeedStore } from './need.store.js';

/** The stores that writing a campaign needs, together. */
@Injectable()
export class DraftStores {
  constructor(
    readonly drafts: DraftStore,
    readonly goal: GoalStore,
    readonly needs: NeedStore,
  ) {}
}
