import { Injectable } from '@nestjs/common';
import { CampaignStore } from '@hehuo/campaign';
import { hasRole, type Actor } from '@hehuo/identity';
import { Clock, newId, Outbox, type Id, type Tx } from '@hehuo/kernel';
import { ActOnce, type Act } from '@hehuo/payment';
import { sqlOf } from '@hehuo/platform';
import { SettlementError } from '../domain/errors.js';
import { assertPossible, surplusRoute, type MilestoneDecision } from '../domain/milestone-decision.js';
import { isMilestone, restOf, type MilestoneBudget } from '../domain/milestone.js';
import { MilestoneDecisionStore } from '../store/milestone-decision.store.js';
import { SettlementStores } from '../store/settlement-stores.js';
import type { DecisionAnswer } from './propose-decision.js';

export interface DecideInput extends Act<Actor> {
  readonly decisionId: Id<'mdc'>;
}

/** What a confirmed decision does to the budgets; the books move with the refunds and payouts that follow. */
@Injectable()
export class ApplyDecision {
  constructor(
    private readonly campaigns: CampaignStore,
    private readonly stores: SettlementStores,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Fen that it moved. */
  async execute(tx: Tx, decision: MilestoneDecision): Promise<bigint> {
    const all = await this.stores.milestones.lock(tx, decision.campaignId);
    assertPossible(decision, all);
    const amount =
      decision.kind === 'surplus'
        ? await this.useSurplus(tx, decision, all)
        : await this.end(tx, decision, all);
    await this.outbox.add(tx, [{ topic: 'settlement.changed', ref: decision.campaignId }]);
    return amount;
  }

  private async end(tx: Tx, decision: MilestoneDecision, all: readonly MilestoneBudget[]): Promise<bigint> {
    const { kind, part, reason } = decision;
    const milestone = all.find((one) => one.part === part)!;
    const rest = restOf(milestone);
    if (kind === 'cancel') {
      await this.stores.milestones.end(tx, milestone, 'cancel', rest, reason);
      await this.giveBack(tx, decision, rest);
    } else {
      await this.stores.milestones.end(tx, milestone, 'finish', 0n, reason);
    }
    return rest;
  }

  private async useSurplus(
    tx: Tx,
    decision: MilestoneDecision,
    all: readonly MilestoneBudget[],
  ): Promise<bigint> {
    const { campaignId, payeeId } = decision;
    const surplus = all.find((one) => one.part === 'surplus');
    if (!surplus) {
      await this.stores.milestones.openSurplus(tx, campaignId, newId('mbg', this.clock.now().getTime()));
    }
    const known = surplus ? restOf(surplus) : 0n;
    let added = 0n;
    for (const milestone of all) {
      const rest = isMilestone(milestone.part) ? restOf(milestone) : 0n;
      if (rest > 0n) await this.stores.milestones.moveToSurplus(tx, milestone, rest);
      added += rest;
    }
    const campaign = await this.campaigns.find(campaignId);
    const isGivenBack = surplusRoute(campaign?.policies.surplus ?? 'none') === 'refund';
    const givenBack = isGivenBack ? known + added : 0n;
    await this.stores.milestones.fillSurplus(tx, campaignId, { added, givenBack, payeeId });
    await this.giveBack(tx, decision, givenBack);
    return known + added;
  }

  private async giveBack(tx: Tx, decision: MilestoneDecision, amount: bigint): Promise<void> {
    if (amount === 0n) return;
    const id = newId('rfr', this.clock.now().getTime());
    const { campaignId, communityId, part } = decision;
    await this.stores.refundRuns.insert(tx, {
      ...{ id, campaignId, communityId, part, amount, decisionId: decision.id },
    });
    await this.outbox.add(tx, [{ topic: 'refunds.due', ref: id }]);
  }
}

/** A fund approver, another person than who proposed it, confirms a decision about a milestone or the surplus. */
@Injectable()
export class DecideMilestone {
  constructor(
    private readonly acts: ActOnce,
    private readonly decisions: MilestoneDecisionStore,
    private readonly apply: ApplyDecision,
  ) {}

  /** Throws `milestone_decision_not_found`, `settlement_forbidden`, `milestone_same_person` or `state_conflict`. */
  async confirm(input: DecideInput): Promise<DecisionAnswer> {
    await this.seen(input, ['fund_approver']);
    const { personId } = input.actor;
    return this.acts.run('milestone-decision.confirm', input, async (tx) => {
      const decision = await this.find(tx, input.decisionId);
      if (decision.proposedBy === personId) {
        throw new SettlementError(
          'milestone_same_person',
          'another person than who proposed it must confirm',
        );
      }
      // The budgets first: whoever confirms second finds the decision made.
      const amount = decision.state === 'proposed' ? await this.apply.execute(tx, decision) : 0n;
      await this.write(tx, decision, 'confirm', personId, amount);
      return { id: decision.id, state: 'confirmed' as const };
    });
  }

  /** For staff and fund approvers, the proposer included. */
  async refuse(input: DecideInput): Promise<DecisionAnswer> {
    await this.seen(input, ['community_staff', 'fund_approver']);
    return this.acts.run('milestone-decision.refuse', input, async (tx) => {
      const decision = await this.find(tx, input.decisionId);
      await this.write(tx, decision, 'refuse', input.actor.personId, null);
      return { id: decision.id, state: 'refused' as const };
    });
  }

  private async write(
    tx: Tx,
    decision: MilestoneDecision,
    event: 'confirm' | 'refuse',
    by: Id<'per'>,
    amount: bigint | null,
  ): Promise<void> {
    if (await this.decisions.decide(tx, decision, event, by, amount)) return;
    throw new SettlementError(
      'milestone_decision_waits',
      'somebody decided about this meanwhile; read it again',
    );
  }

  private async seen(
    { actor, decisionId }: DecideInput,
    roles: readonly ('community_staff' | 'fund_approver')[],
  ): Promise<void> {
    const decision = await this.decisions.find(decisionId);
    const holds = (role: (typeof roles)[number]): boolean =>
      decision !== null && hasRole(actor, role, decision.communityId);
    if (!decision || !(['community_staff', 'fund_approver'] as const).some(holds)) {
      throw new SettlementError('milestone_decision_not_found', 'there is no such decision');
    }
    if (!roles.some(holds)) {
      throw new SettlementError('settlement_forbidden', 'only a fund approver of the community may do this');
    }
  }

  private async find(tx: Tx, id: Id<'mdc'>): Promise<MilestoneDecision> {
    const decision = await this.decisions.find(id, sqlOf(tx));
    if (decision) return decision;
    throw new SettlementError('milestone_decision_not_found', 'there is no such decision');
  }
}
