import { Injectable } from '@nestjs/common';
import { PledgeStore } from '@hehuo/campaign';
import { hasRole, type Actor } from '@hehuo/identity';
import { Outbox, StateLog, UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { actionFor, OPEN_PLEDGE_STATES, type OpenPledgeState } from '../domain/action.js';
import { SettlementError } from '../domain/errors.js';
import type { Item, Run } from '../domain/settlement.js';
import { SettlementStores } from '../store/settlement-stores.js';

export interface RedriveInput {
  readonly actor: Actor;
  readonly campaignId: Id<'cmp'>;
  readonly pledgeId: Id<'plg'>;
  /** What was repaired, for the log. */
  readonly reason: string;
}

/**
 * Sends an item that waits for a human on its way again, after the cause was repaired. It is planned anew from the
 * pledge as it stands now; nothing is forced, and the worker may find it stuck again.
 */
@Injectable()
export class RedriveItem {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: SettlementStores,
    private readonly pledges: PledgeStore,
    private readonly outbox: Outbox,
    private readonly log: StateLog,
  ) {}

  async execute(input: RedriveInput): Promise<void> {
    const run = await this.stores.runs.ofCampaign(input.campaignId);
    if (!run) throw new SettlementError('settlement_not_found', 'this campaign has not been settled');
    const mayRedrive = (['community_staff', 'fund_approver'] as const).some((role) =>
      hasRole(input.actor, role, run.communityId),
    );
    if (!mayRedrive)
      throw new SettlementError('settlement_forbidden', 'only staff of the community may do this');
    await this.unitOfWork.run((tx) => this.redrive(tx, run, input));
  }

  private async redrive(tx: Tx, run: Run, { pledgeId, reason }: RedriveInput): Promise<void> {
    const pledge = await this.pledges.findForUpdate(tx, pledgeId);
    const item = await this.stores.items.findForUpdate(tx, run.id, pledgeId);
    if (!item)
      throw new SettlementError('settlement_item_not_found', 'this campaign has no such pledge to settle');
    if (item.state !== 'needs_human') {
      throw new SettlementError(
        'settlement_item_not_stuck',
        `the item is ${item.state}; only what waits for a human is redriven`,
      );
    }
    const plan = replanned(run, item, pledge.state);
    await this.stores.items.replan(
      tx,
      { runId: run.id, pledgeId },
      { ...plan, chargeId: pledge.winningChargeId },
    );
    await this.stores.items.change(tx, { runId: run.id, pledgeId }, 'needs_human', 'due');
    await this.stores.chunks.reopen(tx, run.id, item.chunkNo);
    const change = { from: 'needs_human', to: 'due', event: 'redrive', reason };
    await this.log.append(tx, [{ objectType: 'settlement_item', objectId: pledgeId, ...change }]);
    await this.outbox.add(tx, [{ topic: 'settlement.due', ref: run.campaignId }]);
  }
}

function replanned(run: Run, item: Item, state: string): Pick<Item, 'fromState' | 'action'> {
  if (!(OPEN_PLEDGE_STATES as readonly string[]).includes(state)) {
    throw new SettlementError(
      'pledge_moved',
      `the pledge is ${state} already, by another way than settlement`,
    );
  }
  const fromState = state as OpenPledgeState;
  const action = actionFor({ kind: item.kind, state: fromState }, run.decision, run.metAsks.has(item.askId));
  return { fromState, action };
}
