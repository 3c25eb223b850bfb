import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { Outbox, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { Ledger, transferId } from '@hehuo/ledger';
import { matchAccount } from '../../domain/match-accounts.js';
import type { MatchPool } from '../../domain/match-pool.js';
import { MatchPoolStore } from '../../store/match-pool.store.js';
import { requireOffice } from './match-office.js';

/** The pool reserves nothing more. What it reserved before is kept and decided with its campaigns. */
@Injectable()
export class CloseMatchPool {
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
      if (pool.state === 'closed') return;
      await this.pools.changeState(tx, pool, 'close', actor.personId);
      if (pool.state === 'active') await this.giveRestBack(tx, pool);
      await this.outbox.add(tx, [{ topic: 'match.changed', ref: poolId }]);
    });
  }

  private async giveRestBack(tx: Tx, pool: MatchPool): Promise<void> {
    const rest = pool.total - pool.reserved;
    if (rest === 0n) return;
    await this.ledger.post(tx, [
      {
        id: transferId(`match:${pool.id}:closed`),
        kind: 'single',
        debit: matchAccount('match_pool', pool.unit, pool.id),
        credit: matchAccount('match_by', pool.unit, pool.id),
        amount: rest,
        reason: 'match-pool-closed',
        ref: pool.id,
      },
    ]);
  }
}
