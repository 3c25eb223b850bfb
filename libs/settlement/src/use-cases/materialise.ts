import { Injectable } from '@nestjs/common';
import { PledgeStore, type PledgeToSettle } from '@hehuo/campaign';
import { UnitOfWork, type Id, type Tx } from '@hehuo/kernel';
import { actionFor, endedAs, type OpenPledgeState } from '../domain/action.js';
import type { Run } from '../domain/settlement.js';
import type { NewItem } from '../store/item.store.js';
import { SettlementStores } from '../store/settlement-stores.js';

/** Pledges a chunk: one transaction writes their items, and one ends them. */
export const chunkItemsMax = 1000;

/**
 * Writes one item for every open pledge of a run, a range of ids a transaction, behind a cursor in the run. Killed at
 * any point, it goes on where the last committed range ended; two at once take turns on the run's row.
 */
@Injectable()
export class Materialise {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly pledges: PledgeStore,
    private readonly stores: SettlementStores,
  ) {}

  /** One range; false when every item of the run is written. */
  async step(runId: Id<'run'>): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const run = await this.stores.runs.findForUpdate(tx, runId);
      if (run?.state !== 'materialising') return false;
      const page = await this.pledges.pageForSettlement(tx, run.campaignId, run.cursor, chunkItemsMax);
      if (page.length > 0) await this.write(tx, run, page);
      if (page.length === chunkItemsMax) return true;
      const written = await this.stores.runs.findForUpdate(tx, runId);
      if (written) await this.stores.runs.changeState(tx, written, 'all_written');
      return false;
    });
  }

  private async write(tx: Tx, run: Run, page: readonly PledgeToSettle[]): Promise<void> {
    const no = run.chunks + 1;
    const items = page.map((pledge) => itemOf(run, no, pledge));
    await this.stores.items.insert(tx, run.id, items);
    await this.stores.chunks.insert(tx, {
      runId: run.id,
      no,
      pledgeIds: items.map(({ pledgeId }) => pledgeId),
      done: items.filter(({ state }) => state === 'done').length,
    });
    await this.stores.runs.advance(tx, run, items.at(-1)!.pledgeId, items.length);
  }
}

function itemOf(run: Run, chunkNo: number, pledge: PledgeToSettle): NewItem {
  const base = {
    pledgeId: pledge.id,
    chunkNo,
    askId: pledge.askId,
    kind: pledge.kind,
    quantity: pledge.quantity,
    chargeId: pledge.winningChargeId,
  };
  const ended = endedAs(pledge.state);
  if (ended !== null)
    return { ...base, fromState: pledge.state as NewItem['fromState'], action: ended, state: 'done' };
  // The store reads open states only; a kind or state without a rule gets no action and goes to a human.
  const state = pledge.state as OpenPledgeState;
  const action = actionFor({ kind: pledge.kind, state }, run.decision, run.metAsks.has(pledge.askId));
  return { ...base, fromState: state, action, state: 'due' };
}
