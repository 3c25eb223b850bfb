import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@hehuo/kernel';
import { Leases } from '@hehuo/platform';
import { FoldStore } from '../store/fold.store.js';

const leaseSeconds = 30;
const groupsPerRound = 50;

/** Turns new transfers into entries with running balances. One folder at a time; each group in its own transaction. */
@Injectable()
export class FoldLedger {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly leases: Leases,
    private readonly store: FoldStore,
  ) {}

  /** Folds what waits, at most one round of groups, and says whether there may be more. */
  async execute(): Promise<boolean> {
    if (!(await this.leases.take('fold-ledger', leaseSeconds))) return false;
    const groups = await this.store.waiting(groupsPerRound);
    for (const grp of groups) await this.unitOfWork.run((tx) => this.store.fold(tx, grp));
    return groups.length === groupsPerRound;
  }
}
