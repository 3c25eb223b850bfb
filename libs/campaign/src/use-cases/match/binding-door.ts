import { Injectable } from '@nestjs/common';
import { hasRole, type Actor } from '@hehuo/identity';
import type { Id, Tx } from '@hehuo/kernel';
import type { Campaign } from '../../domain/campaign.js';
import type { CampaignState } from '../../domain/campaign.machine.js';
import { CampaignError } from '../../domain/errors.js';
import { MatchError } from '../../domain/match-errors.js';
import type { MatchPool } from '../../domain/match-pool.js';
import { CampaignStore } from '../../store/campaign.store.js';
import { GoalStore } from '../../store/goal.store.js';
import { IntakeStore } from '../../store/intake.store.js';
import { isOrganiser, seenBy } from '../access.js';

/** From being handed in until the deadline. A draft has no goal that anybody has seen. */
const BINDABLE: readonly CampaignState[] = ['in_review', 'notice', 'open', 'suspended'];

/** Who may bind which pool to which campaign, under the locks in their fixed order: intake, campaign, pool. */
@Injectable()
export class BindingDoor {
  constructor(
    private readonly campaigns: CampaignStore,
    private readonly intake: IntakeStore,
    private readonly goal: GoalStore,
  ) {}

  /** Locks the campaign for staff or a fund approver of its community who is not its organiser. */
  async open(
    tx: Tx,
    actor: Actor,
    campaignId: Id<'cmp'>,
  ): Promise<{ readonly campaign: Campaign; readonly isOpened: boolean }> {
    const head = await this.intake.lockHead(tx, campaignId);
    const campaign = await this.campaigns.findForUpdate(tx, campaignId);
    const mayBind = (['community_staff', 'fund_approver'] as const).some((role) =>
      hasRole(actor, role, campaign.communityId),
    );
    if (!mayBind) {
      seenBy(campaign, actor);
      throw new MatchError('match_forbidden', 'staff or a fund approver of the community binds a pool');
    }
    if (isOrganiser(campaign, actor)) {
      throw new MatchError(
        'match_same_person',
        'somebody else than the organiser binds a pool to a campaign',
      );
    }
    if (!BINDABLE.includes(campaign.state) || head?.deadlinePassed === true) {
      throw new MatchError('match_too_late', 'a pool is bound from the review until the deadline', {
        state: campaign.state,
      });
    }
    // It opened between the two locks, so its intake is there and not held.
    if (!head && campaign.openedAt !== null) {
      throw new CampaignError('campaign_changed', 'this campaign has just opened; try again');
    }
    return { campaign, isOpened: head !== null };
  }

  async requireFit(
    tx: Tx,
    pool: MatchPool,
    communityIds: readonly Id<'com'>[],
    { id, communityId }: Campaign,
  ): Promise<void> {
    if (pool.state !== 'active') {
      throw new MatchError('match_pool_not_active', 'this pool is not active', { state: pool.state });
    }
    if (!communityIds.includes(communityId)) {
      throw new MatchError('match_pool_unfit', 'this pool is not for the community of the campaign');
    }
    const asks = await this.goal.asks(id, tx);
    if (!asks.some(({ kind }) => pool.kinds.includes(kind))) {
      throw new MatchError('match_pool_unfit', 'the campaign asks for nothing that this pool matches', {
        kinds: pool.kinds,
      });
    }
  }

  /** Tells admission that there is a pool to look for. The caller holds the intake. */
  countPool(tx: Tx, campaignId: Id<'cmp'>): Promise<void> {
    return this.intake.addMatchPool(tx, campaignId);
  }
}
