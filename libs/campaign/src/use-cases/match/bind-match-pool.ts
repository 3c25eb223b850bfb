import { Injectable } from '@nestjs/common';
import type { Actor } from '@hehuo/identity';
import { Clock, newId, Outbox, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import type { Campaign } from '../../domain/campaign.js';
import { MatchError } from '../../domain/match-errors.js';
import { poolsPerCampaignMax, type MatchPool } from '../../domain/match-pool.js';
import { MatchStores } from '../../store/match-stores.js';
import { BindingDoor } from './binding-door.js';
import { SuppliersOfMatch } from './suppliers-of-match.js';

/**
 * Lets a pool match the pledges of one campaign, before it opens or while it is open. Asked again, it keeps more
 * partners out: what was set aside for their members' households is let go in the same transaction.
 */
@Injectable()
export class BindMatchPool {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly door: BindingDoor,
    private readonly stores: MatchStores,
    private readonly suppliers: SuppliersOfMatch,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Throws `match_forbidden`, `match_too_late`, `match_pool_unfit`, `match_pool_invalid` or `match_pool_not_active`. */
  async execute(input: {
    readonly actor: Actor;
    readonly campaignId: Id<'cmp'>;
    readonly poolId: Id<'mpl'>;
    /** Partners that supply the campaign. Their members' households are not matched. */
    readonly supplierIds: readonly Id<'ptn'>[];
  }): Promise<void> {
    const { actor, campaignId, poolId, supplierIds } = input;
    const communityIds = await this.stores.pools.communitiesOf(poolId);
    await this.uow.run(async (tx) => {
      const { campaign, isOpened } = await this.door.open(tx, actor, campaignId);
      const bound = await this.stores.bindings.ofCampaign(campaignId, tx);
      if (!bound.some(({ pool }) => pool.id === poolId)) {
        if (bound.length >= poolsPerCampaignMax) {
          throw new MatchError('match_pool_unfit', `a campaign has at most ${poolsPerCampaignMax} pools`);
        }
        const pool = await this.stores.pools.findForUpdate(tx, poolId);
        await this.door.requireFit(tx, pool, communityIds, campaign);
        await this.bind(tx, pool, campaign, actor.personId, isOpened);
      }
      await this.suppliers.keepOut(tx, campaign, poolId, supplierIds);
      await this.outbox.add(tx, [
        { topic: 'campaign.changed', ref: campaignId },
        { topic: 'match.changed', ref: poolId },
      ]);
    });
  }

  private async bind(
    tx: Tx,
    pool: MatchPool,
    campaign: Campaign,
    boundBy: Id<'per'>,
    isOpened: boolean,
  ): Promise<void> {
    const id = newId('mbd', this.clock.now().getTime());
    await this.stores.bindings.insert(tx, { id, poolId: pool.id, campaignId: campaign.id, boundBy });
    if (isOpened) await this.door.countPool(tx, campaign.id);
  }
}
