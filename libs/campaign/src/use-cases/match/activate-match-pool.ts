import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { Outbox, UnitOfWork, type Id } from '@hehuo/kernel';
import { Ledger, transferId } from '@hehuo/ledger';
import { matchAccount } from '../../domain/match-accounts.js';
import { MatchError } from '../../domain/match-errors.js';
import { MatchPoolStore } from '../../store/match-pool.store.js';
import { requireOffice } from './match-office.js';

/** A fund approver who neither proposed the pool nor is its donor lets it match. The commitment goes into the books. */
@Injectable()
export class ActivateMatchPool {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly pools: MatchPoolStore,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
  ) {}

  async execute({ actor, poolId }: { readonly actor: Actor; readonly poolId: Id<'mpl'> }): Promise<void> {
    const communityIds = await this.pools.communitiesOf(poolId);
    await this.uow.run(async (tx) => {
      const pool = await this.pools.findForUpdate(tx, poolId);
      requireOffice(actor, ['fund_approver'], communityIds);
      if (pool.proposedBy === actor.personId || (await this.pools.isDonor(tx, poolId, actor.personId))) {
        throw new MatchError(
          'match_same_person',
          'somebody else than who proposed it and its donor activates it',
        );
      }
      // A lost answer may be asked for again by the same person.
      if (pool.state === 'active' && pool.activatedBy === actor.personId) return;
      await this.pools.changeState(tx, pool, 'activate', actor.personId);
      await this.ledger.post(tx, [
        {
          id: transferId(`match:${poolId}:committed`),
          kind: 'single',
          debit: matchAccount('match_by', pool.unit, poolId),
          credit: matchAccount('match_pool', pool.unit, poolId),
          amount: pool.total,
          reason: 'match-committed',
          ref: poolId,
        },
      ]);
      await this.outbox.add(tx, [{ topic: 'match.changed', ref: poolId }]);
    });
  }
}
