import { Injectable } from '@nestjs/common';
import type { Difference, DifferenceState } from '../domain/difference.js';
import type { Officer } from '../domain/officer.js';
import { DifferenceStore } from '../store/difference.store.js';
import { communitiesReadBy } from './reconciliation-scope.js';

export interface ListDifferencesInput {
  readonly actor: Officer;
  readonly states: readonly DifferenceState[];
  readonly after: string | null;
  readonly limit: number;
}

/** Differences of the communities in which the actor approves or audits, the oldest first. */
@Injectable()
export class ListDifferences {
  constructor(private readonly differences: DifferenceStore) {}

  /** Throws `payment_forbidden`. */
  async execute({ actor, ...page }: ListDifferencesInput): Promise<Difference[]> {
    return this.differences.page({ ...page, communityIds: communitiesReadBy(actor) });
  }
}
