import { Injectable } from '@nestjs/common';
import { PledgeStore } from '@hehuo/campaign';
import { Outbox, type Id, type Tx } from '@hehuo/kernel';
import { SettlementStores } from '../store/settlement-stores.js';

/** A refund reached its payer: the pledge comes to its end, and so does the item that waits for it. */
@Injectable()
export class TakeRefund {
  constructor(
    private readonly pledges: PledgeStore,
    private readonly stores: SettlementStores,
    private readonly outbox: Outbox,
  ) {}

  /** In the transaction that books the refund. */
  async execute(
    tx: Tx,
    { pledgeId, chargeId }: { readonly pledgeId: Id<'plg'>; readonly chargeId: Id<'chg'> },
  ): Promise<void> {
    const pledge = await this.pledges.findForUpdate(tx, pledgeId);
    if (pledge.state !== 'refund_due' || pledge.winningChargeId !== chargeId) return;
    await this.pledges.changeState(tx, pledge, 'refund');
    const run = await this.stores.runs.ofCampaign(pledge.campaignId, tx);
    const item = run && (await this.stores.items.findForUpdate(tx, run.id, pledgeId));
    if (!run || !item || item.state === 'done') return;
    await this.stores.items.change(tx, { runId: run.id, pledgeId }, item.state, 'done');
    const isChunkDone = await this.stores.chunks.arrived(tx, run.id, item.chunkNo, item.state);
    // The last one of its chunk may be the last of the run: the worker looks.
    const topic = isChunkDone ? 'settlement.due' : 'settlement.changed';
    await this.outbox.add(tx, [{ topic, ref: pledge.campaignId }]);
  }
}
