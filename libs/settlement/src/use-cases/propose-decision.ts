import { Injectable } from '@nestjs/common';
import { CampaignStore, type Campaign } from '@hehuo/campaign';
import { hasRole, type Actor } from '@hehuo/identity';
import { Clock, newId, type Id } from '@hehuo/kernel';
import { ActOnce, ReadPayouts, type Act } from '@hehuo/payment';
import { isDuplicateKey, sqlOf } from '@hehuo/platform';
import { SettlementError } from '../domain/errors.js';
import {
  assertPlain,
  assertPossible,
  type DecisionKind,
  type DecisionState,
} from '../domain/milestone-decision.js';
import type { Part } from '../domain/milestone.js';
import { MilestoneDecisionStore } from '../store/milestone-decision.store.js';
import { MilestoneStore } from '../store/milestone.store.js';

export interface ProposeDecisionInput extends Act<Actor> {
  readonly campaignId: Id<'cmp'>;
  readonly kind: DecisionKind;
  readonly part: Part;
  /** Why, for everybody to read; 4 to 500 characters, without names of neighbours. */
  readonly reason: string;
  readonly evidence: string | null;
  /** Who gets a surplus that is paid out. */
  readonly payeeId: Id<'pye'> | null;
}

export interface DecisionAnswer {
  readonly id: Id<'mdc'>;
  readonly state: DecisionState;
}

/** Staff say that a milestone is finished, or cancelled, or what becomes of the surplus. Nothing moves yet. */
@Injectable()
export class ProposeDecision {
  constructor(
    private readonly acts: ActOnce,
    private readonly campaigns: CampaignStore,
    private readonly milestones: MilestoneStore,
    private readonly decisions: MilestoneDecisionStore,
    private readonly payouts: ReadPayouts,
    private readonly clock: Clock,
  ) {}

  /**
   * Throws `milestone_not_found`, `settlement_forbidden`, `milestone_decision_invalid`, `milestone_decision_waits`,
   * `surplus_not_yet` or `state_conflict`.
   */
  async execute(input: ProposeDecisionInput): Promise<DecisionAnswer> {
    const { communityId, policies } = await this.campaignFor(input);
    assertPlain(input, policies.surplus);
    const { campaignId, kind, part, reason, evidence, payeeId, actor } = input;
    if (payeeId !== null && !(await this.payouts.isPayeeOf(payeeId, campaignId))) {
      throw new SettlementError('milestone_decision_invalid', 'this campaign has no such payee');
    }
    try {
      return await this.acts.run('milestone-decision.propose', input, async (tx) => {
        assertPossible(input, await this.milestones.ofCampaign(campaignId, sqlOf(tx)));
        const id = newId('mdc', this.clock.now().getTime());
        const proposedBy = actor.personId;
        await this.decisions.insert(tx, {
          ...{ id, campaignId, communityId, kind, part, reason, evidence, payeeId, proposedBy },
        });
        return { id, state: 'proposed' as const };
      });
    } catch (error) {
      if (!isDuplicateKey(error, 'milestone_decision_open')) throw error;
      throw new SettlementError(
        'milestone_decision_waits',
        'another decision about this waits to be confirmed',
      );
    }
  }

  private async campaignFor({ actor, campaignId }: ProposeDecisionInput): Promise<Campaign> {
    const campaign = await this.campaigns.find(campaignId);
    if (!campaign) throw new SettlementError('milestone_not_found', 'there is no such campaign');
    if (hasRole(actor, 'community_staff', campaign.communityId)) return campaign;
    throw new SettlementError('settlement_forbidden', 'only staff of the community may do this');
  }
}
